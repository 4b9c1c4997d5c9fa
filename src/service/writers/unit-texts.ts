import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';
import { readUnitFile } from '../read-unit-file.ts';
import { UNIT_SEARCH_PATH } from '../unit-search-path.ts';
import { scriptText } from './script-text.ts';

/** A unit's files and all that its commands may have their paths from, as plain text to look for a path in. */
export interface UnitTexts {
  readonly unit: string;
  /** What its file and its drop-ins assign, drop-ins that another one replaces left out. */
  readonly assignments: readonly Assignment[];
  /** These as `Key=value`, its environment files and the scripts that it runs. */
  readonly texts: readonly string[];
}

const SIZE_LIMIT = 1024 * 1024;
const MAX_UNITS = 5000;
const MAX_PATHS = 200;
/** In UTF-16 units, of all texts together. */
const MAX_TOTAL = 32 * 1024 * 1024;

/**
 * Every unit that can run commands or start others, of several files of one name the first in the search path.
 * What can't be read is left out.
 */
export function unitTexts(host: Host): readonly UnitTexts[] {
  return textsOfHosts.of(host, () => readAll(host));
}

/** Read once for a host: each setting that no file explains asks. */
const textsOfHosts = new KeptPerHost<readonly UnitTexts[]>();

function readAll(host: Host): readonly UnitTexts[] {
  const files = new Map<string, Map<string, string>>();
  for (const directory of UNIT_SEARCH_PATH) {
    for (const name of ifReadable(() => host.list(directory)) ?? []) {
      const unit = name.replace(/\.d$/, '');
      if (!/\.(?:service|timer|path|socket)$/.test(unit) || files.size >= MAX_UNITS) continue;
      const ofUnit = files.get(unit) ?? new Map<string, string>();
      files.set(unit, ofUnit);
      const path = `${directory}/${name}`;
      const entries =
        name === unit ? [''] : (ifReadable(() => host.list(path)) ?? []).map((file) => `/${file}`);
      for (const entry of entries) if (!ofUnit.has(entry)) ofUnit.set(entry, `${path}${entry}`);
    }
  }
  let left = MAX_TOTAL;
  const within = (texts: readonly string[]): string[] =>
    texts.filter((text) => {
      left -= text.length;
      return left >= 0;
    });
  return [...files]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([unit, paths]) => {
      if (left < 0) return { unit, assignments: [], texts: [] };
      const assignments = [...paths.values()].flatMap((path) => assignmentsIn(host, path));
      const own = assignments.map(({ key, value }) => `${key}=${value.toString()}`).join('\n');
      return { unit, assignments, texts: within([own, ...textsBehind(host, assignments)]) };
    });
}

function assignmentsIn(host: Host, path: string): readonly Assignment[] {
  const read = (): readonly Assignment[] =>
    (host.stat(path)?.size ?? 0) > SIZE_LIMIT ? [] : readUnitFile(host, path).assignments;
  return ifReadable(read) ?? [];
}

/** What the environment files and the scripts say that a unit names. */
function textsBehind(host: Host, assignments: readonly Assignment[]): string[] {
  const named = assignments.flatMap(({ key, value }) =>
    /^(?:EnvironmentFile|Exec\w+)$/.test(key)
      ? [...value.toString().matchAll(/\/[^\s'"=;|&<>()]+/g)].map(([path]) => ({ key, path }))
      : [],
  );
  return named
    .slice(0, MAX_PATHS)
    .flatMap(
      ({ key, path }) =>
        (key === 'EnvironmentFile' ? environmentText(host, path) : scriptText(host, path)) ?? [],
    );
}

/** Without comment lines: what they name is not run. */
function environmentText(host: Host, path: string): string | undefined {
  const known = environmentsOfHosts.of(host, () => new Map());
  if (!known.has(path)) {
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)));
    known.set(path, text?.replaceAll(/^[ \t]*[#;].*$/gm, ''));
  }
  return known.get(path);
}

/** Most units of a host name the same few. */
const environmentsOfHosts = new KeptPerHost<Map<string, string | undefined>>();
