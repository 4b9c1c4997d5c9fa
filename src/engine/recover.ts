import type { Outcome } from '../documents/outcome.ts';
import type { Machine } from '../host/machine.ts';
import { runs } from '../host/runs.ts';
import { type Change, type DamagedJournal, readJournals } from '../journal/changes.ts';
import { Journal } from '../journal/journal.ts';
import type { RecordOf } from '../journal/record.ts';
import type { EngineOptions } from './apply.ts';
import { armBootRecovery, disarmWhenEnded } from './boot-recovery.ts';
import { commitChange } from './commit-change.ts';
import { disarmConfirmation, stopTrying } from './confirmation-timer.ts';
import { execute } from './execute.ts';
import { goBack } from './go-back.ts';
import { isWell } from './is-well.ts';
import { underLock } from './under-lock.ts';
import { unrecordedOutcome } from './unrecorded-outcome.ts';

const START_LIMIT_MS = 10 * 60 * 1000; // a unit's own TimeoutStartSec= ends it long before

const WAY_BACK_INTERRUPTED = '; the way back was interrupted';

interface Recovered {
  /** How each change ended that was unfinished. */
  readonly outcomes: readonly Outcome[];
  /** Whether their changes are unfinished is not known. */
  readonly damaged: readonly DamagedJournal[];
  /** Changes that had ended and need the operator: nothing was done about them. */
  readonly needOperator: readonly string[];
}

/**
 * Finishes what was interrupted, newest first: a change goes back, a way back goes on, and a change whose gate was
 * passed is committed. A damaged journal holds up no other change. Throws `CouldNotRun` when it can't be begun.
 */
export async function recover(machine: Machine, options: EngineOptions): Promise<Recovered> {
  return await underLock(machine, 'recover', 'recover', options, async () => {
    const outcomes: Outcome[] = [];
    const { changes, damaged } = readJournals(machine.host, machine.home);
    for (const change of changes.toReversed()) {
      if (change.state !== 'interrupted' && !isOverdue(change, Date.now())) continue;
      armBootRecovery(machine, change.begin.service, options.recoverCommand);
      const outcome = await finish(machine, change, options);
      outcomes.push(outcome);
    }
    await sweep(machine);
    for (const { directory } of damaged) await stopTrying(machine, directory.change);
    const left = changes.filter(({ state }) => state === 'needs-operator');
    return { outcomes, damaged, needOperator: left.map(({ begin }) => begin.change) };
  });
}

/** Takes away the units of changes that are over: whoever ended one may have been killed just before that. */
async function sweep(machine: Machine): Promise<void> {
  for (const { begin, state } of readJournals(machine.host, machine.home).changes)
    if (state !== 'awaiting-confirmation' && state !== 'interrupted')
      await disarmConfirmation(machine, begin.change);
  await disarmWhenEnded(machine);
}

async function finish(machine: Machine, change: Change, options: EngineOptions): Promise<Outcome> {
  const journal = Journal.open(machine, change.begin.change);
  try {
    const complaint = await whyToGoBack(machine, journal, change, options);
    if (complaint === undefined) {
      const reason = 'the gate was passed before the change was interrupted; the rest is done now';
      return await commitChange(machine, journal, reason, options.recoverCommand);
    }
    return await goBack({
      machine,
      journal,
      reason: complaint,
      direction: 'rollback',
      stopFirst: !(await isWell(machine, change)),
      applied: [],
      acceptDifferences: lastBack(journal)?.acceptDifferences ?? false,
      onProgress: options.onProgress ?? (() => undefined),
    });
  } catch (error) {
    return await unrecordedOutcome(machine, journal, 'rollback', error);
  }
}

/** Nobody has confirmed it in time. A second early, since the timer is not that exact. */
function isOverdue(change: Change, now: number): boolean {
  if (change.state !== 'awaiting-confirmation' || change.outcome.confirmBefore === undefined) return false;
  return now >= Date.parse(change.outcome.confirmBefore) - 1000;
}

async function whyToGoBack(
  machine: Machine,
  journal: Journal,
  change: Change,
  options: EngineOptions,
): Promise<string | undefined> {
  if (change.state === 'awaiting-confirmation') return 'it was not confirmed in time';
  if (gateWasPassed(change)) return await complete(machine, journal, options);
  const back = lastBack(journal);
  if (back === undefined) return 'the change was interrupted';
  return back.reason.endsWith(WAY_BACK_INTERRUPTED) ? back.reason : `${back.reason}${WAY_BACK_INTERRUPTED}`;
}

function lastBack({ records }: Journal): RecordOf<'back'> | undefined {
  const back = records.findLast((record) => record.type === 'back');
  return back?.type === 'back' ? back : undefined;
}

function gateWasPassed({ begin, history }: Change): boolean {
  const gate = begin.plan.steps.findIndex((step) => step.kind === 'gate');
  return history.backs === 0 && history.begun.some(({ step, done }) => step === gate && done !== undefined);
}

/** Takes the steps after the gate, and starts the service where its guard has kept a boot from it. A text: it went wrong. */
async function complete(
  machine: Machine,
  journal: Journal,
  { onProgress = () => undefined }: EngineOptions,
): Promise<string | undefined> {
  const { plan, service } = journal.begin;
  const from = 1 + plan.steps.findIndex((step) => step.kind === 'gate');
  const context = { machine, journal, plan, attempt: 0 };
  const execution = await execute({ direction: 'apply', steps: plan.steps, from }, context, onProgress);
  if (execution.result === 'failed') return execution.reason;
  if (await isUp(machine, service)) return undefined;
  const complaint = await machine.systemd.start([service], START_LIMIT_MS);
  return (await isUp(machine, service))
    ? undefined
    : `after an interruption ${service} did not come up again: ${complaint ?? 'it ended by itself'}`;
}

async function isUp({ systemd }: Machine, service: string): Promise<boolean> {
  return runs((await systemd.show(service)).activeState);
}
