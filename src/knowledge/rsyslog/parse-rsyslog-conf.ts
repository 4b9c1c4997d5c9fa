import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import type { ConfigurationLine, ConfigurationWord } from '../configured-program/configuration.ts';

/**
 * The statements of an rsyslog.conf that say what it loads, reads, writes and sends, in both syntaxes and whatever their
 * conditions: an object by its name with a word `NAME=VALUE` for each parameter, a directive by its own (`$modload`), and
 * the action of a selector or a filter as `action` with the text as its word. Source: rsyslog.conf(5).
 */
export function parseRsyslogConf(file: string, text: string): ConfigurationLine[] {
  const placeAt = placesIn(file, text);
  const lines: ConfigurationLine[] = [];
  const statement = new RegExp(STATEMENT.source, 'gmy');
  const skip = /[^\S\n]+|[^]/y;
  for (let at = 0; at < text.length; ) {
    statement.lastIndex = at;
    const match = statement.exec(text);
    if (match === null) {
      skip.lastIndex = at;
      at += Math.max(1, skip.exec(text)?.[0].length ?? 1);
      continue;
    }
    at = statement.lastIndex;
    const groups = match.groups ?? {};
    const start = match.index;
    const word = (part: string | undefined): ConfigurationWord[] => {
      if (part === undefined) return [];
      const trimmed = part.trim();
      return [{ text: trimmed, place: placeAt(start + match[0].lastIndexOf(trimmed)) }];
    };
    const add = (name: string, words: readonly ConfigurationWord[]): void => {
      lines.push({ name, words, place: placeAt(start), within: [] });
    };
    if (groups['object'] !== undefined) {
      const end = endOfObject(text, at);
      add(groups['object'].toLowerCase(), parametersIn(text.slice(at, end), at, placeAt));
      at = end + 1;
    } else if (groups['directive'] !== undefined) {
      add(groups['directive'].toLowerCase(), word(groups['value']));
    } else if (groups['action'] !== undefined) add('action', word(groups['action']));
  }
  return lines;
}

/** At the start of a line or within one: comments and strings, which are passed over, then what counts. */
const OBJECTS = 'module|input|action|include|global|main_queue|parser|ruleset|template|lookup_table';
const STATEMENT = new RegExp(
  [
    String.raw`#[^\n]*`,
    String.raw`\/\*(?:[^]*?\*\/|[^]*)`,
    String.raw`"(?:\\[^]|[^"\\])*(?:"|(?![^]))`,
    String.raw`(?<![\w$.])(?<object>${OBJECTS})[ \t]*\(`,
    String.raw`(?<=^[ \t]*)(?<directive>\$[A-Za-z]\w*)[ \t]+(?<value>[^\n#]*)`,
    String.raw`(?:(?<=^[ \t]*)(?:[\w*,]+\.[\w*,!=;.]+|&|:[\w$.-]+,[^\n"]*"(?:\\[^]|[^"\\])*")|(?<!\w)then)[ \t]+(?!(?:${OBJECTS})[ \t]*\()(?<action>[^\s#{][^\n]*)`,
  ].join('|'),
);

/** The offset of the parenthesis that closes an object, or the end of the text. */
function endOfObject(text: string, from: number): number {
  const token = /#[^\n]*|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[()]/g;
  token.lastIndex = from;
  let depth = 1;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '(') depth += 1;
    if (match[0] === ')') depth -= 1;
    if (depth === 0) return match.index;
  }
  return text.length;
}

function parametersIn(text: string, offset: number, placeAt: (offset: number) => Place): ConfigurationWord[] {
  const found = text.matchAll(/#[^\n]*|(?<![\w.])([\w.]+)\s*=\s*(?:"((?:\\[^]|[^"\\])*)"|([^\s")]+))/g);
  return [...found].flatMap((match) => {
    const [whole, name, quoted, bare] = match;
    if (name === undefined) return [];
    const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
    const raw = quoted ?? bare ?? '';
    return [{ text: `${name}=${value}`, place: placeAt(offset + match.index + whole.lastIndexOf(raw)) }];
  });
}
