import type { Host } from '../../host/host.ts';
import { UNIT_SEARCH_PATH } from '../unit-search-path.ts';
import { attempt } from './attempt.ts';
import { scriptText } from './script-text.ts';

/** A unit's files and all that its commands may have their paths from, as plain text to look for a path in. */
export interface UnitTexts {
  readonly unit: string;
  /** Its file, its drop-ins, its environment files and the scripts that it runs. */
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
  const known = textsOfHosts.get(host) ?? readAll(host);
  textsOfHosts.set(host, known);
  return known;
}

/** Read once for a host: each setting that no file explains asks. */
const textsOfHosts = new WeakMap<Host, readonly UnitTexts[]>();

function readAll(host: Host): readonly UnitTexts[] {
  const files = new Map<string, Map<string, string>>();
  for (const directory of UNIT_SEARCH_PATH) {
    for (const name of attempt(() => host.list(directory)) ?? []) {
      const unit = name.replace(/\.d$/, '');
      if (!/\.(?:service|timer|path|socket)$/.test(unit) || files.size >= MAX_UNITS) continue;
      const ofUnit = files.get(unit) ?? new Map<string, string>();
      files.set(unit, ofUnit);
      const path = `${directory}/${name}`;
      const entries = name === unit ? [''] : (attempt(() => host.list(path)) ?? []).map((file) => `/${file}`);
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
      if (left < 0) return { unit, texts: [] };
      const own = within([...paths.values()].flatMap((path) => textOf(host, path) ?? []));
      return { unit, texts: [...own, ...within(own.flatMap((text) => textsBehind(host, text)))] };
    });
}

/** What the environment files and the scripts say that a unit file names. */
function textsBehind(host: Host, unitText: string): string[] {
  const lines = unitText.matchAll(/^[ \t]*(EnvironmentFile|Exec\w+)[ \t]*=(.*(?:\\\n.*)*)/gm);
  const named = [...lines].flatMap(([, key = '', value = '']) =>
    [...value.matchAll(/\/[^\s'"=;|&<>()]+/g)].map(([path]) => ({ key, path })),
  );
  return named
    .slice(0, MAX_PATHS)
    .flatMap(
      ({ key, path }) => (key === 'EnvironmentFile' ? textOf(host, path) : scriptText(host, path)) ?? [],
    );
}

/** Without comment lines: what they name is not run. */
function textOf(host: Host, path: string): string | undefined {
  const text = attempt(() => new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)));
  return text?.replaceAll(/^[ \t]*[#;].*$/gm, '');
}
