import type { Host } from '../host/host.ts';
import { dependencyLinks } from './relations/dependency-links.ts';
import { templateOf } from './unit-name.ts';

/**
 * The instances of templates that are known, by template, sorted: those that a link in `.wants` and the like pulls in, and of
 * `named` (unit files, directories of drop-ins, units that systemd has loaded) whichever are instances.
 */
export function knownInstances(
  host: Host,
  named: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const instances = new Map<string, Set<string>>();
  const pulledIn = dependencyLinks(host).flatMap(({ of, unit }) => [of, unit]);
  for (const name of [...named, ...pulledIn].sort()) {
    const template = templateOf(name);
    if (template !== undefined)
      instances.set(template, (instances.get(template) ?? new Set<string>()).add(name));
  }
  return instances;
}
