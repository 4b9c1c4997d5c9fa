import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import { downtimeSoFar } from './downtime.ts';
import { serviceNow } from './service-now.ts';
import { errorMessage } from '../text/error-message.ts';

/**
 * How a change ends whose journal can't be written any more: it stops where it is, for nothing may be done
 * that is not written down first. To the journal it is interrupted.
 */
export async function unrecordedOutcome(
  machine: Machine,
  journal: Journal,
  direction: Outcome['direction'],
  error: unknown,
): Promise<Outcome> {
  const { change, service } = journal.begin;
  const now = await serviceNow(machine, journal);
  const cause = errorMessage(error);
  return {
    apiVersion: 'cutover/v1',
    kind: 'Outcome',
    change,
    service,
    direction,
    state: 'needs-operator',
    reason: `stopped halfway, because of this: ${cause}. When that is mended: cutover rollback ${change}; ${now.text}`,
    verified: {
      items: 0,
      differences: [],
      accepted: [],
      notExamined: ['everything: the way back was not gone'],
    },
    downtimeMs: downtimeSoFar(journal, now.runs),
    journal: journal.directory.records,
  };
}
