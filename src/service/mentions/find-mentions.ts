import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import { type Searched, type TextFile, textFilesBelow } from '../text-files-below.ts';
import { addressFinder } from './address-mentions.ts';
import { commandsThatName, isInComment } from './command-mentions.ts';
import { pathFinder } from './path-mentions.ts';
import { isLeftover, runsCommands, searchedPlaces } from './searched-places.ts';

/** What of a service is looked for in the files of its host. */
export interface Wanted {
  /** All its names: `ssh.service`, `sshd.service`. */
  readonly units: readonly string[];
  /** The names of its processes. */
  readonly processes: readonly string[];
  readonly files: readonly string[];
  /** Those that are its own with all that lies in them. */
  readonly directories: readonly string[];
  /** Ports, as `addressFinder` has them. */
  readonly ports: readonly string[];
}

/** A line elsewhere that names something of a service. */
export interface Mention {
  readonly kind: 'unit' | 'process' | 'path' | 'port';
  /** Of what was looked for: a unit's name, a process, a path, a port. */
  readonly target: string;
  /** The command that names it: `systemctl reload nginx`; undefined where none does. */
  readonly command: string | undefined;
  readonly place: Place;
}

/** What came of it. */
export interface Mentions extends Searched {
  readonly mentions: readonly Mention[];
  /** Of the scripts that files run no more than so many were read; undefined where all were. */
  readonly scriptsCutAt: number | undefined;
}

/**
 * Where the files of a host that name services, and the scripts that they run, name what is `wanted`. `own`: files that are not looked into;
 * `more`: files besides that are.
 */
export function findMentions(
  host: Host,
  wanted: Wanted,
  own: ReadonlySet<string>,
  more: readonly string[],
): Mentions {
  const find = finder(host, wanted);
  const mentions: Mention[] = [];
  const seen = new Set<string>();
  const named = new Set<string>();
  const look = (file: TextFile): void => {
    if (seen.has(file.path) || isLeftover(file.path)) return;
    seen.add(file.path);
    for (const [, path = ''] of file.text.matchAll(/^EnvironmentFile=-?(\/[^\s%*?[]+)/gm)) named.add(path);
    if (runsCommands(file)) for (const path of scriptsIn(file.text)) named.add(path);
    if (!own.has(file.path)) mentions.push(...find(file));
  };
  const isHook = (path: string): boolean => runsCommands({ path, text: '' });
  const first = textFilesBelow(host, [...searchedPlaces(host), ...more], look, isHook);
  const { scripts, isCut } = textsOf(
    host,
    [...named].filter((path) => !seen.has(path)),
  );
  const second = textFilesBelow(host, scripts, look, () => true);
  return {
    mentions,
    files: first.files + second.files,
    isCut: first.isCut || second.isCut,
    scriptsCutAt: isCut ? scripts.length : undefined,
    tooLarge: first.tooLarge,
  };
}

const MOST_SCRIPTS = 1000;
const MOST_NAMES = 50_000;

/** Those of the paths that are text files: most of what looks like a program in a text is none. */
function textsOf(host: Host, paths: readonly string[]): { scripts: string[]; isCut: boolean } {
  const scripts: string[] = [];
  for (const path of paths.slice(0, MOST_NAMES)) {
    if (!isText(host, path)) continue;
    if (scripts.length === MOST_SCRIPTS) return { scripts, isCut: true };
    scripts.push(path);
  }
  return { scripts, isCut: paths.length > MOST_NAMES };
}

/** Programs that a line may run. */
function scriptsIn(text: string): string[] {
  return [
    ...text.matchAll(/(?<![\w.~*?$}/])\/(?:usr|opt|srv|root|home|var|bin|sbin|lib|etc)\/[\w.+@%/-]{1,300}/g),
  ].map(([path]) => path);
}

/** Not a program of the machine's own language: no more than its first bytes are read. */
function isText(host: Host, path: string): boolean {
  return (
    ifReadable(() => {
      if (host.stat(path)?.type !== 'file') return false;
      const file = host.open(path);
      try {
        return !file.read(0, 64).includes(0);
      } finally {
        file.close();
      }
    }) === true
  );
}

function finder(host: Host, wanted: Wanted): (file: TextFile) => Mention[] {
  const units = new Map(
    wanted.units.flatMap((unit) => [
      [unit, unit],
      [unit.replace(/\.service$/, ''), unit],
    ]),
  );
  const processes = new Set(wanted.processes);
  const pathsIn = pathFinder(wanted.files, wanted.directories);
  const portsIn = addressFinder(host, wanted.ports);
  const names = new Set(units.keys());
  const escaped = wanted.units.map((unit) => unit.replaceAll(/[^\w]/g, '\\$&')).join('|');
  const whole = new RegExp(`(?<![\\w.@-])(?:${escaped})(?![\\w.@-]*\\w)`, 'g');
  return ({ path, text }) => {
    const placeAt = placesIn(path, text);
    const told = new Set<number>();
    const all: Mention[] = [];
    const add = (kind: Mention['kind'], target: string, offset: number, command?: string): void => {
      told.add(offset);
      all.push({ kind, target, command, place: placeAt(offset) });
    };
    for (const { text: command, name, offset } of commandsThatName(text, names, processes)) {
      // How it is used, in its own text.
      if (command.startsWith(path)) continue;
      const unit = units.get(name);
      const isProcess = processes.has(name) && /^(?:p|k)/.test(command);
      if (isProcess) add('process', name, offset, command);
      else if (unit !== undefined) add('unit', unit, offset, command);
    }
    for (const { address, offset } of portsIn(text)) add('port', address, offset);
    for (const { path: target, offset } of pathsIn(text)) add('path', target, offset);
    if (wanted.units.some((unit) => text.includes(unit))) {
      for (const { 0: unit, index } of text.matchAll(whole))
        if (!told.has(index) && !isInComment(text, index)) add('unit', unit, index);
    }
    return all;
  };
}
