import type { HeldSignals, Machine } from '../host/machine.ts';
import type { DamagedJournal } from '../journal/changes.ts';
import { takeLock } from '../journal/lock.ts';
import { refuseWithoutMeans } from './refuse-to-begin.ts';

export interface LockOptions {
  /** Told when the lock of a dead process was taken over: whose it was. */
  readonly onStaleLock?: (holder: string) => void;
  /** Told of a journal that can't be trusted and may be of any service, when the work goes on all the same. */
  readonly onDamaged?: (damaged: DamagedJournal) => void;
}

/**
 * Does the work of a verb that changes the machine, alone, and with signals held. `purpose` is what another process
 * that wants the lock is told. Throws `CouldNotRun` when it can't be begun.
 */
export async function underLock<Result>(
  machine: Machine,
  verb: string,
  purpose: string,
  { onStaleLock }: LockOptions,
  work: (signals: HeldSignals) => Promise<Result>,
): Promise<Result> {
  await refuseWithoutMeans(machine, verb);
  const lock = await takeLock(machine, purpose);
  if (lock.takenOverFrom !== undefined) onStaleLock?.(lock.takenOverFrom);
  const signals = machine.processes.holdSignals();
  try {
    return await work(signals);
  } finally {
    await lock.release();
    signals.letGo();
  }
}
