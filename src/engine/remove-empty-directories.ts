import { dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';

/** Removes those of the directories that are empty, innermost first; they are given outermost first. */
export function removeEmptyDirectories({ host, files }: Machine, directories: readonly string[]): void {
  for (const directory of [...directories].reverse()) {
    if (host.list(directory)?.length !== 0) continue;
    files.removeEmptyDirectory(directory);
    files.sync(dirname(directory));
  }
}
