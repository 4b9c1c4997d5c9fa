import { dirname } from 'node:path/posix';
import { parseMountinfo } from '../../formats/mountinfo/parse-mountinfo.ts';
import type { Host } from '../../host/host.ts';
import type { Machine } from '../../host/machine.ts';
import type { Entry } from '../../journal/entry.ts';
import { showBytes } from '../../text/show-bytes.ts';
import { differenceInLooks, firstDifference } from '../difference-in.ts';
import { expectedEntries, isNothing, layBeside } from '../kept-state.ts';
import { crossedPoints } from '../points-of-no-return.ts';
import { readPatiently } from '../read-patiently.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';

/**
 * While the service still runs, so that it is not down for that; and so that a copy that can't be used, or for which there is no
 * room, leaves it running. Where nothing can be laid beforehand the copy is looked at where it is, and `state-restore` lays it.
 */
export const statePrepare: StepAction<StepOf<'state-prepare'>> = {
  foresee: nothing,
  apply: async (step, context) => {
    const { machine } = context;
    const { path, snapshot } = step;
    const crossed = crossedPoints({ path, copy: snapshot }, context);
    const expected = expectedEntries(step, context, crossed);
    if (isNothing(expected)) return {};
    refuseMountPoint(machine.host, path);
    const holder = dirname(path);
    const lacking = await lackingRoom(machine, snapshot, holder);
    if (lacking !== undefined) {
      if (await looksBack(path, expected, context)) return {};
      throw new StepFailure(lacking);
    }
    if (isOwn(machine, holder)) await layBeside(step, context, { crossed, expected });
    else refuseDamaged(snapshot, expectedEntries(step, context, []), await readPatiently(machine, snapshot));
    return {};
  },
  verify: async () => undefined, // what was laid beside was compared, and is once more when the service is down
};

function refuseDamaged(snapshot: string, expected: readonly Entry[], found: readonly Entry[]): void {
  const difference = firstDifference(snapshot, expected, found);
  if (difference !== undefined) throw new StepFailure(`the copy ${snapshot} can't be used: ${difference}`);
}

function refuseMountPoint(host: Host, path: string): void {
  const mounts = parseMountinfo(new TextDecoder().decode(host.readFile('/proc/self/mountinfo')));
  if (mounts.some((mount) => mount.path === path))
    throw new StepFailure(`${path} is a mount point now, and can't be exchanged: umount it first`);
}

/** The service writes meanwhile: what can't be looked at is not as it was. */
async function looksBack(path: string, expected: readonly Entry[], context: StepContext): Promise<boolean> {
  try {
    return (await differenceInLooks(path, expected, context)) === undefined;
  } catch {
    return false;
  }
}

const WRITABLE_BY_OTHERS = 0o022;
/** In such a directory, as /tmp, nobody can rename what is another's. */
const STICKY = 0o1000;

/** Else who may rename what is laid there, as the service that runs, could have root write where a link leads. */
function isOwn({ host, processes }: Machine, directory: string): boolean {
  for (let at = directory; ; at = dirname(at)) {
    const facts = host.lstat(at);
    if (facts?.type !== 'directory' || ![0, processes.uid].includes(facts.uid)) return false;
    if ((facts.mode & WRITABLE_BY_OTHERS) !== 0 && (facts.mode & STICKY) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The service needs some as well. */
const LEFT_TO_THE_SERVICE = 64 * 1024 * 1024;

/** Why there is no room for what is to be laid; undefined where there is. Of a small state as much again is left as it takes. */
async function lackingRoom(
  { files }: Machine,
  snapshot: string,
  holder: string,
): Promise<string | undefined> {
  const [needed, free] = [await files.usedBytes(snapshot), files.freeBytes(holder)];
  const left = Math.min(LEFT_TO_THE_SERVICE, needed);
  if (needed + left <= free) return undefined;
  return `the state that is to be put back takes ${showBytes(needed)} in ${holder}, where ${showBytes(free)} are free and ${showBytes(left)} shall stay so`;
}
