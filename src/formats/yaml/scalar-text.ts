import { recodeText, respelled } from '../../text/recode.ts';
import { splitLines, splitText } from '../../text/split.ts';
import { stripText } from '../../text/strip.ts';
import { TracedText } from '../../text/traced-text.ts';

export type ScalarStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED';

/**
 * The value of a YAML scalar with the origins of its characters. `source` is the scalar as written (quotes and
 * block header included), `value` what it stands for by the YAML parser. Undefined where the two can't be
 * brought together (a folded block, a block with an indentation indicator, a rare escape).
 */
export function scalarText(source: TracedText, style: ScalarStyle, value: string): TracedText | undefined {
  const text = readScalar(source, style);
  return text?.toString() === value ? text : undefined;
}

function readScalar(source: TracedText, style: ScalarStyle): TracedText | undefined {
  switch (style) {
    case 'PLAIN':
      return foldedLines(source, false);
    case 'QUOTE_SINGLE':
      return unescaped(foldedLines(source.slice(1, source.length - 1), false), /''/g);
    case 'QUOTE_DOUBLE':
      return unescaped(foldedLines(source.slice(1, source.length - 1), true), DOUBLE_QUOTED_ESCAPE);
    case 'BLOCK_LITERAL':
      return literalBlock(source);
    case 'BLOCK_FOLDED':
      return undefined;
  }
}

/** A literal block without its header and the indentation of its lines (YAML 1.2, 8.1). */
function literalBlock(source: TracedText): TracedText {
  const [header, ...lines] = splitLines(source);
  const indent = leadingBlanks(lines.map(String).find((line) => /[^ \n]/.test(line)) ?? '');
  const content = lines.map((line) => line.slice(Math.min(indent, leadingBlanks(line.toString()))));
  const chomping = /[-+]/.exec(header?.toString() ?? '')?.[0];
  return chomped(TracedText.concat(content), chomping);
}

function leadingBlanks(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

function chomped(content: TracedText, indicator: string | undefined): TracedText {
  if (indicator === '+') return content;
  const kept = stripText(content, (character) => character === '\n', 'end');
  return indicator === '-' || kept.length === 0 ? kept : content.slice(0, kept.length + 1);
}

/**
 * A flow scalar over several lines: one line feed is a blank, of more the first is dropped; with `escapes` a
 * backslash before a line feed makes both disappear (YAML 1.2, 7.3).
 */
function foldedLines(text: TracedText, escapes: boolean): TracedText {
  const lines = splitText(text, '\n');
  if (lines.length === 1) return text;
  const parts: TracedText[] = [];
  let feeds: TracedText[] = [];
  let joined = false;
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const kept = stripText(line, isBlank, index === 0 ? 'end' : isLast ? 'start' : 'both');
    if (index === 0 || isLast || kept.length > 0) {
      parts.push(...breakBetween(feeds, joined));
      joined = escapes && !isLast && /(?<!\\)(?:\\\\)*\\$/.test(kept.toString());
      parts.push(joined ? kept.slice(0, kept.length - 1) : kept);
      feeds = [];
    }
    offset += line.length;
    if (!isLast) feeds.push(text.slice(offset, offset + 1));
    offset += 1;
  }
  return TracedText.concat(parts);
}

function breakBetween(feeds: readonly TracedText[], joined: boolean): TracedText[] {
  const [only, ...others] = feeds;
  if (joined || only === undefined) return others;
  return others.length === 0 ? [recodeText(only, () => ' ')] : others;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

const DOUBLE_QUOTED_ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^\n])/g;

/** Each stretch that `escape` matches as the one character that it stands for. */
function unescaped(text: TracedText, escape: RegExp): TracedText {
  const parts: TracedText[] = [];
  let from = 0;
  for (const match of text.toString().matchAll(escape)) {
    parts.push(text.slice(from, match.index));
    const [first] = text.slice(match.index, match.index + 1).slices;
    const meant = first === undefined ? '' : meaningOf(match[0]);
    if (first !== undefined)
      parts.push(TracedText.of([{ ...first, text: meant, origin: respelled(first.origin) }]));
    from = match.index + match[0].length;
  }
  return TracedText.concat([...parts, text.slice(from)]);
}

const NAMED: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function meaningOf(escape: string): string {
  if (escape === "''") return "'";
  const character = escape.charAt(1);
  if (escape.length > 2) {
    const point = Number.parseInt(escape.slice(2), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  return NAMED[character] ?? character;
}
