import { basename, dirname } from 'node:path/posix';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Plan } from '../documents/plan.ts';
import { stateSize } from '../plan/state-size.ts';
import type { StepOfKind } from '../plan/step-duties.ts';
import { counted } from '../text/counted.ts';
import type { Host } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import { shellWord } from '../text/shell-word.ts';
import { walkTree } from '../host/walk-tree.ts';

const LIMIT_MS = 60_000;
/** What a text has in the place of bytes that are no UTF-8. */
const NOT_UTF8 = '\uFFFD';
/** A line of `lsattr`: flags, then a path. `i` is immutable, `a` append-only. Source: chattr(1). */
const FLAGGED = /^[-\w]*[ia][-\w]* +(\/.*)$/gm;

/** Throws `CouldNotRun` for state of which a copy would not be equal: found out halfway, the service would be down for nothing. */
export async function refuseUnkeptState(machine: Machine, plan: Plan): Promise<void> {
  for (const step of plan.steps) {
    if (step.kind !== 'state-snapshot') continue;
    refuseVanished(machine.host, step);
    if (machine.host.lstat(step.path) === undefined) continue;
    const holder = holderOfBadName(machine.host, step.path);
    if (holder !== undefined) {
      throw new CouldNotRun(`the state ${step.path} can't be kept: a name in ${holder} is not UTF-8`, {
        why: 'Cutover could not say in its journal which file that is.',
        next: `Rename it (LC_ALL=C ls -b ${shellWord(holder)}), or name other directories under state: snapshot:`,
      });
    }
    const flagged = await flaggedIn(machine, step.path);
    if (flagged === undefined) continue;
    throw new CouldNotRun(`the state ${step.path} can't be kept: ${flagged} is immutable or append-only`, {
      why: 'A copy does not have that flag, and what has it can be neither exchanged nor removed.',
      next: `Take the flag away: chattr -ia ${shellWord(flagged)}. Or name other directories under state: snapshot:`,
    });
  }
}

/** A rollback would remove what has come back by then. */
function refuseVanished(host: Host, { path, holds }: StepOfKind<'state-snapshot'>): void {
  if (holds === undefined || holds === 'absent' || holds.files === 0) return;
  const now = stateSize(host, path);
  if (now !== 'absent' && now?.files !== 0) return;
  const what = now === 'absent' ? 'is not there' : 'is empty';
  throw new CouldNotRun(
    `the state ${path} ${what}, and held ${counted(holds.files, 'file')} when the plan was made`,
    {
      why: 'It would be kept so, and a rollback would remove what has come back by then.',
      next: 'Put it back (is it mounted?), or make a new plan.',
    },
  );
}

function holderOfBadName(host: Host, root: string): string | undefined {
  for (const { path, facts } of walkTree(host, root))
    if (facts === undefined && basename(path).includes(NOT_UTF8)) return dirname(path);
  return undefined;
}

/** undefined also where `lsattr` (Debian: e2fsprogs) is not installed, or the file system has no flags. */
async function flaggedIn(machine: Machine, root: string): Promise<string | undefined> {
  const { stdout } = await machine.run(['lsattr', '-a', '-R', '--', root], LIMIT_MS);
  const paths = [...stdout.matchAll(FLAGGED)].flatMap((found) => found.slice(1));
  return paths.find((path) => !path.endsWith('/..'))?.replace(/\/\.$/, '');
}
