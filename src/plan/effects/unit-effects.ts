import type { UnitEffect } from '../../documents/plan.ts';
import type { UnitsNow } from '../../host/units-now.ts';
import type {
  DependencyKind,
  UnitDependencies,
  UnitDependency,
} from '../../service/relations/unit-dependencies.ts';
import { isUnneeded } from './is-unneeded.ts';

/** Between two of its deeds Cutover has work to do with the service down, or the restart is one job of systemd. */
export type Way = 'restart' | 'stop-and-start';

export interface Asked {
  readonly dependencies: UnitDependencies;
  readonly service: string;
  readonly way: Way;
  /** Undefined on a root: every unit with a file is taken to run, and none is started. */
  readonly now: Pick<UnitsNow, 'runs' | 'wasSkipped'> | undefined;
  /** A restart goes on to units with `StopPropagatedFrom=` too. */
  readonly restartStops: boolean;
}

/**
 * The units that are stopped, started or restarted with a service, in the order in which they are reached. Source: the transactions of
 * systemd 252, transaction_add_job_and_dependencies() in src/core/transaction.c and the table in src/core/unit-dependency-atom.c. A job
 * that would change nothing is dropped, and with it what it alone would have brought about: nothing goes on through a unit that
 * does not run (a stop), or runs (a start).
 */
export function unitEffects(asked: Asked): UnitEffect[] {
  const { dependencies, service, way, now } = asked;
  const runs = (unit: string): boolean => (now === undefined ? dependencies.units.has(unit) : now.runs(unit));
  const down = way === 'restart' ? restarted(asked, runs) : stopped(asked, runs);
  const isDown = (unit: string): boolean => unit === service || down.has(unit);
  const up = new Map<string, UnitEffect>();
  const roots = way === 'restart' ? [service, ...down.keys()] : [service, ...startedByEngine(down)];
  const wants = (unit: string): boolean => !up.has(unit) && !roots.includes(unit);
  const start = (from: readonly string[]): void => {
    for (const pending = [...from]; pending.length > 0; ) {
      const unit = pending.shift() ?? '';
      for (const dependency of dependencies.of(unit)) {
        const { to } = dependency;
        if (!PULLS_IN.has(dependency.kind) || !dependencies.units.has(to) || !wants(to)) continue;
        if (!isDown(to) && (now === undefined || runs(to) || now.wasSkipped(to))) continue;
        up.set(to, effectOf(dependency, to, unit, 'starts'));
        pending.push(to);
      }
    }
  };
  start(roots);
  for (const unit of [service, ...down.keys()]) {
    for (const dependency of dependencies.of(unit)) {
      const { kind, to } = dependency;
      if (kind !== 'OnSuccess' || now === undefined || runs(to) || !wants(to)) continue;
      if (!dependencies.units.has(to) || now.wasSkipped(to)) continue;
      up.set(to, effectOf(dependency, to, unit, 'starts'));
      start([to]);
    }
  }
  const again = new Set([...roots, ...up.keys()]);
  return [
    ...[...down.values()].map((effect) =>
      again.has(effect.unit) ? effect : { ...effect, does: 'stops' as const },
    ),
    ...[...up.values()].filter(({ unit }) => !isDown(unit)),
    ...ended(
      asked,
      runs,
      [...up.keys()].filter((unit) => !isDown(unit)),
    ),
  ];
}

/** Source: UNIT_ATOM_PROPAGATE_RESTART, _PROPAGATE_STOP and _PULL_IN_START of the table. */
const RESTARTED_WITH: ReadonlySet<DependencyKind> = new Set(['Requires', 'Requisite', 'BindsTo', 'PartOf']);
const STOPPED_WITH: ReadonlySet<DependencyKind> = new Set([...RESTARTED_WITH, 'StopPropagatedFrom']);
const PULLS_IN: ReadonlySet<DependencyKind> = new Set(['Requires', 'BindsTo', 'Wants', 'Upholds']);

type Runs = (unit: string) => boolean;

