import type { Outcome } from '../documents/outcome.ts';
import { isBetweenTries } from '../host/is-between-tries.ts';
import type { Machine, UnitFacts } from '../host/machine.ts';
import { runs } from '../host/runs.ts';
import { historyOf } from '../journal/history.ts';
import type { Journal } from '../journal/journal.ts';
import type { StepFacts, Verified } from '../journal/record.ts';
import { singleRecords } from '../journal/single-records.ts';
import { acceptWhatDiffers } from './accept-what-differs.ts';
import { snapshotRoots } from './as-before.ts';
import { compareWatched } from './compare-watched.ts';
import { downtimeSoFar } from './downtime.ts';
import { execute } from './execute.ts';
import { invert } from './invert.ts';
import { isTrigger } from './is-trigger.ts';
import { keptEdits } from './kept-edits.ts';
import type { OnProgress } from './progress.ts';
import { serviceNow } from './service-now.ts';
import { throwLeftoversAway } from './throw-leftovers-away.ts';
import { errorMessage } from '../text/error-message.ts';

export interface WayBack {
  readonly machine: Machine;
  readonly journal: Journal;
  /** Why the change is taken back, for people. */
  readonly reason: string;
  /** The direction of the command that was given: a change that fails and comes back by itself is an apply. */
  readonly direction: Outcome['direction'];
  readonly stopFirst: boolean;
  /** What the steps of the change itself found, when it ran in this process. */
  readonly applied: readonly StepFacts[];
  readonly onProgress: OnProgress;
  /** The operator puts up with what differs, and with what can't be put back; it is listed as accepted. */
  readonly acceptDifferences?: boolean;
}

/** Takes a change back as far as its journal says it came, verifies, and writes how that ended. */
export async function goBack(way: WayBack): Promise<Outcome> {
  const { machine, journal, applied } = way;
  const { plan, before, change, service } = journal.begin;
  const history = historyOf(journal.records);
  const ran = runs(before.unit.activeState);
  const accepts = way.acceptDifferences === true;
  const steps = invert(plan, history.begun, {
    restart: ran && (await runsOnOther(way)),
    startAgain: ran,
    keptFailing: isBetweenTries(before.unit.subState),
    stateIsBack: history.stateIsBack,
    stopFirst: way.stopFirst,
    // By itself it goes back because the service is not well: that is not to go on while its state is copied.
    prepareState: way.direction === 'rollback' && !accepts,
    alsoStart: ran ? [] : await triggersOf(way, history.everStopped),
  });
  const attempt = history.backs + 1;
  journal.append({
    type: 'back',
    reason: way.reason,
    attempt,
    steps,
    ...(accepts && { acceptDifferences: true }),
  });
  const execution = await execute(
    { direction: 'rollback', steps },
    { machine, journal, plan, attempt },
    way.onProgress,
  );
  const gate = applied.findLast((facts) => facts.gate !== undefined)?.gate;
  const trial = applied.findLast((facts) => facts.trial !== undefined)?.trial;
  const gateBack = execution.facts.findLast((facts) => facts.gate !== undefined)?.gate;
  const failure = execution.result === 'failed' ? execution.reason : undefined;
  const seen = verifiedOf(execution.facts);
  const isInForce = failure !== undefined && isStillInForce(journal);
  const found = failure !== undefined && !isInForce && seen.items === 0 ? await whatDiffers(way) : seen;
  const isWhole = failure === undefined || wasCompared(journal);
  const { verified, failure: unaccepted } = accepts
    ? await acceptWhatDiffers(way, { found, failure, isWhole })
    : { verified: found, failure };
  const isBack = unaccepted === undefined && verified.differences.length === 0;
  const kept = keptEdits(machine, journal);
  const now = await serviceNow(machine, journal);
  const reason = reasonOf(way.reason, unaccepted, verified, before.unit);
  const outcome: Outcome = {
    apiVersion: 'cutover/v1',
    kind: 'Outcome',
    change,
    service,
    direction: way.direction,
    state: isBack ? 'rolled-back' : 'needs-operator',
    reason: isBack ? reason : `${reason}${isInForce ? IN_FORCE : ''}; ${now.text}`,
    verified,
    ...(isBack && !isWhole ? { leftAsItIs: true } : {}),
    ...(kept.length === 0 ? {} : { kept }),
    ...(trial === undefined ? {} : { trial }),
    ...(gate === undefined ? {} : { gate }),
    ...(gateBack === undefined ? {} : { gateBack }),
    downtimeMs: downtimeSoFar(journal, now.runs),
    journal: journal.directory.records,
  };
  const tail = throwLeftoversAway(machine, journal, !isBack ? 'not back' : isWhole ? 'whole' : 'left');
  const ended = tail === undefined ? outcome : { ...outcome, reason: `${outcome.reason}; ${tail}` };
  journal.append({ type: 'end', outcome: ended });
  return ended;
}

