import { setTimeout as sleep } from 'node:timers/promises';
import type { GateReport } from '../documents/outcome.ts';
import type { Gate } from '../documents/plan.ts';
import { isBetweenTries } from '../host/is-between-tries.ts';
import type { Machine, UnitFacts } from '../host/machine.ts';
import { askProbe, type Condition } from './probe.ts';

const LOOK_EVERY_MS = 100;
const LOG_LINES = 20;

/**
 * Waits until every condition of the gate holds at once, or one can't hold any more, or time is up, or
 * `isOver` says so. On failure
 * the unit's last log lines since `sinceMs` (milliseconds since 1970) are kept.
 */
export async function gateReport(
  machine: Machine,
  unit: string,
  gate: Gate,
  sinceMs: number,
  isOver: () => boolean = () => false,
): Promise<GateReport> {
  const begun = performance.now();
  let watch: Watch = { run: undefined, since: begun };
  for (;;) {
    const facts = await machine.systemd.show(unit);
    const now = performance.now();
    const startingMs = startingFor(machine, facts);
    watch = watchOn(watch, facts, now);
    const steady: Condition = {
      title: titleOf(facts, gate),
      holds: watch.run !== undefined && now - watch.since >= gate.stableMs,
      detail: describe(facts, watch, now, startingMs),
    };
    const restarts: Condition = {
      title: `at most ${gate.restarts} restarts`,
      holds: facts.restarts <= gate.restarts,
      detail: `${facts.restarts} seen`,
    };
    const hopeless = !restarts.holds || facts.activeState === 'failed' || facts.activeState === 'inactive';
    const outOfTime = Math.max(now - begun, startingMs) >= gate.timeoutMs || isOver();
    // A probe is asked when its answer can count: every condition has to hold at the same time.
    if (steady.holds || hopeless || outOfTime) {
      const probes = await Promise.all(
        gate.probes.map(async (probe) => await askProbe(machine, probe, { unit, sinceMs })),
      );
      const conditions = [steady, restarts, ...probes];
      const passed = conditions.every((condition) => condition.holds);
      if (passed) return { passed, conditions, log: [] };
      if (hopeless || outOfTime) {
        const log = await machine.systemd.log(unit, sinceMs, LOG_LINES);
        return { passed, conditions, log: log.read ? [...log.lines] : [`(no log: ${log.reason})`] };
      }
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** What was seen running last while the unit was active, and since when. */
interface Watch {
  /** Its main process and when it became active; undefined: none. */
  readonly run: string | undefined;
  readonly since: number;
}

/** A unit is also steady without a main process: `Type=oneshot`, and `Type=forking` without a PID file. */
function watchOn(watch: Watch, facts: UnitFacts, now: number): Watch {
  const { activeState, subState, mainPid, activeSince } = facts;
  const steady = activeState === 'active' && (subState === 'running' || subState === 'exited');
  const run = steady ? `${mainPid} ${activeSince}` : undefined;
  return run === watch.run ? watch : { run, since: now };
}

function titleOf({ activeState, mainPid }: UnitFacts, { stableMs }: Gate): string {
  const what = activeState === 'active' && mainPid === 0 ? 'not started anew' : 'one process';
  return `active, and ${what} for ${stableMs / 1000} s`;
}

/** Milliseconds since a start began that has not come to its end: its time counts as well. 0 where there is none. */
function startingFor({ processes }: Machine, { activeState, subState, startingSince }: UnitFacts): number {
  const isStarting = activeState === 'activating' && !isBetweenTries(subState);
  if (!isStarting || startingSince === 0) return 0;
  return processes.sinceBootMs() - startingSince / 1000;
}

function describe(facts: UnitFacts, watch: Watch, now: number, startingMs: number): string {
  const state = `${facts.activeState} (${facts.subState})`;
  const seconds = `${((now - watch.since) / 1000).toFixed(1)} s`;
  if (watch.run !== undefined && facts.mainPid !== 0)
    return `${state}, process ${facts.mainPid} for ${seconds}`;
  if (watch.run !== undefined)
    return `${state}, since ${(facts.activeSince / 1e6).toFixed(1)} s after the boot, for ${seconds}`;
  if (startingMs > 0) return `${state}, for ${(startingMs / 1000).toFixed(1)} s`;
  const { code, status } = facts.lastExit;
  const exit =
    code === ''
      ? ''
      : `, last process ${code === 'exited' ? `exited with ${status}` : `${code} by signal ${status}`}`;
  return `${state}, result ${facts.result}${exit}`;
}