function restarted({ dependencies, service, restartStops }: Asked, runs: Runs): Map<string, UnitEffect> {
  const kinds = restartStops ? STOPPED_WITH : RESTARTED_WITH;
  return reached([service], (unit) =>
    dependencies
      .on(unit)
      .filter(({ kind, from }) => kinds.has(kind) && runs(from))
      .map((dependency) => effectOf(dependency, dependency.from, unit, 'restarts')),
  );
}

/** With the sockets and paths that could start one of them meanwhile, which the engine stops, and what nobody needs then. */
function stopped({ dependencies, service }: Asked, runs: Runs): Map<string, UnitEffect> {
  const stops = (unit: string, ofAll: boolean): UnitEffect[] =>
    dependencies
      .on(unit)
      .filter(({ kind, from }) => STOPPED_WITH.has(kind) && (ofAll || runs(from)))
      .map((dependency) => effectOf(dependency, dependency.from, unit, 'restarts'));
  const whole = [service, ...reached([service], (unit) => stops(unit, true)).keys()];
  const triggers = whole.flatMap((unit) =>
    dependencies
      .on(unit)
      .filter(({ kind, from }) => kind === 'Triggers' && runs(from))
      .map((dependency) => effectOf(dependency, dependency.from, unit, 'restarts')),
  );
  const first = new Map(triggers.map((effect) => [effect.unit, effect]));
  const all = new Map([...first, ...reached([service, ...first.keys()], (unit) => stops(unit, false))]);
  all.delete(service);
  const isDown = (unit: string): boolean => unit === service || all.has(unit);
  for (let before = -1; before < all.size; ) {
    before = all.size;
    for (const unit of [service, ...all.keys()]) {
      for (const dependency of dependencies.of(unit)) {
        const { to } = dependency;
        if (
          isDown(to) ||
          !runs(to) ||
          !isUnneeded(dependencies, to, (other) => runs(other) && !isDown(other))
        )
          continue;
        all.set(to, { ...effectOf(dependency, to, unit, 'restarts'), relation: 'StopWhenUnneeded' });
      }
    }
  }
  return all;
}

/** What the engine starts after the service: what it stopped or foresaw to be stopped, not what systemd found to be needless. */
function startedByEngine(down: ReadonlyMap<string, UnitEffect>): string[] {
  return [...down.values()].filter(({ relation }) => relation !== 'StopWhenUnneeded').map(({ unit }) => unit);
}

/** What is stopped because something is started that it conflicts with. */
function ended({ dependencies, service, now }: Asked, runs: Runs, started: readonly string[]): UnitEffect[] {
  if (now === undefined) return [];
  return [
    ...reached(started, (unit) => {
      const conflicts = started.includes(unit)
        ? [
            ...dependencies
              .of(unit)
              .filter(({ kind }) => kind === 'Conflicts')
              .map((one) => [one, one.to] as const),
            ...dependencies
              .on(unit)
              .filter(({ kind }) => kind === 'Conflicts')
              .map((one) => [one, one.from] as const),
          ]
        : [];
      const stops = started.includes(unit)
        ? []
        : dependencies
            .on(unit)
            .filter(({ kind }) => STOPPED_WITH.has(kind))
            .map((one) => [one, one.from] as const);
      return [...conflicts, ...stops]
        .filter(([, other]) => other !== service && runs(other))
        .map(([dependency, other]) => effectOf(dependency, other, unit, 'stops'));
    }).values(),
  ];
}

function reached(
  from: readonly string[],
  next: (unit: string) => readonly UnitEffect[],
): Map<string, UnitEffect> {
  const found = new Map<string, UnitEffect>();
  for (const pending = [...from]; pending.length > 0; ) {
    for (const effect of next(pending.shift() ?? '')) {
      if (found.has(effect.unit) || from.includes(effect.unit) || !CAN_BE_STARTED.test(effect.unit)) continue;
      found.set(effect.unit, effect);
      pending.push(effect.unit);
    }
  }
  return found;
}

/** systemd starts no scope and no device. Source: the vtables in src/core/scope.c and device.c of systemd 252. */
const CAN_BE_STARTED = /\.(?!scope$|device$)[a-z]+$/;

function effectOf(
  { written, evidence }: UnitDependency,
  unit: string,
  by: string,
  does: UnitEffect['does'],
): UnitEffect {
  return { unit, does, by, relation: written, evidence };
}
