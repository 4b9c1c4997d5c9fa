import type { ConfigurationWord } from '../configured-program/configuration.ts';
import type { Place } from '../../text/place.ts';

/**
 * The words of one line of redis.conf; undefined for unbalanced quotes, at which Redis stops. Source: sdssplitargs() in
 * src/sds.c of Redis 7.
 */
export function splitArguments(
  line: string,
  placeAt: (offset: number) => Place,
): readonly ConfigurationWord[] | undefined {
  const words: ConfigurationWord[] = [];
  const word = /\s*(?:"((?:\\[^]|[^"\\])*)"|'((?:\\'|[^'])*)'|([^\s"']+))(?=\s|$)/y;
  let at = 0;
  while (line.slice(at).trim() !== '') {
    word.lastIndex = at;
    const match = word.exec(line);
    if (match === null) return undefined;
    const [whole, double, single, bare = ''] = match;
    const start = at + whole.length - whole.trimStart().length;
    const text = double === undefined ? (single?.replaceAll("\\'", "'") ?? bare) : unescaped(double);
    words.push({ text, place: placeAt(start) });
    at += whole.length;
  }
  return words;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([^]))/g, (_, hex: string | undefined, character: string) =>
    hex === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(parseInt(hex, 16)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' };
