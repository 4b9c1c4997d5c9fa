import type { Outcome } from '../documents/outcome.ts';
import type { Plan } from '../documents/plan.ts';
import type { HeldSignals, Machine, UnitFacts } from '../host/machine.ts';
import { changeId } from '../journal/change-directory.ts';
import { Journal } from '../journal/journal.ts';
import { armBootRecovery, disarmWhenEnded } from './boot-recovery.ts';
import { commitChange } from './commit-change.ts';
import { armConfirmation, disarmConfirmation } from './confirmation-timer.ts';
import { execute } from './execute.ts';
import { goBack } from './go-back.ts';
import type { OnProgress } from './progress.ts';
import { readEntries } from './read-entries.ts';
import { unrecordedOutcome } from './unrecorded-outcome.ts';
import {
  refuseMountedState,
  refuseCapabilities,
  refuseLeftGuard,
  refuseMovedActivity,
  refuseMovedHost,
  refusePlan,
  refuseRefusedJobs,
  refuseStateLinkedElsewhere,
  refuseUnfinished,
} from './refuse-to-begin.ts';
import { refuseUnkeptState } from './refuse-unkept-state.ts';
import { refuseWithoutRoom } from './refuse-without-room.ts';
import { type LockOptions, underLock } from './under-lock.ts';
import { errorMessage } from '../text/error-message.ts';

export interface EngineOptions extends LockOptions {
  readonly onProgress?: OnProgress;
  /** The command that finishes an interrupted change, program first; run by a boot that comes before the end. */
  readonly recoverCommand: readonly string[];
  /** Taken back so long after its gate was passed, unless it is confirmed. */
  readonly confirmWithinMs?: number | undefined;
}

/**
 * Makes the change that a plan describes, and takes it back when it does not go well. Throws `CouldNotRun` when
 * it was not begun; nothing has been changed then.
 */
export async function apply(plan: Plan, machine: Machine, options: EngineOptions): Promise<Outcome> {
  refusePlan(plan);
  return await underLock(machine, 'apply', `apply to ${plan.service}`, options, async (signals) => {
    refuseUnfinished(machine, plan.service);
    refuseLeftGuard(machine, plan.service);
    refuseMovedHost(machine, plan);
    const unit = await machine.systemd.show(plan.service);
    refuseMovedActivity(unit, plan);
    await refuseRefusedJobs(machine, plan);
    await refuseCapabilities(machine, plan);
    refuseMountedState(machine, plan);
    refuseStateLinkedElsewhere(machine, plan);
    await refuseUnkeptState(machine, plan);
    await refuseWithoutRoom(machine, plan);
    armBootRecovery(machine, plan.service, options.recoverCommand);
    try {
      const outcome = await change({ plan, unit }, machine, signals, options);
      if (outcome.state !== 'awaiting-confirmation') await disarmConfirmation(machine, outcome.change);
      return outcome;
    } finally {
      await disarmWhenEnded(machine); // also of a change that never began
    }
  });
}

async function change(
  { plan, unit }: { readonly plan: Plan; readonly unit: UnitFacts },
  machine: Machine,
  signals: HeldSignals,
  options: EngineOptions,
): Promise<Outcome> {
  const { service } = plan;
  const { confirmWithinMs } = options;
  const paths = plan.watched.map(({ path }) => path);
  const { entries, notExamined } = await readEntries(machine, paths);
  const journal = Journal.create(machine, {
    type: 'begin',
    change: changeId(new Date(), plan.digest),
    service,
    plan,
    writer: { pid: machine.processes.own.pid },
    ...(confirmWithinMs === undefined ? {} : { confirmWithinMs }),
    before: {
      entries: [...entries],
      unit,
      notExamined: [...notExamined],
    },
  });
  try {
    return await applyJournaled(machine, journal, signals, options);
  } catch (error) {
    return await unrecordedOutcome(machine, journal, 'apply', error);
  }
}

async function applyJournaled(
  machine: Machine,
  journal: Journal,
  signals: HeldSignals,
  { onProgress = () => undefined, recoverCommand }: EngineOptions,
): Promise<Outcome> {
  const { plan, change: id, confirmWithinMs } = journal.begin;
  const way = { machine, journal, direction: 'apply', onProgress } as const;
  if (confirmWithinMs !== undefined) {
    // Already now: this process may be gone before the gate is passed.
    const latest = Date.now() + confirmWithinMs + longestMs(plan);
    try {
      await armConfirmation(machine, id, latest, recoverCommand);
    } catch (error) {
      const reason = `not begun: ${errorMessage(error)}`;
      return await goBack({ ...way, reason, stopFirst: false, applied: [] });
    }
  }
  const context = { machine, journal, plan, attempt: 0, interruptedBy: signals.came };
  const execution = await execute({ direction: 'apply', steps: plan.steps }, context, onProgress);
  if (execution.result === 'failed') {
    const { reason, facts } = execution;
    const stopFirst = facts.some((fact) => fact.stoppedAt !== undefined);
    return await goBack({ ...way, reason, stopFirst, applied: facts });
  }
  const reason = 'every step was done and looked at again, and the gate is green';
  return await commitChange(machine, journal, reason, recoverCommand);
}

/** How long the gate of a plan and that of its way back can take. */
function longestMs({ steps, gateBack }: Plan): number {
  const gates = steps.flatMap((step) => ('gate' in step ? [step.gate] : []));
  return [...gates, gateBack].reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
}
