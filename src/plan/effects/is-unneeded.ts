import { parseBoolean } from '../../service/directives/kinds/boolean.ts';
import type { DependencyKind, UnitDependencies } from '../../service/relations/unit-dependencies.ts';

/** Whether systemd stops a running unit for `StopWhenUnneeded=`. Source: unit_is_unneeded() in src/core/unit.c and UNIT_ATOM_PINS_STOP_WHEN_UNNEEDED of systemd 252. */
export function isUnneeded(
  dependencies: UnitDependencies,
  unit: string,
  isUp: (other: string) => boolean,
): boolean {
  const line = dependencies.unit(unit)?.assignments.findLast(({ key }) => key === 'StopWhenUnneeded');
  if (line === undefined || parseBoolean(line.value.toString()) !== true) return false;
  return !dependencies.on(unit).some(({ kind, from }) => PINS.has(kind) && isUp(from));
}

const PINS: ReadonlySet<DependencyKind> = new Set(['Requires', 'Requisite', 'Wants', 'BindsTo', 'Upholds']);
