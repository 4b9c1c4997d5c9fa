import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import { type Change, readChanges } from '../journal/changes.ts';
import { Journal } from '../journal/journal.ts';
import { takeLock } from '../journal/lock.ts';
import type { EngineOptions } from './apply.ts';
import { commitChange } from './commit-change.ts';
import { goBack } from './go-back.ts';
import { refuseWithoutMeans } from './refuse-to-begin.ts';
import { unrecordedOutcome } from './unrecorded-outcome.ts';

/**
 * Finishes what was interrupted, newest first: a change goes back, a way back goes on, and a change whose gate was
 * passed is committed. Gives how each ended; an empty list when nothing was unfinished. Throws `CouldNotRun` when it can't be begun.
 */
export async function recover(machine: Machine, options: EngineOptions = {}): Promise<readonly Outcome[]> {
  await refuseWithoutMeans(machine, 'recover');
  const lock = await takeLock(machine, 'recover');
  if (lock.takenOverFrom !== undefined) options.onStaleLock?.(lock.takenOverFrom);
  const signals = machine.processes.holdSignals();
  try {
    const outcomes: Outcome[] = [];
    for (const change of readChanges(machine.host, machine.home).toReversed()) {
      if (change.state === 'interrupted') outcomes.push(await finish(machine, change, options));
    }
    return outcomes;
  } finally {
    await lock.release();
    signals.letGo();
  }
}

async function finish(machine: Machine, change: Change, options: EngineOptions): Promise<Outcome> {
  const journal = Journal.open(machine, change.begin.change);
  if (journal === undefined) throw new TypeError('a change that began has a journal');
  try {
    if (isDone(change)) return commitChange(journal, 'every step was done before the change was interrupted');
    return await goBack({
      machine,
      journal,
      reason: 'the change was interrupted',
      direction: 'rollback',
      stopFirst: true,
      applied: [],
      onProgress: options.onProgress ?? (() => undefined),
    });
  } catch (error) {
    return await unrecordedOutcome(machine, journal, 'rollback', error);
  }
}

/** Only the end of the change itself was still to be written. */
function isDone({ begin, history }: Change): boolean {
  const { steps } = begin.plan;
  const done = history.begun.filter((step) => step.done !== undefined);
  return history.backs === 0 && done.length === steps.length;
}
