import { placesIn } from '../../text/places-in.ts';
import type { ConfigurationLine } from '../configured-program/configuration.ts';

export interface PostgresqlConf {
  readonly lines: readonly ConfigurationLine[];
  /** Lines that PostgreSQL refuses: it then does not start. */
  readonly refused: readonly ConfigurationLine['place'][];
}

const LINE =
  /^[ \t]*([A-Za-z_][\w.]*)(?:[ \t]*=[ \t]*|[ \t]+)(?:'((?:''|\\[^]|[^'\\])*)'|([^\s'#=]+))?[ \t]*(?:#.*)?\r?$/;

/**
 * The settings of postgresql.conf, of an extension's control file or of Debian's `environment`, each with one word. Names
 * do not tell cases apart. Source: src/backend/utils/misc/guc-file.l of PostgreSQL 15.
 */
export function parsePostgresqlConf(file: string, text: string): PostgresqlConf {
  const placeAt = placesIn(file, text);
  const lines: ConfigurationLine[] = [];
  const refused: ConfigurationLine['place'][] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const from = start;
    start += line.length + 1;
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const match = LINE.exec(line);
    const name = match?.[1];
    const value = match?.[2] ?? match?.[3];
    const place = placeAt(from + line.length - line.trimStart().length);
    if (name === undefined || value === undefined) {
      refused.push(place);
      continue;
    }
    const isQuoted = match?.[2] !== undefined;
    const at = line.indexOf(isQuoted ? "'" : value, line.indexOf(name) + name.length) + (isQuoted ? 1 : 0);
    const words = [{ text: isQuoted ? unescaped(value) : value, place: placeAt(from + at) }];
    lines.push({ name: name.toLowerCase(), words, place, within: [] });
  }
  return { lines, refused };
}

/** Source: GUC_scanstr() in src/backend/utils/misc/guc-file.l. */
function unescaped(text: string): string {
  return text.replace(/''|\\([0-7]{1,3}|[^])/g, (_, escape: string | undefined) => {
    if (escape === undefined) return "'";
    return /^[0-7]/.test(escape)
      ? String.fromCharCode(parseInt(escape, 8) & 0xff)
      : (ESCAPES[escape] ?? escape);
  });
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
