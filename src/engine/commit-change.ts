import type { Outcome } from '../documents/outcome.ts';
import type { Journal } from '../journal/journal.ts';
import { downtimeMs, factsSinceLastEnd } from './downtime.ts';

/** Writes the end of a change whose steps are all done, and why it counts. */
export function commitChange(journal: Journal, reason: string): Outcome {
  const { change, service } = journal.begin;
  const facts = factsSinceLastEnd(journal.records);
  const gate = facts.findLast((fact) => fact.gate !== undefined)?.gate;
  const outcome: Outcome = {
    apiVersion: 'cutover/v1',
    kind: 'Outcome',
    change,
    service,
    direction: 'apply',
    state: 'committed',
    reason,
    verified: { items: 0, differences: [], accepted: [], notExamined: [] },
    ...(gate === undefined ? {} : { gate }),
    downtimeMs: downtimeMs(facts, Date.now(), true),
    journal: journal.directory.records,
  };
  journal.append({ type: 'end', outcome });
  return outcome;
}
