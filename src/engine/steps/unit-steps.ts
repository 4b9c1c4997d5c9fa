import { runs } from '../../host/runs.ts';
import { historyOf } from '../../journal/history.ts';
import { didNotComeBack } from '../did-not-come-back.ts';
import { startTimeOf } from '../start-time-of.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';
import { openGuard } from './guard-steps.ts';
import { isTrigger } from '../is-trigger.ts';
import { whyNotDown } from '../why-not-down.ts';

export const STOP_LIMIT_MS = 10 * 60 * 1000; // a unit's own TimeoutStopSec= ends it long before

export const daemonReload: StepAction<StepOf<'daemon-reload'>> = {
  foresee: nothing,
  apply: async (_step, { machine }) => {
    await machine.systemd.daemonReload();
    return {};
  },
  verify: async (_step, { machine, plan }) => {
    const { needsReload } = await machine.systemd.show(plan.service);
    return needsReload ? `systemd has not loaded the files of ${plan.service} as they are now` : undefined;
  },
};

export const unitStop: StepAction<StepOf<'unit-stop'>> = {
  /** Known before the stop, so that the way back from a stop that was cut short can start them again. */
  foresee: async ({ unit }, { machine }) => {
    const { dependents, triggers } = await machine.systemd.companions(unit);
    return { alsoStopped: [...triggers, ...dependents] };
  },
  apply: async ({ unit }, { machine, direction }, { alsoStopped = [] }) => {
    // Before the stop, to keep the time between stop and start short: only starts count towards the limit.
    await machine.systemd.resetFailed(unit);
    const { mainPid: stoppedPid } = await machine.systemd.show(unit);
    const startTime = startTimeOf(machine.host, stoppedPid);
    const stoppedAt = Date.now();
    // First what could start it while its state is worked on. Dependents are systemd's own to stop.
    const triggers = alsoStopped.filter(isTrigger);
    await machine.systemd.stop([...triggers, unit], STOP_LIMIT_MS);
    // Stopped between two tries it keeps the count of them, and the gate would blame what is started next.
    if (direction === 'rollback') await machine.systemd.resetFailed(unit);
    const facts = { stoppedAt, stoppedPid, alsoStopped };
    // With SendSIGKILL=no systemd gives up on one that does not stop, and knows of no process any more.
    if (startTime !== undefined && startTimeOf(machine.host, stoppedPid) === startTime)
      throw new StepFailure(`${unit} was stopped, and its process ${stoppedPid} goes on`, facts);
    return facts;
  },
  verify: async ({ unit }, { machine }) => await whyNotDown(machine, unit),
};

export const unitStart: StepAction<StepOf<'unit-start'>> = {
  foresee: nothing,
  /** A start that fails is not the end: with `Restart=` systemd tries again. The gate judges. */
  apply: async ({ unit }, context) => {
    const { machine, journal, plan } = context;
    // A socket that is started alone waits for a service that shall not run.
    const alsoStarted = unit === plan.service ? [...historyOf(journal.records).leftStopped] : [unit];
    openGuard(context);
    const limitMs = startLimitMs(context);
    // systemd refuses to start a socket whose service runs.
    const triggers = alsoStarted.filter(isTrigger);
    const triggersComplaint =
      triggers.length === 0 ? undefined : await machine.systemd.start(triggers, limitMs);
    const complaint = unit === plan.service ? await startOf(unit, context) : undefined;
    const started = complaint === undefined ? { startedAt: Date.now() } : { complaint };
    const dependents = alsoStarted.filter((name) => !isTrigger(name));
    const dependentsComplaint =
      dependents.length === 0 ? undefined : await machine.systemd.start(dependents, limitMs);
    for (const name of alsoStarted) {
      const { activeState } = await machine.systemd.show(name);
      if (runs(activeState)) continue;
      const why = [triggersComplaint, complaint, dependentsComplaint].find((text) => text !== undefined);
      throw didNotComeBack({ unit: name, service: plan.service, activeState }, why, started);
    }
    return alsoStarted.length === 0 ? started : { ...started, alsoStarted };
  },
  verify: async () => undefined, // apply has looked at the others, and the gate will look at the service
};

/**
 * The service ran before, so on the way back it is not let down by a unit that it requires and that can't be started now, nor
 * could be then: systemd fails start jobs for that, and no restart jobs. Source: job_fail_dependencies() in src/core/job.c of systemd 252.
 */
async function startOf(unit: string, context: StepContext): Promise<string | undefined> {
  const { systemd } = context.machine;
  const complaint = await systemd.start([unit], startLimitMs(context));
  if (complaint === undefined || context.direction === 'apply') return complaint;
  if (!complaint.startsWith('A dependency job for')) return complaint;
  return await systemd.restart(unit, startLimitMs(context));
}

export function startLimitMs({ plan, direction }: StepContext): number {
  const gate = plan.steps.find((step) => step.kind === 'gate');
  return direction === 'rollback' || gate === undefined ? plan.gateBack.timeoutMs : gate.gate.timeoutMs;
}
