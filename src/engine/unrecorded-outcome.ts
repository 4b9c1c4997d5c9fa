import type { Outcome } from '../documents/outcome.ts';
import type { Journal } from '../journal/journal.ts';

/**
 * How a change ends whose journal can't be written any more: it stops where it is, for nothing may be done
 * that is not written down first. To the journal it is interrupted.
 */
export function unrecordedOutcome(
  journal: Journal,
  direction: Outcome['direction'],
  error: unknown,
): Outcome {
  const { change, service } = journal.begin;
  const cause = error instanceof Error ? error.message : String(error);
  return {
    apiVersion: 'cutover/v1',
    kind: 'Outcome',
    change,
    service,
    direction,
    state: 'needs-operator',
    reason: `stopped halfway, because of this: ${cause}. When that is mended: cutover rollback ${change}`,
    verified: {
      items: 0,
      differences: [],
      accepted: [],
      notExamined: ['everything: the way back was not gone'],
    },
    downtimeMs: 0,
    journal: journal.directory.records,
  };
}
