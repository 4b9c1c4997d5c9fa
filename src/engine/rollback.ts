import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import type { Change } from '../journal/changes.ts';
import { Journal } from '../journal/journal.ts';
import { nearest } from '../text/nearest.ts';
import type { EngineOptions } from './apply.ts';
import { armBootRecovery, disarmWhenEnded } from './boot-recovery.ts';
import { changeMeant, isMeant } from './change-meant.ts';
import { disarmConfirmation } from './confirmation-timer.ts';
import { goBack } from './go-back.ts';
import { isWell } from './is-well.ts';
import { underLock } from './under-lock.ts';
import { unrecordedOutcome } from './unrecorded-outcome.ts';

export interface RollbackOptions extends EngineOptions {
  /** See `WayBack`. */
  readonly acceptDifferences?: boolean | undefined;
}

/**
 * Takes back a change (by its id) or the last change of a service (by its name) that is not taken back yet,
 * also one that was interrupted. Throws `CouldNotRun` when there is none or it can't be begun.
 */
export async function rollback(asked: string, machine: Machine, options: RollbackOptions): Promise<Outcome> {
  return await underLock(machine, 'rollback', `rollback of ${asked}`, options, async () => {
    try {
      return await takeBack(asked, machine, options);
    } finally {
      await disarmWhenEnded(machine); // also what a way back has left that could not write down its end
    }
  });
}

async function takeBack(asked: string, machine: Machine, options: RollbackOptions): Promise<Outcome> {
  const change = changeMeant(machine, asked, changeToTakeBack, options);
  const journal = Journal.open(machine, change.begin.change);
  const stopFirst = !(await isWell(machine, change));
  armBootRecovery(machine, change.begin.service, options.recoverCommand);
  try {
    const outcome = await goBack({
      machine,
      journal,
      reason: wasCutShort(change) ? 'the change was interrupted' : 'taken back as asked',
      direction: 'rollback',
      stopFirst,
      applied: [],
      acceptDifferences: options.acceptDifferences ?? false,
      onProgress: options.onProgress ?? (() => undefined),
    });
    if (outcome.state === 'rolled-back') await disarmConfirmation(machine, outcome.change);
    return outcome;
  } catch (error) {
    return await unrecordedOutcome(machine, journal, 'rollback', error);
  }
}

/** A way back that was cut short had been asked for already, or has told why. */
function wasCutShort({ state, history }: Change): boolean {
  return state === 'interrupted' && history.backs === 0;
}

function changeToTakeBack(changes: readonly Change[], asked: string): Change {
  const byId = changes.find(({ begin }) => begin.change === asked);
  const meant = changes.filter(({ begin }) => isMeant(asked, begin.change, begin.service));
  if (meant.length === 0) {
    const known = changes.flatMap(({ begin }) => [begin.change, begin.service]);
    const near = nearest(asked, known);
    throw new CouldNotRun(
      `there is no change of ${asked} in the journal${near === undefined ? '' : `; did you mean ${near}?`}`,
      { next: 'cutover status' },
    );
  }
  const chosen = byId ?? meant.findLast(({ state }) => state !== 'rolled-back');
  if (chosen === undefined || chosen.state === 'rolled-back') {
    throw new CouldNotRun(`${asked} is rolled back already`, { next: 'cutover status' });
  }
  const newer = changes.findLast(
    ({ begin, state }) => begin.service === chosen.begin.service && state !== 'rolled-back',
  );
  if (newer !== undefined && newer !== chosen) {
    throw new CouldNotRun(`change ${newer.begin.change} of ${newer.begin.service} came after ${asked}`, {
      why: 'Changes are taken back in the order opposite to that in which they were made.',
      next: `cutover rollback ${newer.begin.change}`,
    });
  }
  return chosen;
}
