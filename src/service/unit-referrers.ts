import { textOfFile } from '../host/text-of-file.ts';
import { type Assignment, parseUnit } from '../formats/unit/parse-unit.ts';
import { type Host, HostError } from '../host/host.ts';
import type { Evidence } from '../documents/place.ts';
import { dependencyLinks } from './relations/dependency-links.ts';
import type { Service } from './service.ts';
import { unitFilesOf } from './unit-files.ts';
import { parseUnitName } from './unit-name.ts';
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
 * Where units other than `service` (under any name it has) name one of `words`: a unit, or a path. Of several
 * files of one name the first in the search path counts. What can't be read is told, and stops nothing.
 */
export function unitReferrers(host: Host, service: Service, words: ReadonlySet<string>): UnitReferrers {
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
  const seen = new Set<string>();
  for (const { unit, key, path } of files) {
    if (seen.has(key)) continue;
    seen.add(key);
    if (own.has(unit) || ownFiles.has(path)) continue;
    const text = attempt(() => textOfFile(host, path, SIZE_LIMIT) ?? '', '');
    const { assignments } = parseUnit(path, text);
    const triggered = key === unit && text !== '' ? triggeredByName(unit, assignments) : undefined;
    if (triggered !== undefined && words.has(triggered))
      referrers.push({
        unit,
        path,
        word: triggered,
        label: 'starts it by its name',
        evidence: { file: path, line: 1, column: 1 },
      });
    for (const { key: label, value, place } of assignments) {
      for (const word of wordsOf(value.toString())) {
        if (words.has(word)) referrers.push({ unit, path, word, label, evidence: place });
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

/** What a timer, path or socket unit starts that does not say it. Source: systemd.timer(5) and systemd.path(5), Unit=; systemd.socket(5), Service=. */
function triggeredByName(unit: string, assignments: readonly Assignment[]): string | undefined {
  const [, stem, type] = /^(.+)\.(timer|path|socket)$/.exec(unit) ?? [];
  const says = type === 'socket' ? 'Service' : 'Unit';
  const isSaid = assignments.some(({ key, value }) => key === says && value.length > 0);
  const isTemplate =
    type === 'socket' &&
    assignments.some(({ key, value }) => key === 'Accept' && TRUE.test(value.toString()));
  return stem === undefined || isSaid ? undefined : `${stem}${isTemplate ? '@' : ''}.service`;
}

const TRUE = /^(?:1|yes|y|true|t|on)$/i;

/** A link to the unit's file, or to a file of one of its names: another name of the same unit. */
function isAlias(host: Host, { unit }: Service, path: string): boolean {
  if (host.lstat(path)?.type !== 'link') return false;
  const target = host.readLink(path).split('/').at(-1) ?? '';
  return unit.names.includes(target) || host.realPath(path) === host.realPath(unit.fragment.path);
}

/** Directories of links (`.wants`), masks and the like hold no text. */

/** Without the prefixes that systemd takes off, quotes, the end of a `${NAME:-/path}` and the slash behind a directory. */
function wordsOf(value: string): string[] {
  return value.split(/[\s=:;]+/).map((word) => word.replace(/^[-@+!|"']+|(?<=.)[}"'/]+$/g, ''));
}

function told(faults: readonly string[]): string[] {
  const distinct = [...new Set(faults)];
  const more = distinct.length - MAX_TOLD;
  return [
    ...distinct.slice(0, MAX_TOLD).map((fault) => `whether another unit uses its files: ${fault}`),
    ...(more > 0 ? [`whether another unit uses its files: ${more} more files that can't be read`] : []),
  ];
}
