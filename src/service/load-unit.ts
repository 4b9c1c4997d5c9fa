import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Assignment, UnitFile, UnitProblem } from '../formats/unit/parse-unit.ts';
import type { Host } from '../host/host.ts';
import { nearest } from '../text/nearest.ts';
import { asManagerReads } from './as-manager-reads.ts';
import { withoutLost } from './directives/fatal-lines.ts';
import { ignoredSettings } from './ignored-settings.ts';
import { outOfPlace } from './out-of-place.ts';
import { readUnitFile } from './read-unit-file.ts';
import { unitFilesOf } from './unit-files.ts';
import { parseUnitName, templateOf } from './unit-name.ts';
import { UNIT_SEARCH_PATH } from './unit-search-path.ts';
import { shellWord } from '../text/shell-word.ts';

/** A unit with its drop-ins, as systemd would load it. */
export interface LoadedUnit {
  /** With its suffix, an alias resolved: systemd's `Id`. */
  readonly name: string;
  /** Every name it is known by: the one its alias link leads to first, then itself and the other aliases. */
  readonly names: readonly string[];
  readonly fragment: UnitFile;
  /** In the order systemd reads them, after the fragment. */
  readonly dropIns: readonly UnitFile[];
  /** Of the fragment and the drop-ins, in the order they take effect; of a service those that systemd reads. */
  readonly assignments: readonly Assignment[];
  /** Lines systemd ignores. */
  readonly problems: readonly UnitProblem[];
}

/**
 * Loads a unit by name (`.service` may be left out). Throws `CouldNotRun` for a unit that does not exist
 * (with the nearest name), is masked, or whose own file has a syntax error that makes systemd refuse it; of a
 * drop-in only what stands behind such an error is lost.
 */
export function loadUnit(host: Host, asked: string): LoadedUnit {
  const wanted = unitName(asked);
  const unitFiles = unitFilesOf(host, parseUnitName(wanted).suffix);
  const path = unitFiles.fileOf(wanted);
  if (path === undefined) throw unknownUnit(host, wanted);
  refuseUnreadable(host, wanted, path);
  const names = unitFiles.namesOf(wanted, path);
  const [name = wanted] = names;
  const fragment = readUnitFile(host, path);
  const dropIns = dropInPaths(host, names).map((path) => readUnitFile(host, path));
  const files = [fragment, ...dropIns];
  const problems = files.flatMap((file) => file.problems);
  const fatal = fragment.problems.find((problem) => problem.fatal);
  if (fatal !== undefined) {
    throw new CouldNotRun(fatal.message, {
      place: fatal.place,
      why: `systemd refuses to load ${name} with this line.`,
      next: `Mend the line, then: systemctl daemon-reload`,
    });
  }
  const read = withoutLost(files.flatMap((file) => file.assignments));
  const assignments = name.endsWith('.service')
    ? read.filter((line) => outOfPlace(line) === undefined)
    : read;
  const ignored = ignoredSettings(host, name, assignments);
  return { name, names, fragment, dropIns, assignments, problems: [...problems, ...ignored] };
}

/** Every service unit name the host has a file for, templates included. */
export function unitNames(host: Host): string[] {
  const names = UNIT_SEARCH_PATH.flatMap((directory) => host.list(directory) ?? []);
  return [...new Set(names.filter((entry) => entry.endsWith('.service')))].sort();
}

/** The name that is meant: `.service` may be left out. Throws `CouldNotRun` for what no unit is called. */
export function unitName(asked: string): string {
  if (asked.includes('/') || asked === '') {
    throw new CouldNotRun(`'${asked}' is not the name of a unit`, {
      next: 'Give a service by its name: cutover trace nginx.service',
    });
  }
  const name =
    /\.[a-z]+$/.test(asked) && !asked.endsWith('.') && hasUnitSuffix(asked) ? asked : `${asked}.service`;
  refuseCharacters(asked, name);
  return name;
}

