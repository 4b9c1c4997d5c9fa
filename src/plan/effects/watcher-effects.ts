import { dirname } from 'node:path/posix';
import type { UnitEffect } from '../../documents/plan.ts';
import type { UnitsNow } from '../../host/units-now.ts';
import type { UnitDependencies } from '../../service/relations/unit-dependencies.ts';

/** What path units start because a file is written that they watch, or one in a directory that they watch. Source: systemd.path(5), PathChanged= and PathModified=. */
export function watcherEffects(
  dependencies: UnitDependencies,
  now: Pick<UnitsNow, 'runs'>,
  written: readonly string[],
): UnitEffect[] {
  const touched = new Set(written.flatMap((path) => [path, dirname(path)]));
  return [...dependencies.units.values()].flatMap(({ name, assignments }) => {
    if (!name.endsWith('.path') || !now.runs(name)) return [];
    const line = assignments.find(
      ({ key, value }) => WATCHES.has(key) && touched.has(value.toString().replace(/(?<=.)\/+$/, '')),
    );
    const triggers = dependencies.of(name).find(({ kind }) => kind === 'Triggers');
    if (line === undefined || triggers === undefined) return [];
    const { to } = triggers;
    if (now.runs(to) || !dependencies.units.has(to)) return [];
    return [{ unit: to, does: 'starts' as const, by: name, relation: line.key, evidence: line.place }];
  });
}

const WATCHES = new Set(['PathChanged', 'PathModified']);
