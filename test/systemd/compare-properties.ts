import type { Host } from '../../src/host/host.ts';
import { ALL_PROPERTIES } from '../../src/service/directives/all-properties.ts';
import { EffectiveProperties } from '../../src/service/directives/effective-property.ts';
import type { LoadedUnit } from '../../src/service/load-unit.ts';
import { managerSettings } from '../../src/service/system-conf.ts';

export interface ComparedProperties {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Shown only while the service runs. */
const NOT_SHOWN = new Set(['WatchdogUSec']);

/** Limits that systemd took over, and shares of the memory and the tasks: what no file tells. */
const OF_THE_MACHINE = /^(Limit[A-Z]|TasksMax$|(Default)?Memory(Min|Low|High|Max|Limit|SwapMax)$)/;

/** Holds what Cutover works out of a unit against what `systemctl show` says. */
export function compareProperties(
  host: Host,
  unit: LoadedUnit,
  shown: ReadonlyMap<string, string>,
): ComparedProperties {
  const effective = propertiesOn(host, unit);
  const differences: string[] = [];
  let compared = 0;
  for (const property of ALL_PROPERTIES) {
    const our = effective.get(property.name);
    if (our === undefined || NOT_SHOWN.has(property.name)) continue;
    if (our.unknown !== undefined && OF_THE_MACHINE.test(property.name)) continue;
    compared += 1;
    const their = shown.get(property.name);
    if ((our.value ?? '') === (their ?? '')) continue;
    const lines = our.steps.map(({ line }) => `${line.key}=${line.value.toString()}`);
    differences.push(
      `${unit.name}: ${property.name}: systemd has ${their ?? 'nothing'}, Cutover ${our.value ?? 'nothing'}, by ${JSON.stringify(lines)}`,
    );
  }
  return { compared, differences };
}

/** What Cutover works out of a unit, with the settings of the manager there. */
export function propertiesOn(host: Host, unit: LoadedUnit): EffectiveProperties {
  const manager = managerSettings(host);
  return new EffectiveProperties(host, unit, (setting) =>
    manager.findLast(({ key }) => key === setting)?.value.toString(),
  );
}
