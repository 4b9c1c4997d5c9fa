import { dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';
import { readJournals } from '../journal/changes.ts';
import { makeDirectories } from '../journal/make-directories.ts';
import { commandLine } from './command-line.ts';

const UNIT = '/etc/systemd/system/cutover-recover.service';
const WANTED = '/etc/systemd/system/multi-user.target.wants/cutover-recover.service';

/**
 * Has the next boot run `cutover recover` (`command`, program first) once the service is up, or its guard has kept it
 * down. Stands as long as a change is open.
 */
export function armBootRecovery(
  machine: Machine,
  service: string,
  command: readonly string[] | undefined,
): void {
  if (command === undefined) return;
  disarm(machine); // of a change that was cut short
  const { host, files } = machine;
  const beside = `${UNIT}.new`;
  if (host.lstat(beside) !== undefined) files.removeFile(beside);
  files.createFile(beside, unitText(service, command), { mode: 0o644, uid: 0, gid: 0 });
  files.rename(beside, UNIT);
  files.sync(dirname(UNIT));
  makeDirectories(machine, dirname(WANTED), 0o755);
  files.makeLink('../cutover-recover.service', WANTED);
  files.sync(dirname(WANTED));
}

/**
 * Takes it away again when no change is interrupted or waits to be confirmed: one that does may be finished or taken
 * back by a boot. A journal that can't be trusted may be of such a change. A unit that is left over does no harm: it
 * finds nothing to do.
 */
export function disarmWhenEnded(machine: Machine): void {
  try {
    const { changes, damaged } = readJournals(machine.host, machine.home);
    const open = changes.some(({ state }) => state === 'interrupted' || state === 'awaiting-confirmation');
    if (!open && damaged.length === 0) disarm(machine);
  } catch {
    // The change has ended all the same, and how it did was told.
  }
}

function disarm({ host, files }: Machine): void {
  for (const path of [WANTED, UNIT]) {
    if (host.lstat(path) === undefined) continue;
    files.removeFile(path);
    files.sync(dirname(path));
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
