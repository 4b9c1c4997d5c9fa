import type { Host } from '../../src/host/host.ts';
import { ALL_PROPERTIES } from '../../src/service/directives/all-properties.ts';
import { EffectiveProperties } from '../../src/service/directives/effective-property.ts';
import type { LoadedUnit } from '../../src/service/load-unit.ts';
import { managerSettings } from '../../src/service/manager-settings.ts';

export interface ComparedProperties {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Shown only while the service runs. */
const NOT_SHOWN = new Set(['WatchdogUSec']);

/** Holds what Cutover works out of a unit against what `systemctl show` says. */
export function compareProperties(
  host: Host,
  unit: LoadedUnit,
  shown: ReadonlyMap<string, string>,
): ComparedProperties {
  const manager = managerSettings(host);
  const effective = new EffectiveProperties(host, unit, (setting) =>
    manager.findLast(({ key }) => key === setting)?.value.toString(),
  );
  const differences: string[] = [];
  let compared = 0;
  for (const property of ALL_PROPERTIES) {
    const our = effective.get(property.name);
    if (our === undefined || NOT_SHOWN.has(property.name) || isOfTheMachine(property.name, our.value))
      continue;
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

/** What only the running machine knows: limits that systemd took over, shares of its memory and tasks. */
function isOfTheMachine(name: string, value: string | undefined): boolean {
  return (
    (value === undefined && /^(Limit[A-Z]|TasksMax$)/.test(name)) ||
    / of the (memory|machine's tasks)$/.test(value ?? '')
  );
}
