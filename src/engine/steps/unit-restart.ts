import { setTimeout as sleep } from 'node:timers/promises';
import { isBetweenTries } from '../../host/is-between-tries.ts';
import { runs } from '../../host/runs.ts';
import { restartTimes } from '../restart-times.ts';
import { didNotComeBack } from '../did-not-come-back.ts';
import { isTrigger } from '../is-trigger.ts';
import { lostSockets } from '../lost-sockets.ts';
import { type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';
import type { UnitFacts } from '../../host/machine.ts';
import { startLimitMs, STOP_LIMIT_MS } from './unit-steps.ts';

const LOOK_EVERY_MS = 100;

/**
 * systemd restarts the units that depend on the service along with it; its sockets stay open meanwhile. On a way back
 * they are stopped and started with it where what ran meanwhile has taken the place of one: else nothing reaches the service.
 */
export const unitRestart: StepAction<StepOf<'unit-restart'>> = {
  /** Known before, so that the way back from a restart that was cut short can start them again. */
  foresee: async ({ unit }, { machine, direction }) => {
    const { dependents, triggers } = await machine.systemd.companions(unit);
    const lost = direction === 'rollback' ? await lostSockets(machine, triggers) : [];
    return { alsoStopped: lost.length === 0 ? [...dependents] : [...triggers, ...dependents] };
  },
  apply: async ({ unit }, context, { alsoStopped = [] }) => {
    const { machine } = context;
    const [before] = await Promise.all([
      machine.systemd.show(unit),
      machine.systemd.resetFailed(unit), // only starts count towards the limit
    ]);
    const complaint = await restartOf(unit, alsoStopped.filter(isTrigger), context);
    const now = { wallMs: Date.now(), sinceBootMs: machine.processes.sinceBootMs() };
    const after = await machine.systemd.show(unit);
    if (goesOn(before, after)) throw new StepFailure(notRestarted(unit, complaint));
    const facts = {
      stoppedPid: before.mainPid,
      ...restartTimes(after, now),
      ...(complaint === undefined ? {} : { complaint }),
    };
    for (const name of alsoStopped) {
      if (runs((await machine.systemd.show(name)).activeState)) continue;
      const why = await machine.systemd.start([name], startLimitMs(context));
      const { activeState } = await machine.systemd.show(name);
      if (runs(activeState)) continue;
      throw didNotComeBack({ unit: name, service: unit, activeState }, why, facts);
    }
    return alsoStopped.length === 0 ? facts : { ...facts, alsoStarted: alsoStopped };
  },
  /** The gate looks at the service itself. */
  verify: async ({ unit }, { machine, direction }) => {
    if (direction !== 'rollback') return undefined;
    const { triggers } = await machine.systemd.companions(unit);
    const [lost] = await lostSockets(machine, triggers);
    return lost === undefined
      ? undefined
      : `nobody listens at ${lost} any more, although its socket unit is active`;
  },
};

/** A job that systemd refused, or was never asked for, leaves a service that the gate would find well. */
function goesOn(before: UnitFacts, after: UnitFacts): boolean {
  return (
    runs(before.activeState) &&
    !isBetweenTries(before.subState) &&
    after.mainPid === before.mainPid &&
    after.activeSince === before.activeSince
  );
}

function notRestarted(unit: string, complaint: string | undefined): string {
  return `${unit} was not restarted, it goes on as before${complaint === undefined ? '' : `: ${complaint}`}`;
}

async function restartOf(
  unit: string,
  triggers: readonly string[],
  context: StepContext,
): Promise<string | undefined> {
  const { systemd } = context.machine;
  const limitMs = startLimitMs(context);
  if (triggers.length === 0) {
    const complaint = await systemd.restart(unit, limitMs);
    if (complaint !== undefined) await untilDown(unit, context); // its stop may take longer than a start may
    return complaint;
  }
  await systemd.stop([...triggers, unit], STOP_LIMIT_MS);
  // systemd refuses to start a socket whose service runs.
  return (await systemd.start(triggers, limitMs)) ?? (await systemd.start([unit], limitMs));
}

async function untilDown(unit: string, { machine }: StepContext): Promise<void> {
  const since = performance.now();
  while (performance.now() - since < STOP_LIMIT_MS) {
    if ((await machine.systemd.show(unit)).activeState !== 'deactivating') return;
    await sleep(LOOK_EVERY_MS);
  }
}
