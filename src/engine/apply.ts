import type { Outcome } from '../documents/outcome.ts';
import type { Plan } from '../documents/plan.ts';
import type { HeldSignals, Machine } from '../host/machine.ts';
import { changeId } from '../journal/change-directory.ts';
import { Journal } from '../journal/journal.ts';
import { takeLock } from '../journal/lock.ts';
import { armBootRecovery, disarmWhenEnded } from './boot-recovery.ts';
import { commitChange } from './commit-change.ts';
import { execute } from './execute.ts';
import { goBack } from './go-back.ts';
import type { OnProgress } from './progress.ts';
import { readEntries } from './read-entries.ts';
import { unrecordedOutcome } from './unrecorded-outcome.ts';
import {
  refuseMountedState,
  refuseMovedHost,
  refusePlan,
  refuseStateLinkedElsewhere,
  refuseUnfinished,
  refuseWithoutRoom,
  refuseWithoutMeans,
} from './refuse-to-begin.ts';

export interface EngineOptions {
  readonly onProgress?: OnProgress;
  /** The command that finishes an interrupted change, program first; run by a boot that comes before the end. */
  readonly recoverCommand?: readonly string[];
  /** Told when the lock of a dead process was taken over: whose it was. */
  readonly onStaleLock?: (holder: string) => void;
}

/**
 * Makes the change that a plan describes, and takes it back when it does not go well. Throws `CouldNotRun` when
 * it was not begun; nothing has been changed then.
 */
export async function apply(plan: Plan, machine: Machine, options: EngineOptions = {}): Promise<Outcome> {
  refusePlan(plan);
  await refuseWithoutMeans(machine, 'apply');
  const lock = await takeLock(machine, `apply to ${plan.service}`);
  if (lock.takenOverFrom !== undefined) options.onStaleLock?.(lock.takenOverFrom);
  const signals = machine.processes.holdSignals();
  try {
    refuseUnfinished(machine);
    refuseMovedHost(machine, plan);
    refuseMountedState(machine, plan);
    refuseStateLinkedElsewhere(machine, plan);
    await refuseWithoutRoom(machine, plan);
    armBootRecovery(machine, plan.service, options.recoverCommand);
    const outcome = await change(plan, machine, signals, options.onProgress ?? (() => undefined));
    disarmWhenEnded(machine, outcome.change);
    return outcome;
  } finally {
    await lock.release();
    signals.letGo();
  }
}

async function change(
  plan: Plan,
  machine: Machine,
  signals: HeldSignals,
  onProgress: OnProgress,
): Promise<Outcome> {
  const { service } = plan;
  const paths = plan.watched.map(({ path }) => path);
  const { entries, notExamined } = await readEntries(machine, paths);
  const journal = Journal.create(machine, {
    type: 'begin',
    change: changeId(new Date(), plan.digest),
    service,
    plan,
    writer: { pid: machine.processes.own.pid },
    before: {
      entries: [...entries],
      unit: await machine.systemd.show(service),
      notExamined: [...notExamined],
    },
  });
  try {
    return await applyJournaled(machine, journal, signals, onProgress);
  } catch (error) {
    return await unrecordedOutcome(machine, journal, 'apply', error);
  }
}

async function applyJournaled(
  machine: Machine,
  journal: Journal,
  signals: HeldSignals,
  onProgress: OnProgress,
): Promise<Outcome> {
  const { plan } = journal.begin;
  const context = { machine, journal, plan, attempt: 0, interruptedBy: signals.came };
  const execution = await execute({ direction: 'apply', steps: plan.steps }, context, onProgress);
  if (execution.result === 'failed') {
    const { reason, facts } = execution;
    const stopFirst = facts.some((fact) => fact.stoppedAt !== undefined);
    return await goBack({
      machine,
      journal,
      reason,
      direction: 'apply',
      stopFirst,
      applied: facts,
      onProgress,
    });
  }
  return commitChange(journal, 'every step was done and looked at again, and the gate is green');
}
