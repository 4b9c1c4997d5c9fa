import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import type { Verified } from '../journal/record.ts';
import { isWithin } from '../text/is-within.ts';
import { snapshotRoots } from './as-before.ts';
import { entryDifferences } from './entry-differences.ts';
import { readEntries } from './read-entries.ts';

/** Every path that a change touches or relies on, outside of the state that it has copies of, compared with before. */
export async function compareWatched({
  machine,
  journal,
}: {
  readonly machine: Machine;
  readonly journal: Journal;
}): Promise<Verified> {
  const roots = snapshotRoots({ journal });
  const { before } = journal.begin;
  const expected = before.entries.filter(({ path }) => !roots.some((root) => isWithin(path, root)));
  const paths = expected.map(({ path }) => path);
  const now = await readEntries(machine, paths);
  return {
    items: expected.length,
    differences: entryDifferences(expected, now.entries, { directoryTimes: false }),
    accepted: [],
    notExamined: [...before.notExamined, ...now.notExamined],
  };
}
