import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import type { Verified } from '../journal/record.ts';
import { armConfirmation } from './confirmation-timer.ts';
import { downtimeSoFar, factsSinceWellEnd } from './downtime.ts';
import { verifyInForce } from './verify-in-force.ts';

/**
 * Writes the end of a change whose steps are all done, and why it counts. One that is to be confirmed gets its
 * deadline, and a timer for it that runs `recoverCommand`.
 */
export async function commitChange(
  machine: Machine,
  journal: Journal,
  reason: string,
  recoverCommand: readonly string[],
): Promise<Outcome> {
  const { change, service, confirmWithinMs } = journal.begin;
  const facts = factsSinceWellEnd(journal.records);
  const gate = facts.findLast((fact) => fact.gate !== undefined)?.gate;
  const trial = facts.findLast((fact) => fact.trial !== undefined)?.trial;
  const noTrial = facts.findLast((fact) => fact.noTrial !== undefined)?.noTrial;
  const found = await verifyInForce(machine, journal);
  const notExamined = noTrial === undefined ? [] : [`no trial start was made: ${noTrial}`];
  const outcome: Outcome = {
    apiVersion: 'cutover/v1',
    kind: 'Outcome',
    change,
    service,
    direction: 'apply',
    state: 'committed',
    reason: reasonOf(reason, found),
    verified: { ...found, notExamined: [...notExamined, ...found.notExamined] },
    ...(trial === undefined ? {} : { trial }),
    ...(gate === undefined ? {} : { gate }),
    downtimeMs: downtimeSoFar(journal, true),
    journal: journal.directory.records,
  };
  if (confirmWithinMs === undefined) {
    journal.append({ type: 'end', outcome });
    return outcome;
  }
  const deadline = Date.now() + confirmWithinMs;
  const confirmBefore = new Date(deadline).toISOString();
  const awaiting: Outcome = { ...outcome, state: 'awaiting-confirmation', confirmBefore };
  await armConfirmation(machine, change, deadline, recoverCommand);
  journal.append({ type: 'end', outcome: awaiting });
  return awaiting;
}

/** It is in force all the same: the gate has judged the service. */
function reasonOf(reason: string, { differences }: Verified): string {
  const [first, ...others] = new Set(differences.map(({ path }) => path));
  if (first === undefined) return reason;
  return `${reason}; ${others.length === 0 ? first : `${others.length + 1} places`} changed since`;
}
