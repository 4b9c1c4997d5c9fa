import { parseBoolean } from './directives/kinds/boolean.ts';
import { basename } from 'node:path/posix';
import { textOfFile } from '../host/text-of-file.ts';
import { type Assignment, parseUnit } from '../formats/unit/parse-unit.ts';
import { type Host, HostError } from '../host/host.ts';
import type { Evidence } from '../documents/place.ts';
import { expandGlob, globMatches, isPattern } from './expand-glob.ts';
import { followedLinks } from './followed-links.ts';
import { knownInstances } from './known-instances.ts';
import { dependencyLinks } from './relations/dependency-links.ts';
import type { Service } from './service.ts';
import { expandSpecifiers } from './specifiers.ts';
import { unitFilesOf } from './unit-files.ts';
import { parseUnitName, templateOf } from './unit-name.ts';
import { UNIT_SEARCH_PATH } from './unit-search-path.ts';

/** A line of another unit, or of a drop-in of it, that names something of this service; or a link that pulls it in. */
export interface UnitReferrer {
  readonly unit: string;
  /** The unit file or drop-in; undefined for a link of a unit that has no file. */
  readonly path: string | undefined;
  /** What it names. */
  readonly word: string;
  /** The directive, or in words what starts the service without one. */
  readonly label: string;
  readonly evidence: Evidence;
}

export interface UnitReferrers {
  readonly referrers: readonly UnitReferrer[];
  readonly notExamined: readonly string[];
}

const SIZE_LIMIT = 1024 * 1024;
const MAX_TOLD = 10;

/**
 * Where units other than `service` (under any name it has) name one of `words`: a unit, or a path, also by a link to it, a specifier, or
 * a pattern of `EnvironmentFile=`. What a template says, its instances do: those that something on disk names, and
 * those of `loaded`, the names that systemd has now. Of several files of one name the first in the search path counts. What
 * can't be read is told, and stops nothing.
 */
export function unitReferrers(
  host: Host,
  service: Service,
  words: ReadonlySet<string>,
  loaded: readonly string[] = [],
): UnitReferrers {
  const referrers: UnitReferrer[] = [];
  const faults: string[] = [];
  const attempt = <T>(action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      faults.push(error.message);
      return otherwise;
    }
  };
  const list = (directory: string): readonly string[] => attempt(() => host.list(directory) ?? [], []);
  const files = UNIT_SEARCH_PATH.flatMap((directory) =>
    list(directory).flatMap((name) => {
      const path = `${directory}/${name}`;
      if (!name.endsWith('.d')) return [{ unit: name, key: name, path }];
      return list(path)
        .filter((dropIn) => dropIn.endsWith('.conf'))
        .map((dropIn) => ({ unit: name.slice(0, -2), key: `${name}/${dropIn}`, path: `${path}/${dropIn}` }));
    }),
  );
  const own = new Set(service.unit.names);
  for (const { unit, key, path } of files) {
    if (key === unit && attempt(() => isAlias(host, service, path), false)) own.add(unit);
  }
  const ownFiles = new Set([service.unit.fragment, ...service.unit.dropIns].map((file) => file.path));
  const isOwnInstance = (unit: string): boolean =>
    own.has(unit) ||
    (own.has(templateOf(unit) ?? '') &&
      parseUnitName(unit).instance === parseUnitName(service.name).instance);
  const instances = knownInstances(host, [...files.map(({ unit }) => unit), ...loaded]);
  const others = attempt(
    () => followedLinks(host, words),
    () => undefined,
  );
  const sought: Sought = {
    host,
    words,
    other: (path) => attempt(() => others(path), undefined),
    attempt,
    faults,
  };
  const seen = new Set<string>();
  for (const { unit, key, path } of files) {
    if (seen.has(key)) continue;
    seen.add(key);
    const made = [...(instances.get(unit) ?? [])].filter((instance) => !isOwnInstance(instance));
    const isOwn = own.has(unit) || ownFiles.has(path);
    const users = made.length > 0 ? made : isOwn ? [] : [unit];
    // Of an instance that is a link to its template, the template is looked at.
    if (users.length === 0 || attempt(() => linkedName(host, path), '') === templateOf(unit)) continue;
    const text = attempt(() => textOfFile(host, path, SIZE_LIMIT) ?? '', '');
    const { assignments } = parseUnit(path, text);
    for (const user of users) {
      const triggered = key === unit && text !== '' ? triggeredByName(user, assignments) : undefined;
      if (triggered !== undefined && words.has(triggered))
        referrers.push({
          unit: user,
          path,
          word: triggered,
          label: 'starts it by its name',
          evidence: { file: path, line: 1, column: 1 },
        });
      for (const assignment of assignments) {
        for (const word of namedBy(sought, user, assignment))
          referrers.push({ unit: user, path, word, label: assignment.key, evidence: assignment.place });
      }
    }
  }
  for (const { of: unit, directive: label, unit: word, path: link } of dependencyLinks(host)) {
    if (!words.has(word)) continue;
    const path = attempt(() => unitFilesOf(host, parseUnitName(unit).suffix).fileOf(unit), undefined);
    referrers.push({ unit, path, word, label, evidence: { how: `by the link ${link}` } });
  }
  return { referrers, notExamined: told(faults) };
}

