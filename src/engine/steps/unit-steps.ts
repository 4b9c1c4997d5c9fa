import { nothing, type StepAction, type StepContext, type StepOf } from '../step-action.ts';

const STOP_LIMIT_MS = 10 * 60 * 1000; // a unit's own TimeoutStopSec= ends it long before

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
  foresee: nothing,
  apply: async ({ unit }, { machine }) => {
    // Before the stop, to keep the time between stop and start short: only starts count towards the limit.
    await machine.systemd.resetFailed(unit);
    const { mainPid: stoppedPid } = await machine.systemd.show(unit);
    const stoppedAt = Date.now();
    await machine.systemd.stop(unit, STOP_LIMIT_MS);
    return { stoppedAt, stoppedPid };
  },
  verify: async ({ unit }, { machine }) => {
    const { activeState, mainPid } = await machine.systemd.show(unit);
    const stopped = (activeState === 'inactive' || activeState === 'failed') && mainPid === 0;
    return stopped ? undefined : `${unit} is ${activeState}, its process ${mainPid}`;
  },
};

export const unitStart: StepAction<StepOf<'unit-start'>> = {
  foresee: nothing,
  /** A start that fails is not the end: with `Restart=` systemd tries again. The gate judges. */
  apply: async ({ unit }, context) => {
    const complaint = await context.machine.systemd.start(unit, startLimitMs(context));
    const startedAt = Date.now();
    return complaint === undefined ? { startedAt } : { complaint };
  },
  verify: async () => undefined,
};

function startLimitMs({ plan, direction }: StepContext): number {
  const gate = plan.steps.find((step) => step.kind === 'gate');
  return direction === 'rollback' || gate === undefined ? plan.gateBack.timeoutMs : gate.gate.timeoutMs;
}
