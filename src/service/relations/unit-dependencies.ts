import { parseBoolean } from '../directives/kinds/boolean.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Evidence } from '../../documents/place.ts';
import { readWords } from '../../formats/command-line/read-words.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { type Host, HostError } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { dropInLevels, type LoadedUnit, loadUnit } from '../load-unit.ts';
import { expandSpecifiers } from '../specifiers.ts';
import { unitFilesOf } from '../unit-files.ts';
import { instanceLike, parseUnitName } from '../unit-name.ts';
import { UNIT_SEARCH_PATH } from '../unit-search-path.ts';
import { dependencyLinks } from './dependency-links.ts';

/** `from` is the unit that the dependency belongs to: it requires, is part of, triggers … `to`. Both by systemd's `Id`. */
export interface UnitDependency {
  readonly from: string;
  readonly kind: DependencyKind;
  readonly to: string;
  /** The directive as it is written, on whichever of the two units: `PropagatesStopTo` of `to` makes a `StopPropagatedFrom`. */
  readonly written: string;
  readonly evidence: Evidence;
}

export type DependencyKind =
  | 'Requires'
  | 'Requisite'
  | 'BindsTo'
  | 'PartOf'
  | 'StopPropagatedFrom'
  | 'Wants'
  | 'Upholds'
  | 'Conflicts'
  | 'OnSuccess'
  | 'Triggers';

export interface UnitDependencies {
  of(unit: string): readonly UnitDependency[];
  on(unit: string): readonly UnitDependency[];
  /** Undefined for a unit that has no file, is masked or could not be loaded. */
  unit(name: string): LoadedUnit | undefined;
  /** By `Id`: aliases are not among them. */
  readonly units: ReadonlyMap<string, LoadedUnit>;
  readonly notExamined: readonly string[];
}

/**
 * What the units of a host have to do with one another, by their files, drop-ins and links. Instances of templates are
 * those that something on disk names, and `loaded`, the names that systemd has now. What systemd adds by itself (slices,
 * sysinit.target, mounts) is left out: it is there as long as the machine runs.
 */
export function unitDependencies(host: Host, loaded: readonly string[] = []): UnitDependencies {
  const units = new Map<string, LoadedUnit>();
  const ids = new Map<string, string>();
  const found: UnitDependency[] = [];
  const notExamined: string[] = [];
  const links = dependencyLinks(host);
  const pending = [
    ...new Set([...unitsOnDisk(host), ...links.flatMap(({ of, unit }) => [of, unit]), ...loaded]),
  ];
  const seen = new Set(pending);
  const follow = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    pending.push(name);
  };
  for (const name of pending) {
    if (isTemplate(name) || ids.has(name)) continue;
    const unit = loadedUnit(host, name, notExamined);
    if (unit === undefined) continue;
    for (const alias of unit.names) ids.set(alias, unit.name);
    if (units.has(unit.name)) continue;
    units.set(unit.name, unit);
    for (const dependency of dependenciesOf(host, unit)) {
      found.push(dependency);
      follow(dependency.from);
      follow(dependency.to);
    }
  }
  const owners = ownersOfDirectories(units);
  for (const { of, directive, unit, path } of links) {
    const evidence = { how: `by the link ${path}` };
    for (const from of owners.get(of) ?? [of]) {
      const to = instanceOf(unit, from);
      if (!ids.has(to)) continue;
      found.push({ from, kind: directive, to, written: directive, evidence });
    }
  }
  return indexed(found, units, ids, notExamined);
}

function indexed(
  found: readonly UnitDependency[],
  units: ReadonlyMap<string, LoadedUnit>,
  ids: ReadonlyMap<string, string>,
  notExamined: readonly string[],
): UnitDependencies {
  const of = new Map<string, UnitDependency[]>();
  const on = new Map<string, UnitDependency[]>();
  for (const dependency of found) {
    const [from, to] = [dependency.from, dependency.to].map((name) => ids.get(name) ?? name);
    if (from === undefined || to === undefined || from === to) continue;
    const one = { ...dependency, from, to };
    of.set(from, [...(of.get(from) ?? []), one]);
    on.set(to, [...(on.get(to) ?? []), one]);
  }
  return {
    of: (unit) => of.get(unit) ?? [],
    on: (unit) => on.get(unit) ?? [],
    unit: (name) => units.get(ids.get(name) ?? name),
    units,
    notExamined: [...new Set(notExamined)],
  };
}

