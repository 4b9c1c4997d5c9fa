import { runs } from '../../host/runs.ts';
import { restartTimes } from '../restart-times.ts';
import { didNotComeBack } from '../did-not-come-back.ts';
import type { StepAction, StepOf } from '../step-action.ts';
import { startLimitMs, STOP_LIMIT_MS } from './unit-steps.ts';

/** systemd restarts the units that depend on the service along with it; its sockets stay open meanwhile. */
export const unitRestart: StepAction<StepOf<'unit-restart'>> = {
  /** Known before, so that the way back from a restart that was cut short can start them again. */
  foresee: async ({ unit }, { machine }) => ({
    alsoStopped: [...(await machine.systemd.companions(unit)).dependents],
  }),
  apply: async ({ unit }, context, { alsoStopped = [] }) => {
    const { machine } = context;
    await machine.systemd.resetFailed(unit); // only starts count towards the limit
    const { mainPid: stoppedPid } = await machine.systemd.show(unit);
    const complaint = await machine.systemd.restart(unit, STOP_LIMIT_MS + startLimitMs(context));
    const now = { wallMs: Date.now(), sinceBootMs: machine.processes.sinceBootMs() };
    const facts = {
      stoppedPid,
      ...restartTimes(await machine.systemd.show(unit), now),
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
  verify: async () => undefined, // the gate looks at the service
};
