import { isWithin } from '../text/is-within.ts';
import type { Entry } from '../journal/entry.ts';
import type { EntryState } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import { historyOf } from '../journal/history.ts';
import { canonicalJson } from '../plan/canonical-json.ts';
import { entryState } from '../plan/entry-state.ts';
import { entryDifferences } from './entry-differences.ts';
import { readEntries } from './read-entries.ts';
import { type Item, type StepContext, StepFailure, type StepOf } from './step-action.ts';

/** What stood at a path before the change. */
export function entryBefore(path: string, { journal }: Pick<StepContext, 'journal'>): Entry {
  const entry = journal.entryBefore(path);
  if (entry === undefined) throw new StepFailure(`the journal does not say what stood at ${path}`);
  return entry;
}

/** Those of several items at whose paths something else stands than before the change, in whatever respect. */
export async function notAsBefore<I extends Item<StepOf<'file-write' | 'file-replace' | 'file-restore'>>>(
  items: readonly [I, ...I[]],
): Promise<I[]> {
  const [{ context }] = items;
  const paths = items.map(({ action }) => action.path);
  const expected = paths.map((path) => entryBefore(path, context));
  const { entries } = await readEntries(context.machine, paths);
  const differences = entryDifferences(expected, entries, { directoryTimes: false });
  const differing = new Set(differences.map(({ path }) => path));
  return items.filter(({ action }) => differing.has(action.path));
}

/**
 * Throws when somebody has written to a path since its copy was made: it would be in neither place. Looked at last before
 * the exchange, and so without extended attributes, which take another program to read.
 */
export function mustStillBe(host: Host, path: string, before: EntryState, step?: number): void {
  if (canonicalJson(entryState(host, path)) === canonicalJson(before)) return;
  throw new StepFailure(`${path} changed while the change was prepared`, {}, step);
}

/** Whether a snapshot of this change holds the path, so that it comes back with it. */
export function isInSnapshot(path: string, context: Pick<StepContext, 'journal'>): boolean {
  return snapshotRoots(context).some((root) => isWithin(path, root));
}

/** The state directories of which this change has a snapshot. */
export function snapshotRoots({ journal }: Pick<StepContext, 'journal'>): string[] {
  return historyOf(journal.records).begun.flatMap(({ action, done }) =>
    action.kind === 'state-snapshot' && done?.snapshot !== undefined ? [action.path] : [],
  );
}
