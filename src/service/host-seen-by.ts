import type { Host } from '../host/host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { rememberingHost } from '../host/remembering-host.ts';
import { EffectiveProperties } from './directives/effective-property.ts';
import type { LoadedUnit } from './load-unit.ts';

/**
 * The file system as the service's own processes see it: the host, with what `BindPaths=` and `BindReadOnlyPaths=` lay over
 * it. Source: systemd.exec(5). Other lines that change its view are not followed.
 */
export function hostSeenBy(host: Host, unit: LoadedUnit): Host {
  if (!unit.assignments.some(({ key }) => BINDS.includes(key))) return host;
  const properties = new EffectiveProperties(host, unit, () => undefined);
  const trees = BINDS.flatMap((name) =>
    (properties.get(name)?.value ?? '').split(' ').flatMap((bind) => treeOf(host, bind)),
  );
  if (trees.length === 0) return host;
  // What is bound deeper lies over what is bound above it.
  const sorted = trees.sort((a, b) => b.at.length - a.at.length);
  return rememberingHost(new PlannedHost(host, { entries: new Map(), trees: sorted }));
}

const BINDS = ['BindPaths', 'BindReadOnlyPaths'];

/** `source:destination:options`. Links in both are followed; a source that is not there shows nothing. */
function treeOf(host: Host, bind: string): { at: string; from: string }[] {
  const [source = '', destination = ''] = bind.replace(/^-/, '').split(':');
  const from = source.startsWith('/') ? host.realPath(source) : undefined;
  if (from === undefined || !destination.startsWith('/')) return [];
  return [{ at: host.realPath(destination) ?? destination, from }];
}
