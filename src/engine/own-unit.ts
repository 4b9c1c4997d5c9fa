import { basename, dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';
import { makeDirectories } from '../journal/make-directories.ts';
import { removeEmptyDirectories } from './remove-empty-directories.ts';

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
  const directory = dirname(wanted);
  const isNew = machine.host.lstat(directory) === undefined;
  makeDirectories(machine, directory, 0o755);
  if (isNew) machine.files.createFile(madeIn(directory), '');
  machine.files.makeLink(`../${basename(path)}`, wanted);
  machine.files.sync(dirname(wanted));
}

/** Whether some are there, or were about to be written. */
export function areLeft({ host }: Machine, paths: readonly string[]): boolean {
  return paths.flatMap((path) => [path, besideOf(path)]).some((path) => host.lstat(path) !== undefined);
}

/** Removes those that are there, what was to become one, and a directory of links that was made for one. */
export function removeUnits(machine: Machine, paths: readonly string[]): void {
  const { host, files } = machine;
  for (const path of paths.flatMap((each) => [each, besideOf(each)])) {
    if (host.lstat(path) === undefined) continue;
    files.removeFile(path);
    files.sync(dirname(path));
  }
  for (const directory of new Set(paths.map((path) => dirname(path)))) {
    const names = host.list(directory);
    if (names?.includes(MADE_BY_CUTOVER) !== true) continue;
    if (names.some((name) => name.startsWith('cutover-'))) continue; // of another change
    files.removeFile(madeIn(directory));
    if (names.length === 1) removeEmptyDirectories(machine, [directory]);
  }
}

/** Removes what was to become a unit when its writing was cut short; one that stands stays. */
export function removeHalfWritten({ host, files }: Machine, path: string): void {
  const beside = besideOf(path);
  if (host.lstat(beside) === undefined) return;
  files.removeFile(beside);
  files.sync(dirname(path));
}

/** Says that the directory is Cutover's own. systemd passes over names that begin with a dot. */
const MADE_BY_CUTOVER = '.made-by-cutover';

function madeIn(directory: string): string {
  return `${directory}/${MADE_BY_CUTOVER}`;
}

function besideOf(path: string): string {
  return `${path}.new`;
}