/** Source: unit_name_is_valid() in src/basic/unit-name.c of systemd 252. */
function refuseCharacters(asked: string, name: string): void {
  const other = /[^A-Za-z0-9:_.\\@-]/u.exec(name)?.[0];
  if (other === undefined) return;
  const escaped = name.replaceAll(/[^A-Za-z0-9:_.\\@-]+/gu, (text) =>
    [...new TextEncoder().encode(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  throw new CouldNotRun(`'${asked}' is not the name of a unit`, {
    why: `The name of a unit has ASCII letters, digits and : - _ . \\ @ alone, not '${other}'.`,
    next: `Escaped, as systemctl does it: cutover trace ${shellWord(escaped)}`,
  });
}

function hasUnitSuffix(name: string): boolean {
  return /\.(service|socket|target|timer|mount|automount|path|slice|scope|swap|device)$/.test(name);
}

/** Throws for a mask and for what is no file. */
function refuseUnreadable(host: Host, name: string, path: string): void {
  if (isMask(host, path)) {
    throw new CouldNotRun(`${name} is masked`, {
      place: { file: path, line: 1, column: 1 },
      why: 'A masked unit is never started, so it has no settings.',
      next: `systemctl unmask ${shellWord(name)}`,
    });
  }
  const type = host.stat(path)?.type;
  if (type === undefined) {
    throw new CouldNotRun(`${path} is a link to ${host.readLink(path)}, which does not exist`, {
      why: `systemd can't load ${name}.`,
    });
  }
  if (type !== 'file') {
    throw new CouldNotRun(`${path} leads to no regular file`, {
      why: `systemd can't load ${name}.`,
      next: `ls -ld ${shellWord(path)}`,
    });
  }
}

/** A link to /dev/null (which a root directory need not have) or an empty file. */
export function isMask(host: Host, path: string): boolean {
  if (host.lstat(path)?.type === 'link' && host.readLink(path) === '/dev/null') return true;
  const facts = host.stat(path);
  return host.realPath(path) === '/dev/null' || (facts?.type === 'file' && facts.size === 0);
}

/**
 * Drop-ins of all directories and levels, sorted by file name. Of two with one name, that of the unit's own name
 * counts before that of an alias, then the earlier directory of the search path, then the more specific level;
 * those of the whole type (`service.d`) come last. A link to /dev/null or an empty file masks.
 * Source: systemd.unit(5); unit_file_find_dropin_paths() in src/shared/dropin.c of systemd 252.
 */
export function dropInPaths(host: Host, names: readonly string[]): string[] {
  const chosen = new Map<string, string>();
  const choose = (directory: string, level: string): void => {
    for (const entry of host.list(`${directory}/${level}`) ?? []) {
      if (isDropIn(entry) && !chosen.has(entry)) chosen.set(entry, `${directory}/${level}/${entry}`);
    }
  };
  for (const name of names) {
    const levels = dropInLevels(name);
    for (const directory of UNIT_SEARCH_PATH) for (const level of levels) choose(directory, level);
  }
  const types = [...new Set(names.map((name) => `${name.slice(name.lastIndexOf('.') + 1)}.d`))];
  for (const directory of UNIT_SEARCH_PATH) for (const type of types) choose(directory, type);
  return [...chosen.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, path]) => path)
    .filter((path) => asManagerReads(() => !isMask(host, path) && host.stat(path)?.type === 'file') === true);
}

/** Hidden files are passed over. Source: hidden_or_backup_file() in src/basic/path-util.c of systemd 252. */
function isDropIn(entry: string): boolean {
  return entry.endsWith('.conf') && !entry.startsWith('.');
}

/**
 * The drop-in directories of a name, most specific first: those of `a-b@c.service` are its own, its template's, and
 * those of `a-@c.service`. Source: unit_file_find_dirs() in src/shared/dropin.c of systemd 252.
 */
export function dropInLevels(name: string): string[] {
  const { prefix, instance, suffix } = parseUnitName(name);
  const template = templateOf(name);
  const own = [`${name}.d`, ...(template === undefined ? [] : dropInLevels(template))];
  const shorter = shortened(prefix);
  if (shorter === undefined) return [...new Set(own)];
  const above = instance === undefined || instance === '' ? shorter : `${shorter}@${instance}`;
  return [...new Set([...own, ...dropInLevels(`${above}${suffix}`)])];
}

/** Up to its last dash; one at the very end is passed over, and one at the beginning ends the search. */
function shortened(prefix: string): string | undefined {
  const isTrailing = prefix.endsWith('-');
  const dash = prefix.lastIndexOf('-', isTrailing ? prefix.length - 2 : prefix.length);
  return dash <= 0 || prefix === '-' ? undefined : prefix.slice(0, dash + 1);
}

function unknownUnit(host: Host, name: string): CouldNotRun {
  const other = UNIT_SEARCH_PATH.map((directory) => `${directory}/${name}`).find(
    (path) => host.lstat(path) !== undefined,
  );
  const type = other === undefined ? undefined : host.lstat(other)?.type;
  if (other !== undefined && type !== 'link') {
    const what = type === 'directory' ? 'a directory' : 'no regular file';
    return new CouldNotRun(`${other} is ${what}, not a unit file`, {
      why: `systemd passes it over, and ${name} has no other file.`,
      next: `ls -ld ${shellWord(other)}`,
    });
  }
  const near = nearestUnit(host, name);
  const template = name.replace(/\.service$/, '@.service');
  const hasTemplate = !name.includes('@') && unitNames(host).includes(template);
  const where = host.kind === 'live' ? 'this machine' : 'this root';
  return new CouldNotRun(
    `There is no unit ${name} on ${where}${near === undefined ? '' : `; did you mean ${near}?`}`,
    {
      next: hasTemplate
        ? `There is the template ${template}. Name an instance of it: ${template.replace('@', '@INSTANCE')}`
        : host.kind === 'live'
          ? 'systemctl list-unit-files --type=service'
          : 'Is --root the right directory?',
    },
  );
}

/**
 * The suffix is left out of the comparison: it would make every short name look alike. A template is no service that
 * could be meant unless another template is asked for.
 */
function nearestUnit(host: Host, name: string): string | undefined {
  const stem = (unit: string): string => unit.replace(/\.service$/, '');
  const isTemplate = (unit: string): boolean => parseUnitName(unit).instance === '';
  const names = unitNames(host).filter((unit) => isTemplate(name) || !isTemplate(unit));
  const near = nearest(stem(name), names.map(stem));
  return near === undefined ? undefined : `${near}.service`;
}
