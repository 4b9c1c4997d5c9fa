import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import { readChanges } from '../journal/changes.ts';
import { Journal } from '../journal/journal.ts';
import { takeLock } from '../journal/lock.ts';
import type { EngineOptions } from './apply.ts';
import { disarmWhenEnded } from './boot-recovery.ts';
import { disarmConfirmation } from './confirmation-timer.ts';
import { refuseWithoutMeans } from './refuse-to-begin.ts';

/** Accepts a change (by its id, or the last of a service) that would be taken back otherwise. Throws `CouldNotRun` when none waits. */
export async function confirm(
  asked: string,
  machine: Machine,
  options: EngineOptions = {},
): Promise<Outcome> {
  await refuseWithoutMeans(machine, 'confirm');
  const lock = await takeLock(machine, `confirm ${asked}`);
  if (lock.takenOverFrom !== undefined) options.onStaleLock?.(lock.takenOverFrom);
  const signals = machine.processes.holdSignals();
  try {
    const names = [asked, `${asked}.service`];
    const changes = readChanges(machine.host, machine.home);
    const meant = changes.filter(({ begin }) => begin.change === asked || names.includes(begin.service));
    const waiting = meant.findLast(({ state }) => state === 'awaiting-confirmation');
    const outcome = waiting?.history.outcome;
    if (waiting === undefined || outcome === undefined) throw nothingWaits(asked, meant.at(-1)?.state);
    const journal = Journal.open(machine, waiting.begin.change);
    if (journal === undefined) throw new TypeError('a change that began has a journal');
    const { confirmBefore, ...rest } = outcome;
    const reason = `confirmed in time: it would have been taken back at ${confirmBefore ?? 'its deadline'}`;
    const confirmed: Outcome = { ...rest, state: 'committed', reason };
    journal.append({ type: 'end', outcome: confirmed });
    await disarmConfirmation(machine, confirmed.change);
    disarmWhenEnded(machine);
    return confirmed;
  } finally {
    await lock.release();
    signals.letGo();
  }
}

function nothingWaits(asked: string, state: string | undefined): CouldNotRun {
  const why = state === undefined ? `there is no change of ${asked} in the journal` : `${asked} is ${state}`;
  return new CouldNotRun(`nothing waits to be confirmed: ${why}`, { next: 'cutover status' });
}
