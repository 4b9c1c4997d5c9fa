import { basename } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';
import { readJournals } from '../journal/changes.ts';
import { guardOf } from '../plan/guard.ts';
import { commandLine } from './command-line.ts';
import { OWN_UNITS, removeHalfWritten, removeUnits, wantUnit, writeUnit } from './own-unit.ts';

const UNIT = `${OWN_UNITS}/cutover-recover.service`;
const WANTED = `${OWN_UNITS}/multi-user.target.wants/cutover-recover.service`;

/**
 * Has the next boot run `cutover recover` (`command`, program first) once the service is up, or its guard has kept it
 * down. Stands as long as a change is open; one that can't be written leaves nothing.
 */
export function armBootRecovery(machine: Machine, service: string, command: readonly string[]): void {
  try {
    writeUnit(machine, UNIT, unitText(service, command));
    wantUnit(machine, UNIT, WANTED);
  } catch (error) {
    try {
      removeWhenEnded(machine);
    } catch {
      // What could not be written is told.
    }
    throw error;
  }
}

/**
 * Takes it away again when no change is interrupted or waits to be confirmed, from the memory of systemd too: one that
 * does may be finished or taken back by a boot, and a journal that can't be trusted may be of such a change. Where it
 * stays, only what was to take its place goes. One that is left over does no harm: it finds nothing to do.
 */
export async function disarmWhenEnded(machine: Machine): Promise<void> {
  try {
    removeWhenEnded(machine);
    if (
      machine.host.lstat(UNIT) === undefined &&
      (await machine.systemd.show(basename(UNIT))).loadState !== 'not-found'
    )
      await machine.systemd.daemonReload();
    await removeFlags(machine);
  } catch {
    // The change has ended all the same, and how it did was told.
  }
}

function removeWhenEnded(machine: Machine): void {
  const { changes, damaged } = readJournals(machine.host, machine.home);
  const open = changes.some(({ state }) => state === 'interrupted' || state === 'awaiting-confirmation');
  if (!open && damaged.length === 0) removeUnits(machine, [WANTED, UNIT]);
  else removeHalfWritten(machine, UNIT);
}

/** That let a service start under its guard: when systemd knows of no guard any more they are of no use. */
async function removeFlags({ host, home, files, systemd }: Machine): Promise<void> {
  const { changes } = readJournals(host, home);
  for (const service of new Set(changes.map(({ begin }) => begin.service))) {
    const { path, flag } = guardOf(service);
    if (host.lstat(flag) === undefined || host.lstat(path) !== undefined) continue;
    // By its name: of a directory that is a link systemd names what that leads to.
    const { dropInPaths } = await systemd.show(service);
    if (!dropInPaths.some((each) => basename(each) === basename(path))) files.removeFile(flag);
  }
}

function unitText(service: string, command: readonly string[]): string {
  return `# Written by Cutover for the length of a change. If no change is under way it can be removed.
[Unit]
Description=Finish the change by Cutover that was interrupted
After=${service.replaceAll('%', '%%')} local-fs.target

[Service]
Type=oneshot
ExecStart=${commandLine(command)}
TimeoutStartSec=infinity
`;
}
