import { basename } from 'node:path/posix';
import type { Place } from '../text/place.ts';
import { DROP_IN_NAME, dropInPath } from './drop-in-path.ts';
import type { Service } from './service.ts';

/** What an `UnsetEnvironment=` line takes away: `NAME`, or `NAME=VALUE` for that value alone. */
export interface UnsetEntry {
  readonly entry: string;
  readonly place: Place;
  /** Cutover's own drop-in makes the line void. */
  readonly isLifted: boolean;
}

/** The `UnsetEnvironment=` entries that others than Cutover's own drop-in bring into force. */
export function unsetEntries({ name, unit, environment }: Service): UnsetEntry[] {
  const own = dropInPath(name);
  const lines = unit.assignments.filter(
    ({ section, key, place }) => section === 'Service' && key === 'UnsetEnvironment' && place.file !== own,
  );
  const inForce = lines.slice(lines.findLastIndex(({ value }) => value.length === 0) + 1);
  return environment.layers.flatMap((layer) =>
    layer.kind === 'unset' && inForce.includes(layer.directive)
      ? layer.entries.map((entry) => ({
          entry,
          place: layer.directive.place,
          isLifted: layer.resetBy !== undefined,
        }))
      : [],
  );
}

/** Whether a file of the unit is a drop-in that systemd reads after Cutover's own. */
export function isReadLater({ unit }: Service, file: string): boolean {
  return unit.dropIns.some(({ path }) => path === file) && basename(file) > DROP_IN_NAME;
}
