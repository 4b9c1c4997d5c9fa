import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { unitNames } from './load-unit.ts';
import { UNIT_SEARCH_PATH } from './unit-search-path.ts';

export interface HostServices {
  /** Names of services, aliases and instances among them, sorted. */
  readonly names: readonly string[];
  /** Templates without an instance among `names`. */
  readonly templates: readonly string[];
}

/**
 * The services of a host by its unit files. An instance of a template is counted where something on disk names it: a
 * link in a `.wants` or `.requires` directory, a link beside the template, or a drop-in directory of its own.
 */
export function hostServices(host: Host): HostServices {
  const files = unitNames(host);
  const templates = files.filter((name) => name.includes('@.'));
  const instances = namedInstances(host).filter((name) => templates.includes(templateOf(name)));
  const names = [...new Set([...files.filter((name) => !name.includes('@.')), ...instances])].sort();
  const used = new Set(names.map(templateOf));
  return { names, templates: templates.filter((template) => !used.has(template)) };
}

function namedInstances(host: Host): string[] {
  return UNIT_SEARCH_PATH.flatMap((directory) =>
    listed(host, directory).flatMap((entry) => {
      if (/\.(?:wants|requires|upholds)$/.test(entry)) return listed(host, `${directory}/${entry}`);
      return entry.endsWith('.service.d') ? [entry.slice(0, -'.d'.length)] : [];
    }),
  ).filter((name) => /@[^@.][^@]*\.service$/.test(name));
}

function templateOf(name: string): string {
  return name.replace(/@.*(?=\.service$)/, '@');
}

/** A directory that can't be read names nothing; whoever loads a unit of it is told. */
function listed(host: Host, directory: string): readonly string[] {
  return ifReadable(() => host.list(directory)) ?? [];
}