/** Directives of [Unit] by what they make. Source: systemd.unit(5); `BindTo=` is an old name in load-fragment-gperf.gperf.in of systemd 252. */
const KINDS: Readonly<Record<string, DependencyKind>> = {
  Requires: 'Requires',
  Requisite: 'Requisite',
  BindsTo: 'BindsTo',
  BindTo: 'BindsTo',
  PartOf: 'PartOf',
  StopPropagatedFrom: 'StopPropagatedFrom',
  Wants: 'Wants',
  Upholds: 'Upholds',
  Conflicts: 'Conflicts',
  OnSuccess: 'OnSuccess',
};

function dependenciesOf(host: Host, unit: LoadedUnit): UnitDependency[] {
  const { name } = unit;
  const made = unit.assignments.flatMap((assignment): UnitDependency[] => {
    const { section, key: written, place: evidence } = assignment;
    const kind = section === 'Unit' ? KINDS[written] : undefined;
    if (kind !== undefined)
      return wordsOf(host, name, assignment).map((to) => ({ from: name, kind, to, written, evidence }));
    if (section === 'Unit' && written === 'PropagatesStopTo')
      return wordsOf(host, name, assignment).map((from) => ({
        from,
        kind: 'StopPropagatedFrom',
        to: name,
        written,
        evidence,
      }));
    // Source: systemd.service(5), Sockets=.
    if (section === 'Service' && written === 'Sockets')
      return wordsOf(host, name, assignment).flatMap((socket) => [
        { from: name, kind: 'Wants', to: socket, written, evidence },
        { from: socket, kind: 'Triggers', to: name, written, evidence },
      ]);
    return [];
  });
  return [...made, ...triggered(host, unit)];
}

/** What a socket or path unit starts when something arrives. Source: systemd.socket(5), Service=; systemd.path(5), Unit=. */
function triggered(host: Host, { name, fragment, assignments }: LoadedUnit): UnitDependency[] {
  const [, stem, type] = /^(.+)\.(socket|path)$/.exec(name) ?? [];
  if (stem === undefined) return [];
  const said = type === 'socket' ? 'Service' : 'Unit';
  const line = assignments.findLast(({ key, value }) => key === said && value.length > 0);
  const accepts = assignments.findLast(({ key, value }) => key === 'Accept' && value.length > 0);
  if (accepts !== undefined && parseBoolean(accepts.value.toString()) === true) return [];
  const to = line === undefined ? `${stem}.service` : wordsOf(host, name, line)[0];
  const evidence = line?.place ?? { file: fragment.path, line: 1, column: 1 };
  return to === undefined ? [] : [{ from: name, kind: 'Triggers', to, written: said, evidence }];
}

function wordsOf(host: Host, unit: string, { value }: Assignment): string[] {
  const { text, unknown } = expandSpecifiers(host, unit, value);
  if (unknown.length > 0) return [];
  return readWords(text, 'list').words.map((word) => instanceOf(word.text.toString(), unit));
}

/** A template is named by units for the instance that they are, or for one of their own prefix. Source: resolve_template() in src/core/unit.c of systemd 252. */
function instanceOf(name: string, unit: string): string {
  if (!isTemplate(name)) return name;
  const { prefix, instance } = parseUnitName(unit);
  return instanceLike(name, instance === undefined ? `x@${prefix}.service` : unit);
}

function isTemplate(name: string): boolean {
  return parseUnitName(name).instance === '';
}

/** Units by the names of their directories, without `.requires`: that of `lamp@.service` is every instance's too. */
function ownersOfDirectories(units: ReadonlyMap<string, LoadedUnit>): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const [id, { names }] of units) {
    for (const level of new Set(names.flatMap(dropInLevels))) {
      const directory = level.slice(0, -'.d'.length);
      owners.set(directory, [...(owners.get(directory) ?? []), id]);
    }
  }
  return owners;
}

function loadedUnit(host: Host, name: string, notExamined: string[]): LoadedUnit | undefined {
  try {
    if (unitFilesOf(host, parseUnitName(name).suffix).fileOf(name) === undefined) return undefined;
    return loadUnit(host, name);
  } catch (error) {
    if (error instanceof HostError) notExamined.push(`what depends on ${name}: ${error.message}`);
    else if (!(error instanceof CouldNotRun)) throw error;
    return undefined; // masked, or no such unit: systemd has none either
  }
}

const TYPES = 'service socket target path timer mount automount swap slice'.split(' ').join('|');
const UNIT = new RegExp(`^[^.].*\\.(?:${TYPES})$`);
const DIRECTORY_OF_UNIT = new RegExp(`^(.+\\.(?:${TYPES}))\\.d$`);

function unitsOnDisk(host: Host): string[] {
  const entries = UNIT_SEARCH_PATH.flatMap((directory) => ifReadable(() => host.list(directory)) ?? []);
  return entries.flatMap((entry) => {
    const name = DIRECTORY_OF_UNIT.exec(entry)?.[1] ?? entry;
    return UNIT.test(name) ? [name] : [];
  });
}
