import type { Host } from '../../host/host.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';
import { rememberingHost } from '../../host/remembering-host.ts';
import type { Place } from '../../text/place.ts';
import { readCommands, type ServiceCommand } from '../commands.ts';
import { readEnvironment, type ServiceEnvironment } from '../environment.ts';
import { loadUnit, type LoadedUnit } from '../load-unit.ts';
import type { Service } from '../service.ts';
import { attempt } from './attempt.ts';
import { findTouch, type TouchBudget } from './find-touch.ts';
import { startersOf } from './starters-of.ts';
import { type TmpfilesLine, tmpfilesLine } from './tmpfiles-lines.ts';
import type { Touch } from './touch.ts';
import { unitsThatMention, unitsThatRun } from './units-that-mention.ts';

/** A line that runs a program which writes a file, or may. */
export type Writer =
  | {
      readonly kind: 'command';
      readonly unit: string;
      /** `ExecStartPre`. */
      readonly directive: string;
      readonly place: Place;
      /** Its words, one after another. */
      readonly text: string;
      readonly touch: Touch;
      /** Timers, path and socket units that start the unit, where that is not the service itself. */
      readonly startedBy: readonly string[];
    }
  | { readonly kind: 'tmpfiles'; readonly line: TmpfilesLine };

/** In UTF-16 units, of all scripts together. */
const BUDGET = 2 * 1024 * 1024;
const MAX_UNITS = 50;

/**
 * Who on this host writes `target` when it runs: commands of this service and of every other, the scripts that they
 * run, and tmpfiles.d. Where nothing writes it, those that name it and may. The service's own come first.
 */
export function findWriters(asked: Host, service: Service, target: string): readonly Writer[] {
  const host = rememberingHost(asked);
  return found(EVERYWHERE.of(host, none), service, target, () => search(host, service, target));
}

/** The same for the commands of this service alone, which takes no look at other units. */
export function findOwnWriters(asked: Host, service: Service, target: string): readonly Writer[] {
  const host = rememberingHost(asked);
  return found(IN_SERVICE.of(host, none), service, target, () =>
    clearest(ofUnit(host, target, { left: BUDGET }, service)),
  );
}

type Found = WeakMap<Service, Map<string, readonly Writer[]>>;

/** Searched once for a service: each of its variables asks for the same few files. */
const EVERYWHERE = new KeptPerHost<Found>();
const IN_SERVICE = new KeptPerHost<Found>();
const none = (): Found => new WeakMap();

function found(
  searched: Found,
  service: Service,
  target: string,
  look: () => readonly Writer[],
): readonly Writer[] {
  const known = searched.get(service) ?? new Map<string, readonly Writer[]>();
  searched.set(service, known);
  const writers = known.get(target) ?? look();
  known.set(target, writers);
  return writers;
}

/** The lines that run a program, by the last part of its path; the service's own first. */
export function findRuns(asked: Host, service: Service, program: string): readonly Writer[] {
  const host = rememberingHost(asked);
  const ofUnitThatRuns = (unit: Commands | undefined): Writer[] =>
    (unit?.commands ?? []).flatMap((command): Writer[] => {
      const path = command.words[0]?.toString() ?? '';
      if (path.split('/').at(-1) !== program || unit === undefined) return [];
      const touch: Touch = { kind: 'names', program: path, how: `runs ${program}`, place: undefined };
      return [asWriter(unit, command, touch)];
    });
  const own = ofUnitThatRuns(service);
  if (own.length > 0) return own;
  return unitsThatRun(host, program)
    .slice(0, MAX_UNITS)
    .flatMap((name) => withStarters(host, ofUnitThatRuns(loadOther(host, name))));
}

function search(host: Host, service: Service, target: string): readonly Writer[] {
  const budget = { left: BUDGET };
  const own = ofUnit(host, target, budget, service);
  const others = unitsThatMention(host, target)
    .filter((name) => !service.unit.names.includes(name))
    .slice(0, MAX_UNITS)
    .flatMap((name) => withStarters(host, ofUnit(host, target, budget, loadOther(host, name))));
  const line = attempt(() => tmpfilesLine(host, target));
  const all: Writer[] = [
    ...own,
    ...others,
    ...(line === undefined ? [] : [{ kind: 'tmpfiles', line } as const]),
  ];
  return clearest(all);
}

/** Where some are seen to write, those that may are left out. */
function clearest(all: readonly Writer[]): readonly Writer[] {
  const writing = all.filter((writer) => writer.kind === 'tmpfiles' || writer.touch.kind === 'writes');
  return writing.length > 0 ? writing : all;
}

type Commands = Pick<Service, 'name' | 'unit' | 'environment' | 'commands'>;

function ofUnit(host: Host, target: string, budget: TouchBudget, unit: Commands | undefined): Writer[] {
  if (unit === undefined) return [];
  const environment = new Map(
    [...unit.environment.effective].map(([name, { value }]) => [name, value.toString()]),
  );
  const context = { host, target, environment, directory: workingDirectory(unit.unit), budget };
  return unit.commands.flatMap((command): Writer[] => {
    const touch = attempt(() => findTouch(context, wordsOf(command)));
    if (touch === undefined) return [];
    return [asWriter(unit, command, touch)];
  });
}

/** systemd's own is `/`. Source: systemd.exec(5), WorkingDirectory=. */
function workingDirectory({ assignments }: LoadedUnit): string | undefined {
  const line = assignments.findLast(
    ({ section, key }) => section === 'Service' && key === 'WorkingDirectory',
  );
  const value = line?.value.toString().replace(/^-/, '') ?? '';
  if (value === '') return '/';
  return /^\/[^%]*$/.test(value) ? value : undefined;
}

function asWriter(unit: Commands, command: ServiceCommand, touch: Touch): Writer {
  const { directive, place } = command;
  const text = wordsOf(command).join(' ');
  return { kind: 'command', unit: unit.name, directive, place, text, touch, startedBy: [] };
}

/** Of units other than the service itself, which runs anyway. */
function withStarters(host: Host, writers: readonly Writer[]): Writer[] {
  return writers.map((writer) =>
    writer.kind === 'command' ? { ...writer, startedBy: startersOf(host, writer.unit) } : writer,
  );
}

function wordsOf(command: ServiceCommand): string[] {
  return command.words.map((word) => word.toString());
}

function loadOther(host: Host, name: string): Commands | undefined {
  return attempt(() => {
    const unit: LoadedUnit = loadUnit(host, name);
    const environment: ServiceEnvironment = readEnvironment(host, unit);
    return { name: unit.name, unit, environment, commands: readCommands(host, unit, environment) };
  });
}