interface Sought {
  readonly host: Host;
  readonly words: ReadonlySet<string>;
  /** The path among `words` that another name leads to. */
  readonly other: (path: string) => string | undefined;
  readonly attempt: <T>(action: () => T, otherwise: T) => T;
  readonly faults: string[];
}

/** The words that a line of a unit names. Of a line with an unknown specifier, which systemd ignores, none. */
function namedBy(sought: Sought, unit: string, { key, value }: Assignment): string[] {
  const { host, words, other, attempt, faults } = sought;
  const { text, unknown, unresolved } = attempt(() => expandSpecifiers(host, unit, value), {
    text: value,
    unresolved: [],
    unknown: [],
  });
  // Of an environment file systemd takes the line whole; elsewhere a `%` may be another program's.
  const isWhole = key === 'EnvironmentFile';
  if (isWhole && unknown.length > 0) return [];
  if (isWhole && unresolved.length > 0)
    faults.push(
      `${key}=${value.toString()} of ${unit}: the running system alone knows ${unresolved.join(', ')}`,
    );
  const pattern = isWhole ? (wordsOf(text.toString(), NOTHING)[0] ?? '') : '';
  if (!pattern.startsWith('/') || !isPattern(pattern))
    return wordsOf(text.toString()).flatMap((word) =>
      words.has(word) ? [word] : ((isPath(word) ? other(word) : undefined) ?? []),
    );
  const matched = attempt(() => expandGlob(host, pattern), []);
  const named = [
    ...[...words].filter((word) => isPath(word) && globMatches(pattern, word)),
    ...matched.flatMap((path) => other(path) ?? []),
  ];
  return [...new Set(named)];
}

function isPath(word: string): boolean {
  return word.startsWith('/') && !/[$*?[%]/.test(word);
}

/** What a timer, path or socket unit starts that does not say it. Source: systemd.timer(5) and systemd.path(5), Unit=; systemd.socket(5), Service=. */
function triggeredByName(unit: string, assignments: readonly Assignment[]): string | undefined {
  const [, stem, type] = /^(.+)\.(timer|path|socket)$/.exec(unit) ?? [];
  const says = type === 'socket' ? 'Service' : 'Unit';
  const isSaid = assignments.some(({ key, value }) => key === says && value.length > 0);
  const isTemplate =
    type === 'socket' &&
    assignments.some(({ key, value }) => key === 'Accept' && parseBoolean(value.toString()) === true);
  return stem === undefined || isSaid ? undefined : `${stem}${isTemplate ? '@' : ''}.service`;
}

/** Splits nothing. */
const NOTHING = /(?!)/;

/** The last name of where a link leads; empty for what is no link. */
function linkedName(host: Host, path: string): string {
  return host.lstat(path)?.type === 'link' ? basename(host.readLink(path)) : '';
}

/** A link to the unit's file, or to a file of one of its names: another name of the same unit. */
function isAlias(host: Host, { unit }: Service, path: string): boolean {
  const target = linkedName(host, path);
  if (target === '') return false;
  // An instance is often a link to the template that another one is made of.
  const { instance } = parseUnitName(basename(path));
  if (instance !== undefined && instance !== '' && instance !== parseUnitName(unit.name).instance)
    return false;
  return unit.names.includes(target) || host.realPath(path) === host.realPath(unit.fragment.path);
}

/** Without the prefixes that systemd takes off, quotes, the end of a `${NAME:-/path}` and the slash behind a directory. */
function wordsOf(value: string, separators: RegExp = /[\s=:;]+/): string[] {
  return value.split(separators).map((word) => word.replace(/^[-@+!|"']+|(?<=.)[}"'/]+$/g, ''));
}

function told(faults: readonly string[]): string[] {
  const distinct = [...new Set(faults)];
  const more = distinct.length - MAX_TOLD;
  return [
    ...distinct.slice(0, MAX_TOLD).map((fault) => `whether another unit uses its files: ${fault}`),
    ...(more > 0 ? [`whether another unit uses its files: ${more} more files that can't be read`] : []),
  ];
}
