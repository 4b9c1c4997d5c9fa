import { dirname } from 'node:path/posix';
import type { Machine } from '../host/machine.ts';
import type { Entry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Verified } from '../journal/record.ts';
import { guardOf } from '../plan/guard.ts';
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
  const madeForGuard = directoryOfGuard(machine, journal.begin.service);
  const entries = now.entries.map((entry): Entry => {
    const isIts = entry.path === madeForGuard && journal.entryBefore(entry.path)?.type === 'absent';
    return isIts ? { type: 'absent', path: entry.path } : entry;
  });
  return {
    items: expected.length,
    differences: entryDifferences(expected, entries, { directoryTimes: false }),
    accepted: [],
    notExamined: [...before.notExamined, ...now.notExamined],
  };
}

/** The directory in which the guard of a way back stands, alone: where there was none before, it goes with the guard. */
function directoryOfGuard({ host }: Machine, service: string): string | undefined {
  const { path } = guardOf(service);
  if (host.lstat(path) === undefined) return undefined;
  const directory = dirname(path);
  return host.list(directory)?.length === 1 ? directory : undefined;
}
