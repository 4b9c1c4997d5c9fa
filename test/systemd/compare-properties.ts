import type { Host } from '../../src/host/host.ts';
import { ALL_PROPERTIES } from '../../src/service/directives/all-properties.ts';
import { EffectiveProperties } from '../../src/service/directives/effective-property.ts';
import { loadUnit } from '../../src/service/load-unit.ts';

export interface ComparedProperties {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Shown only while the service runs. */
const NOT_SHOWN = new Set(['WatchdogUSec']);

/** Holds what Cutover works out of a unit against what `systemctl show` says. */
export function compareProperties(
  host: Host,
  name: string,
  shown: ReadonlyMap<string, string>,
): ComparedProperties {
  const effective = new EffectiveProperties(host, loadUnit(host, name), () => undefined);
  const differences: string[] = [];
  let compared = 0;
  for (const property of ALL_PROPERTIES) {
    const our = effective.get(property.name);
    if (our === undefined || NOT_SHOWN.has(property.name) || isOfTheMachine(our)) continue;
    compared += 1;
    const their = shown.get(property.name);
    if ((our.value ?? '') === (their ?? '')) continue;
    const lines = our.steps.map(({ line }) => `${line.key}=${line.value.toString()}`);
    differences.push(
      `${name}: ${property.name}: systemd has ${their ?? 'nothing'}, Cutover ${our.value ?? 'nothing'}, by ${JSON.stringify(lines)}`,
    );
  }
  return { compared, differences };
}

/** What only the running machine knows: limits that systemd took over, shares of its memory and tasks. */
function isOfTheMachine({ value, rule }: { value: string | undefined; rule: string | undefined }): boolean {
  return (rule !== undefined && value === undefined) || / of the (memory|machine's tasks)$/.test(value ?? '');
}
