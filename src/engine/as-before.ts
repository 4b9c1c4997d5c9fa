import { isWithin } from '../text/is-within.ts';
import type { Entry } from '../journal/entry.ts';
import type { EntryState } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';
import { historyOf } from '../journal/history.ts';
import { canonicalJson } from '../plan/canonical-json.ts';
import { entryState } from '../plan/entry-state.ts';
import { entryDifferences } from './entry-differences.ts';
import { readEntries } from './read-entries.ts';
import { type StepContext, StepFailure } from './step-action.ts';

/** What stood at a path before the change. */
export function entryBefore(path: string, { journal }: StepContext): Entry {
  const entry = journal.begin.before.entries.find((candidate) => candidate.path === path);
  if (entry === undefined) throw new StepFailure(`the journal does not say what stood at ${path}`);
  return entry;
}

/** Whether what stands at a path now is, in every respect, what stood there before the change. */
export async function isAsBefore(path: string, context: StepContext): Promise<boolean> {
  const { entries } = await readEntries(context.machine, [path]);
  return entryDifferences([entryBefore(path, context)], entries, { directoryTimes: false }).length === 0;
}

/**
 * Throws when somebody has written to a path since its copy was made: it would be in neither place. Looked at last before
 * the exchange, and so without extended attributes, which take another program to read.
 */
export function mustStillBe({ host }: Machine, path: string, before: EntryState): void {
  if (canonicalJson(entryState(host, path)) === canonicalJson(before)) return;
  throw new StepFailure(`${path} changed while the change was prepared`);
}

/** Whether a snapshot of this change holds the path, so that it comes back with it. */
export function isInSnapshot(path: string, { journal }: Pick<StepContext, 'journal'>): boolean {
  return historyOf(journal.records).begun.some(
    ({ action, done }) =>
      action.kind === 'state-snapshot' && done?.snapshot !== undefined && isWithin(path, action.path),
  );
}
