import { dirname } from 'node:path/posix';
import type { Entry } from '../journal/entry.ts';
import { makeDirectories } from '../journal/make-directories.ts';
import { entryDifferences } from './entry-differences.ts';
import { readTree } from './read-entries.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** Where the copy of what stands at a file step's path goes; undefined when nothing stands there. */
export function originalOf(path: string, { machine, journal, step }: StepContext): string | undefined {
  return machine.host.lstat(path) === undefined ? undefined : `${journal.directory.snapshots}/files/${step}`;
}

/** Copies a file, link or tree aside and makes sure that the copy is equal, and on disk. Gives its entries. */
export async function keepCopy(context: StepContext, from: string, to: string): Promise<readonly Entry[]> {
  const { machine } = context;
  makeDirectories(machine, dirname(to), 0o700);
  if (machine.host.lstat(to) !== undefined) machine.files.removeTree(to); // left by a run that was cut short
  try {
    await machine.files.copy(from, to);
  } catch (error) {
    machine.files.removeTree(to); // before the failure is written down: the disk may be full
    throw error;
  }
  const [original, copy] = await Promise.all([readTree(machine, from), readTree(machine, to)]);
  const [first] = entryDifferences(original.entries, copy.entries, { root: to, directoryTimes: true });
  if (first !== undefined) {
    throw new StepFailure(
      `the copy of ${from} is not equal to it: ${first.path}: ${first.what} is ${first.found}, not ${first.expected}`,
    );
  }
  await machine.files.syncFileSystem(dirname(to));
  return original.entries;
}
