import type { Outcome } from '../src/documents/outcome.ts';
import type { Journal } from '../src/journal/journal.ts';

/** The last record of a change that has ended so. */
export function endOf(
  { begin: { change, service }, directory }: Journal,
  state: Outcome['state'],
  more: Partial<Outcome> = {},
): { readonly type: 'end'; readonly outcome: Outcome } {
  const outcome: Outcome = {
    apiVersion: 'cutover/v1',
    kind: 'Outcome',
    change,
    service,
    direction: 'apply',
    state,
    reason: '',
    verified: { items: 0, differences: [], accepted: [], notExamined: [] },
    downtimeMs: 0,
    journal: directory.records,
    ...more,
  };
  return { type: 'end', outcome };
}