const IN_FORCE = '; nothing was touched, and the change is still in force';

/** Everything was put back and found as before; what is left is the service. */
function wasCompared({ records }: Journal): boolean {
  const from = records.findLastIndex((record) => record.type === 'back');
  const back = records[from];
  return singleRecords(records.slice(from)).some(
    (record) =>
      record.type === 'done' && back?.type === 'back' && back.steps[record.step]?.kind === 'verify-files',
  );
}

/** The change had come to its end, and no way back has got further than to lay state beside its place. */
function isStillInForce({ records }: Journal): boolean {
  const hadEnded = records.some(
    (record) =>
      record.type === 'end' && ['committed', 'awaiting-confirmation'].includes(record.outcome.state),
  );
  return (
    hadEnded &&
    !singleRecords(records).some(
      (record) =>
        record.type === 'intent' && record.direction === 'rollback' && record.action.kind !== 'state-prepare',
    )
  );
}

/** What waits for the service: what was ever stopped with it, and what this way back will stop with it. */
async function triggersOf({ machine, journal }: WayBack, everStopped: readonly string[]): Promise<string[]> {
  const { triggers } = await machine.systemd.companions(journal.begin.service);
  return [...new Set([...everStopped.filter(isTrigger), ...triggers])];
}

/** Whether files were written and the service was started anew since, by a boot or by `Restart=`: it has read them then. */
async function runsOnOther({ machine, journal }: WayBack): Promise<boolean> {
  const { service, before } = journal.begin;
  const touched = historyOf(journal.records).begun.some(
    ({ action }) => 'path' in action && action.kind !== 'state-copy',
  );
  if (!touched) return false;
  const now = await machine.systemd.show(service);
  return now.mainPid !== before.unit.mainPid || now.activeSince !== before.unit.activeSince;
}

function verifiedOf(facts: readonly StepFacts[]): Verified {
  const all = facts.flatMap((fact) => (fact.verified === undefined ? [] : [fact.verified]));
  return {
    items: all.reduce((sum, verified) => sum + verified.items, 0),
    differences: all.flatMap((verified) => verified.differences),
    accepted: all.flatMap((verified) => verified.accepted),
    notExamined: [...new Set(all.flatMap((verified) => verified.notExamined))],
  };
}

/** Of a way back that did not come to its comparison: what is not back. */
async function whatDiffers({ machine, journal }: WayBack): Promise<Verified> {
  const states = snapshotRoots({ journal }).map((path) => `the state ${path}: it was not compared`);
  try {
    const files = await compareWatched({ machine, journal });
    return { ...files, notExamined: [...files.notExamined, ...states] };
  } catch (error) {
    const files = `what is back and what is not: ${errorMessage(error)}`;
    return { items: 0, differences: [], accepted: [], notExamined: [files, ...states] };
  }
}

function reasonOf(
  reason: string,
  failure: string | undefined,
  verified: Verified,
  unitBefore: Pick<UnitFacts, 'activeState' | 'subState'>,
): string {
  if (failure !== undefined) return `${reason}; going back did not end well: ${failure}`;
  if (verified.differences.length > 0) return `${reason}; after going back not everything is as before`;
  if (isBetweenTries(unitBefore.subState))
    return `${reason}; the service kept failing before the change: it was started again, and not waited for`;
  if (runs(unitBefore.activeState)) return reason;
  if (unitBefore.activeState === 'failed')
    return `${reason}; the service had failed before the change and was not started: systemctl no longer lists it as failed`;
  return `${reason}; the service was not running before the change and was not started`;
}
