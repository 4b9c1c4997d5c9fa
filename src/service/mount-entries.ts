import type { Assignment } from '../formats/unit/parse-unit.ts';
import { showPlace } from '../text/place.ts';
import type { EffectiveProperties } from './directives/effective-property.ts';
import { wordsOf } from './directives/kinds/words.ts';

/** What systemd mounts at one path for the processes of a service, by one directive of its unit. */
export interface MountEntry {
  readonly at: string;
  readonly kind: MountKind;
  /** Where what is bound comes from, as seen on the host. */
  readonly from?: string;
  /** A source or a destination that is not there is left out. */
  readonly isOptional: boolean;
  /** `PrivateTmp=yes (/etc/systemd/system/lamp.service:7:1)` */
  readonly how: string;
}

/**
 * In the order of their priority: of two at one path the first counts, also where it only changes what may be done there.
 * Source: MountMode in src/core/namespace.c of systemd 252.
 */
const MOUNT_KINDS = [
  'inaccessible',
  'bind',
  'recursive-bind',
  'private-tmp',
  'private-devices',
  'rights',
  'temporary',
] as const;
export type MountKind = (typeof MOUNT_KINDS)[number];

/**
 * The mounts of a unit that change what its processes see, in the order in which systemd makes them: directories before
 * what is below them, nothing below one that is inaccessible. `isPrivileged`: a command with the mark `+`, to which the
 * sandbox does not apply. Source: systemd.exec(5); setup_namespace() in src/core/namespace.c of systemd 252.
 */
export function mountEntries(
  properties: EffectiveProperties,
  lines: readonly Assignment[],
  isPrivileged: boolean,
): MountEntry[] {
  const all = [...laidOver(properties, lines), ...(isPrivileged ? [] : taken(properties))];
  return inOrder(all);
}

/** Sorted by path, one for each path. What follows a link of a destination asks for the order anew. */
export function inOrder(entries: readonly MountEntry[]): MountEntry[] {
  const sorted = entries.toSorted(
    (a, b) => byPath(a.at, b.at) || MOUNT_KINDS.indexOf(a.kind) - MOUNT_KINDS.indexOf(b.kind),
  );
  const kept: MountEntry[] = [];
  let cleared: string | undefined;
  for (const entry of sorted) {
    if (entry.at === kept.at(-1)?.at) continue;
    if (cleared !== undefined && entry.at.startsWith(`${cleared}/`)) continue;
    cleared = entry.kind === 'inaccessible' ? entry.at : undefined;
    kept.push(entry);
  }
  return kept;
}

function laidOver(properties: EffectiveProperties, lines: readonly Assignment[]): MountEntry[] {
  const binds = ['BindPaths', 'BindReadOnlyPaths'].flatMap((name) =>
    listOf(properties, name).map((word) => {
      const isOptional = word.startsWith('-');
      const [from = '', at = '', options] = word.slice(isOptional ? 1 : 0).split(':');
      const kind: MountKind = options === 'rbind' ? 'recursive-bind' : 'bind';
      const line = lineWith(properties, name, from);
      const entry: MountEntry = { at, from, kind, isOptional, how: shown(properties, name, line) };
      return { entry, order: line === undefined ? -1 : lines.indexOf(line) };
    }),
  );
  // Both make one list, in the order of their lines.
  const inLineOrder = binds.toSorted((a, b) => a.order - b.order);
  const temporary = listOf(properties, 'TemporaryFileSystem').map((word): MountEntry => {
    const at = word.split(':')[0] ?? '';
    const how = shown(properties, 'TemporaryFileSystem', lineWith(properties, 'TemporaryFileSystem', at));
    return { at, kind: 'temporary', isOptional: false, how };
  });
  return [...inLineOrder.map(({ entry }) => entry), ...temporary];
}

function taken(properties: EffectiveProperties): MountEntry[] {
  const paths = (name: string, kind: MountKind): MountEntry[] =>
    listOf(properties, name)
      // Below a root of its own, which is not looked into.
      .filter((word) => !word.includes('+'))
      .map((word) => {
        const at = word.replace(/^-/, '');
        const how = shown(properties, name, lineWith(properties, name, at));
        return { at, kind, isOptional: word.startsWith('-'), how };
      });
  const fixed = (name: string, kind: MountKind, paths: readonly string[]): MountEntry[] =>
    paths.map((at) => {
      const how = shown(properties, name, lineWith(properties, name, ''));
      return { at, kind, isOptional: true, how };
    });
  return [
    ...paths('InaccessiblePaths', 'inaccessible'),
    ...RIGHTS.flatMap((name) => paths(name, 'rights')),
    ...FIXED.flatMap(([name, value, kind, paths]) =>
      properties.get(name)?.value === value ? fixed(name, kind, paths) : [],
    ),
  ];
}

const RIGHTS = ['ReadWritePaths', 'ReadOnlyPaths', 'ExecPaths', 'NoExecPaths'];
const HOMES = ['/home', '/run/user', '/root'];

const FIXED: readonly (readonly [
  property: string,
  value: string,
  kind: MountKind,
  paths: readonly string[],
])[] = [
  ['ProtectHome', 'yes', 'inaccessible', HOMES],
  ['ProtectHome', 'tmpfs', 'temporary', HOMES],
  ['ProtectHome', 'read-only', 'rights', HOMES],
  ['ProtectSystem', 'yes', 'rights', ['/usr', '/boot', '/efi']],
  ['ProtectSystem', 'full', 'rights', ['/usr', '/boot', '/efi', '/etc']],
  ['ProtectSystem', 'strict', 'rights', ['/']],
  ['PrivateTmp', 'yes', 'private-tmp', ['/tmp', '/var/tmp']],
  ['PrivateDevices', 'yes', 'private-devices', ['/dev']],
  ['ProtectKernelModules', 'yes', 'inaccessible', ['/lib/modules', '/usr/lib/modules']],
  ['ProtectKernelLogs', 'yes', 'inaccessible', ['/proc/kmsg', '/dev/kmsg']],
  ['ProtectKernelTunables', 'yes', 'inaccessible', ['/proc/kallsyms', '/proc/kcore']],
];

function listOf(properties: EffectiveProperties, name: string): string[] {
  return wordsOf(properties.get(name)?.value ?? '');
}

/** The last line of a directive that has `part` in it, or the last one. */
function lineWith(properties: EffectiveProperties, name: string, part: string): Assignment | undefined {
  const lines = properties.get(name)?.steps.map(({ line }) => line) ?? [];
  return lines.findLast(({ value }) => value.toString().includes(part)) ?? lines.at(-1);
}

/** The directive with its line. */
function shown(properties: EffectiveProperties, name: string, line: Assignment | undefined): string {
  const property = properties.get(name);
  if (line === undefined) return `${name}=${property?.value ?? ''} (${property?.rule ?? 'default'})`;
  return `${name}=${line.value.toString()} (${showPlace(line.place)})`;
}

/** By their components: `/a/b` is before `/a-b`. */
function byPath(one: string, other: string): number {
  const [left, right] = [one.split('/'), other.split('/')];
  for (const [index, name] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    if (name !== against) return name < against ? -1 : 1;
  }
  return left.length - right.length;
}
