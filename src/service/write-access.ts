import { isWithin } from '../text/is-within.ts';
import { posix } from 'node:path';
import type { FileFacts, Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { showPlace } from '../text/place.ts';
import type { EffectiveProperties } from './directives/effective-property.ts';
import { passwdEntry } from './passwd-entry.ts';
import { SYSTEMD_DIRECTORIES } from './systemd-directories.ts';
import { octalMode } from '../text/octal-mode.ts';

/** Why the processes of a service could not write at a path: the sandbox, or the owner and mode of what is there. */
export type WriteAccess = (path: string) => string | undefined;

/**
 * What the unit's sandbox and its user leave of a path, by systemd.exec(5): ProtectSystem=, ProtectHome=, ReadOnlyPaths=,
 * ReadWritePaths=, InaccessiblePaths=, PrivateTmp= and the directories that systemd makes for the service. The
 * directives that name the longest part of a path count. A service with a root of its own is not looked at, and capabilities
 * (CAP_DAC_OVERRIDE) are only known of root, who may write everywhere.
 */
export function writeAccess(host: Host, properties: EffectiveProperties): WriteAccess {
  if (['RootDirectory', 'RootImage'].some((name) => properties.get(name)?.value !== undefined))
    return () => undefined;
  const mounts = mountsOf(properties);
  const user = properties.get('User')?.value;
  const entry = user === undefined || isYes(properties, 'DynamicUser') ? undefined : passwdEntry(host, user);
  return (asked) => {
    const path = realPart(host, asked);
    // What systemd makes for a dynamic user is a link to a directory that only it may enter.
    const names = [path, withoutRunLink(posix.normalize(asked))];
    const mount = mounts
      .filter(({ below }) => names.some((name) => isWithin(name, below)))
      .toSorted((one, other) => one.below.length - other.below.length)
      .at(-1);
    if (mount !== undefined && !mount.writable) return `${mount.how} lets nobody write below ${mount.below}`;
    if (entry === undefined || entry.uid === 0 || mount?.isMade === true) return undefined;
    return refusedTo({ name: user ?? '', uid: entry.uid, gid: entry.gid }, host, path);
  };
}

interface Mount {
  readonly below: string;
  readonly writable: boolean;
  /** systemd makes it for the service, with the owner that it has. */
  readonly isMade?: true;
  /** The directive, with its place. */
  readonly how: string;
}

/** In systemd's order: of directives that name one path the later ones here count. */
function mountsOf(properties: EffectiveProperties): Mount[] {
  const all = (name: string, writable: boolean): Mount[] =>
    listOf(properties, name)
      .map((word) => word.replace(/^[-+]*/, ''))
      .filter((below) => below.startsWith('/'))
      .map((below) => ({ below: withoutRunLink(below), writable, how: shown(properties, name) }));
  const fixed = (name: string, paths: readonly string[], writable: boolean): Mount[] =>
    paths.map((below) => ({ below, writable, how: shown(properties, name) }));
  const system = properties.get('ProtectSystem')?.value ?? 'no';
  const home = properties.get('ProtectHome')?.value ?? 'no';
  return [
    ...fixed('ProtectSystem', SYSTEM[system] ?? [], false),
    ...(system === 'strict' ? fixed('ProtectSystem', ['/dev', '/proc', '/sys'], true) : []),
    ...fixed('ProtectHome', home === 'no' ? [] : ['/home', '/root', '/run/user'], false),
    ...(isYes(properties, 'PrivateTmp')
      ? fixed('PrivateTmp', ['/tmp', '/var/tmp'], true).map((mount) => ({ ...mount, isMade: true as const }))
      : []),
    ...Object.entries(SYSTEMD_DIRECTORIES).flatMap(([name, base]) =>
      listOf(properties, name).flatMap((word) =>
        // Those of a dynamic user are links to what lies in `private`.
        [base, ...(isYes(properties, 'DynamicUser') ? [`${base}/private`] : [])].map((directory) => ({
          below: `${directory}/${word.split(':')[0]}`,
          writable: name !== 'ConfigurationDirectory',
          isMade: true as const,
          how: shown(properties, name),
        })),
      ),
    ),
    ...all('ReadWritePaths', true),
    ...all('ReadOnlyPaths', false),
    ...all('InaccessiblePaths', false),
  ];
}

const SYSTEM: Readonly<Record<string, readonly string[]>> = {
  yes: ['/usr', '/boot', '/efi'],
  full: ['/usr', '/boot', '/efi', '/etc'],
  strict: ['/'],
};

function listOf(properties: EffectiveProperties, name: string): string[] {
  return (properties.get(name)?.value ?? '').split(' ').filter((word) => word !== '');
}

function isYes(properties: EffectiveProperties, name: string): boolean {
  return properties.get(name)?.value === 'yes';
}

function shown(properties: EffectiveProperties, name: string): string {
  const property = properties.get(name);
  const line = property?.steps.at(-1)?.line;
  if (line === undefined) return `${name}=${property?.value ?? ''} (${property?.rule ?? 'default'})`;
  return `${name}=${line.value.toString()} (${showPlace(line.place)})`;
}

/** /var/run is a link to /run on every machine that systemd runs. */
function withoutRunLink(path: string): string {
  return path.replace(/^\/var\/run(?=\/|$)/, '/run');
}

/** The path with the links of the part of it that is there followed. */
function realPart(host: Host, path: string): string {
  for (let at = posix.normalize(path); at !== '/'; at = posix.dirname(at)) {
    const real = ifReadable(() => host.realPath(at));
    if (real !== undefined) return withoutRunLink(posix.join(real, posix.relative(at, path)));
  }
  return withoutRunLink(path);
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What may be written by a group is taken for writable: who is in which group is not looked at. */
function refusedTo(user: User, host: Host, path: string): string | undefined {
  const facts = ifReadable(() => host.stat(path));
  if (facts === undefined) {
    const directory = posix.dirname(path);
    const parent = ifReadable(() => host.stat(directory));
    // What is made below a directory that is not there yet is not known.
    return parent?.type === 'directory' ? refusal(user, directory, parent) : undefined;
  }
  return refusal(user, path, facts);
}

function refusal(user: User, path: string, { mode, uid }: FileFacts): string | undefined {
  const may = uid === user.uid ? mode & 0o200 : mode & 0o022;
  if (may !== 0) return undefined;
  return `User=${user.name} may not write ${path}, which belongs to user ${uid} and has the mode ${octalMode(mode)}`;
}
