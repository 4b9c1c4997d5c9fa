import { setTimeout as sleep } from 'node:timers/promises';
import type { GateReport } from '../documents/outcome.ts';
import type { Gate } from '../documents/plan.ts';
import type { Machine, UnitFacts } from '../host/machine.ts';
import { askProbe, type Condition } from './probe.ts';

const LOOK_EVERY_MS = 100;
const LOG_LINES = 20;

/**
 * Waits until every condition of the gate holds at once, or one can't hold any more, or time is up. On failure
 * the unit's last log lines since `sinceMs` (milliseconds since 1970) are kept.
 */
export async function gateReport(
  machine: Machine,
  unit: string,
  gate: Gate,
  sinceMs: number,
): Promise<GateReport> {
  const begun = performance.now();
  let watch: ProcessWatch = { pid: 0, since: begun };
  for (;;) {
    const facts = await machine.systemd.show(unit);
    const now = performance.now();
    watch = watchOn(watch, facts, now);
    const steady: Condition = {
      title: `active, and one process for ${gate.stableMs / 1000} s`,
      holds: watch.pid !== 0 && now - watch.since >= gate.stableMs,
      detail: describe(facts, watch, now),
    };
    const restarts: Condition = {
      title: `at most ${gate.restarts} restarts`,
      holds: facts.restarts <= gate.restarts,
      detail: `${facts.restarts} seen`,
    };
    const hopeless = !restarts.holds || facts.activeState === 'failed' || facts.activeState === 'inactive';
    const outOfTime = now - begun >= gate.timeoutMs;
    // A probe is asked when its answer can count: every condition has to hold at the same time.
    if (steady.holds || hopeless || outOfTime) {
      const probes = await Promise.all(gate.probes.map(async (probe) => await askProbe(machine, probe)));
      const conditions = [steady, restarts, ...probes];
      const passed = conditions.every((condition) => condition.holds);
      if (passed) return { passed, conditions, log: [] };
      if (hopeless || outOfTime) {
        return { passed, conditions, log: [...(await machine.systemd.log(unit, sinceMs, LOG_LINES))] };
      }
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** The main process seen last while the unit was active, and since when; pid 0: none. */
interface ProcessWatch {
  readonly pid: number;
  readonly since: number;
}

function watchOn(watch: ProcessWatch, facts: UnitFacts, now: number): ProcessWatch {
  const pid = facts.activeState === 'active' && facts.subState === 'running' ? facts.mainPid : 0;
  return pid === watch.pid ? watch : { pid, since: now };
}

function describe(facts: UnitFacts, watch: ProcessWatch, now: number): string {
  const state = `${facts.activeState} (${facts.subState})`;
  if (watch.pid !== 0)
    return `${state}, process ${watch.pid} for ${((now - watch.since) / 1000).toFixed(1)} s`;
  const { code, status } = facts.lastExit;
  const exit =
    code === ''
      ? ''
      : `, last process ${code === 'exited' ? `exited with ${status}` : `${code} by signal ${status}`}`;
  return `${state}, result ${facts.result}${exit}`;
}
