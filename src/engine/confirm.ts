import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import type { Change } from '../journal/changes.ts';
import { Journal } from '../journal/journal.ts';
import { disarmWhenEnded } from './boot-recovery.ts';
import { changeMeant, isMeant } from './change-meant.ts';
import { disarmConfirmation } from './confirmation-timer.ts';
import { type LockOptions, underLock } from './under-lock.ts';

/** Accepts a change (by its id, or the last of a service) that would be taken back otherwise. Throws `CouldNotRun` when none waits. */
export async function confirm(asked: string, machine: Machine, options: LockOptions = {}): Promise<Outcome> {
  return await underLock(machine, 'confirm', `confirm ${asked}`, options, async () => {
    const waiting = changeMeant(machine, asked, changeThatWaits, options);
    const journal = Journal.open(machine, waiting.begin.change);
    const { confirmBefore, ...rest } = waiting.outcome;
    const reason = `confirmed in time: it would have been taken back at ${confirmBefore ?? 'its deadline'}`;
    const confirmed: Outcome = { ...rest, state: 'committed', reason };
    journal.append({ type: 'end', outcome: confirmed });
    await disarmConfirmation(machine, confirmed.change);
    await disarmWhenEnded(machine);
    return confirmed;
  });
}

type ChangeThatWaits = Extract<Change, { state: 'awaiting-confirmation' }>;

function changeThatWaits(changes: readonly Change[], asked: string): ChangeThatWaits {
  const meant = changes.filter(({ begin }) => isMeant(asked, begin.change, begin.service));
  const waiting = meant.findLast((change) => change.state === 'awaiting-confirmation');
  if (waiting === undefined) throw nothingWaits(asked, meant.at(-1)?.state);
  return waiting;
}

function nothingWaits(asked: string, state: string | undefined): CouldNotRun {
  const why = state === undefined ? `there is no change of ${asked} in the journal` : `${asked} is ${state}`;
  return new CouldNotRun(`nothing waits to be confirmed: ${why}`, { next: 'cutover status' });
}
