import { basename, dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';
import { makeDirectories } from '../journal/make-directories.ts';

/** Where units of Cutover's own stand for the length of a change. */
export const OWN_UNITS = '/etc/systemd/system';

/** Writes a unit file in one rename, over one that is there. */
export function writeUnit({ host, files }: Machine, path: string, content: string): void {
  const beside = besideOf(path);
  if (host.lstat(beside) !== undefined) files.removeFile(beside);
  files.createFile(beside, content, { mode: 0o644, uid: 0, gid: 0 });
  files.rename(beside, path);
  files.sync(dirname(path));
}

/** Has a target start the unit at the next boot: `wanted` is the link in its directory. */
export function wantUnit(machine: Machine, path: string, wanted: string): void {
  if (machine.host.lstat(wanted) !== undefined) return;
  makeDirectories(machine, dirname(wanted), 0o755);
  machine.files.makeLink(`../${basename(path)}`, wanted);
  machine.files.sync(dirname(wanted));
}

/** Removes those that are there, and what was to become one. */
export function removeUnits({ host, files }: Machine, paths: readonly string[]): void {
  for (const path of paths.flatMap((each) => [each, besideOf(each)])) {
    if (host.lstat(path) === undefined) continue;
    files.removeFile(path);
    files.sync(dirname(path));
  }
}

function besideOf(path: string): string {
  return `${path}.new`;
}
