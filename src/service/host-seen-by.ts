import { posix } from 'node:path';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { type HostMount, MountedHost } from '../host/mounted-host.ts';
import { rememberingHost } from '../host/remembering-host.ts';
import { EffectiveProperties } from './directives/effective-property.ts';
import type { HiddenBy } from './hidden-by.ts';
import type { LoadedUnit } from './load-unit.ts';
import { inOrder, type MountEntry, mountEntries } from './mount-entries.ts';
import { isWithin } from '../text/is-within.ts';

/** The file system as the processes of a service see it. */
export interface SeenHost {
  readonly host: Host;
  readonly hiddenBy: HiddenBy;
  readonly notExamined: readonly string[];
}

/**
 * The host with what the unit lays over it: `BindPaths=`, `BindReadOnlyPaths=`, `TemporaryFileSystem=`, and what the sandbox
 * takes away: `InaccessiblePaths=`, `PrivateTmp=`, `PrivateDevices=`, `ProtectHome=` and the like, unless the command
 * has the mark `+` among its `prefixes`. Images and a root of its own are not looked into. Source: systemd.exec(5).
 */
export function hostSeenBy(host: Host, unit: LoadedUnit, prefixes = ''): SeenHost {
  const unchanged: SeenHost = { host, hiddenBy: () => undefined, notExamined: imagesOf(unit) };
  if (!unit.assignments.some(({ section, key }) => section === 'Service' && LOOKED_AT.has(key)))
    return unchanged;
  const properties = new EffectiveProperties(host, unit, () => undefined);
  const entries = mountEntries(properties, unit.assignments, prefixes.includes('+'));
  const mounts = mountsOf(host, entries);
  if (mounts.length === 0) return unchanged;
  const seen = rememberingHost(new MountedHost(host, mounts));
  const deepestFirst = mounts.toSorted((a, b) => b.at.length - a.at.length);
  return {
    ...unchanged,
    host: seen,
    hiddenBy: (path) => {
      const real = ifReadable(() => host.realPath(path));
      if (real === undefined) return undefined;
      const facts = seen.stat(path);
      if (facts !== undefined && !(facts.size === 0 && facts.mode === 0)) return undefined;
      return deepestFirst.find(({ at }) => isWithin(real, at) || isWithin(path, at))?.how;
    },
  };
}

const LOOKED_AT = new Set([
  'BindPaths',
  'BindReadOnlyPaths',
  'TemporaryFileSystem',
  'InaccessiblePaths',
  'InaccessibleDirectories',
  'PrivateTmp',
  'PrivateDevices',
  'ProtectHome',
  'ProtectSystem',
  'ProtectKernelModules',
  'ProtectKernelLogs',
  'ProtectKernelTunables',
  'DynamicUser',
]);

function imagesOf({ assignments }: LoadedUnit): string[] {
  return ['MountImages', 'ExtensionImages', 'ExtensionDirectories'].flatMap((name) => {
    const line = assignments.findLast(({ section, key }) => section === 'Service' && key === name);
    const value = line?.value.toString() ?? '';
    return value === '' ? [] : [`what ${name}=${value} lays over the file system of the service`];
  });
}

type Mount = HostMount & Pick<MountEntry, 'how'>;

/** A loop of links; systemd gives up as well, and does not start the service. */
const MOST_LINKS = 200;

/**
 * One after the other: a destination whose links lead elsewhere, in the view of the mounts so far, is put in order anew.
 * Source: apply_mounts() in src/core/namespace.c of systemd 252.
 */
function mountsOf(host: Host, entries: readonly MountEntry[]): Mount[] {
  let mounts: Mount[] = [];
  let view = host;
  let pending = entries;
  let links = 0;
  for (let entry = pending[0]; entry !== undefined; entry = pending[0]) {
    const at = oneLinkFollowed(view, entry.at);
    pending = pending.slice(1);
    links += at === entry.at ? 0 : 1;
    if (links > MOST_LINKS) break;
    if (at !== entry.at) {
      pending = inOrder([{ ...entry, at }, ...pending]);
      continue;
    }
    const made = mountOf(host, view, entry);
    if (made.length === 0) continue;
    // It may lie over what is mounted already, where a link led it there.
    const left = mounts.filter((earlier) => !isWithin(earlier.at, at));
    mounts = [...left, ...made.map((mount) => ({ ...mount, how: entry.how }))];
    view = new MountedHost(host, mounts);
  }
  return mounts;
}

/** What one entry mounts; nothing where it changes no content, or what it needs is not there. */
function mountOf(host: Host, view: Host, { at, kind, from }: MountEntry): HostMount[] {
  const there = ifReadable(() => view.stat(at))?.type;
  switch (kind) {
    case 'rights':
      return [];
    case 'bind':
    case 'recursive-bind': {
      const source = ifReadable(() => host.realPath(from ?? at));
      return source === undefined ? [] : [{ at, shows: { kind: 'tree', host, path: source } }];
    }
    case 'temporary':
      return [empty(at, 0o755)];
    case 'private-tmp':
      return [empty(at, 0o1777)];
    case 'inaccessible':
      if (there === undefined) return [];
      return [{ at, shows: { kind: 'empty', type: there === 'directory' ? 'directory' : 'file', mode: 0 } }];
    case 'private-devices':
      return [empty(at, 0o755), ...devices(host, at)];
  }
}

function empty(at: string, mode: number): HostMount {
  return { at, shows: { kind: 'empty', type: 'directory', mode } };
}

/** Source: mount_private_dev() in src/core/namespace.c of systemd 252. */
function devices(host: Host, at: string): HostMount[] {
  return DEVICES.flatMap((name) => {
    const path = `${at}/${name}`;
    return ifReadable(() => host.lstat(path)) === undefined
      ? []
      : [{ at: path, shows: { kind: 'tree', host, path } }];
  });
}

const DEVICES =
  'null zero full random urandom tty pts ptmx shm mqueue hugepages log fd stdin stdout stderr core'.split(
    ' ',
  );

/** With the first link on the way followed; as it is where there is none. Source: follow_symlink() in namespace.c. */
function oneLinkFollowed(view: Host, path: string): string {
  const names = path.split('/').slice(1);
  for (const [index, name] of names.entries()) {
    const above = `/${names.slice(0, index).join('/')}`;
    const at = posix.join(above, name);
    if (ifReadable(() => view.lstat(at))?.type === 'link')
      return posix.join(posix.resolve(above, view.readLink(at)), ...names.slice(index + 1));
  }
  return path;
}
