import { isSecretName } from './secret-names.ts';
import { type Range, secretsInLine } from './secrets-in-line.ts';

export type { Range } from './secrets-in-line.ts';

/**
 * The parts of each line of a file of any kind that are secrets, in order and apart: what a line tells by itself (see
 * `secretsInLine`), lines that go on with the value of one before (a backslash or an open quote, a block or a nested
 * map of YAML or JSON), and the lines of a private key.
 */
export function secretRanges(lines: readonly string[]): Range[][] {
  const found = lines.map((): Range[] => []);
  const hide = (index: number): void => {
    const line = lines[index];
    if (line !== undefined && line !== '') found[index]?.push({ from: 0, to: line.length });
  };
  linesOfPrivateKeys(lines).forEach(hide);
  linesOfBlocks(lines).forEach(hide);
  let open: string | undefined;
  let isNext = false;
  for (const { text, parts } of logicalLines(lines)) {
    if (open !== undefined) {
      parts.forEach(({ index }) => hide(index));
      if (closes(text, open)) open = undefined;
      continue;
    }
    if (isNext && /^\s*(?:- +["']?|["'])(?!-)/.test(text)) parts.forEach(({ index }) => hide(index));
    const secrets = secretsInLine(text);
    spread(merged(secrets.ranges), parts, (index, range) => found[index]?.push(range));
    open = secrets.open;
    isNext = secrets.next === true;
  }
  return found.map(merged);
}

/** A line of the file within a logical one. */
interface Part {
  readonly index: number;
  /** Where it begins in the logical line. */
  readonly from: number;
  readonly text: string;
}

interface LogicalLine {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** Lines that a backslash joins. A comment between them says nothing of the others, and is a line of its own, too. */
function* logicalLines(lines: readonly string[]): Generator<LogicalLine> {
  let parts: Part[] = [];
  let from = 0;
  for (const [index, line] of lines.entries()) {
    const goesOn = /(?<!\\)(?:\\\\)*\\\r?$/.test(line.slice(-64));
    if (parts.length > 0 && /^\s*[#;]/.test(line)) {
      yield { text: line, parts: [{ index, from: 0, text: line }] };
      continue;
    }
    const text = goesOn ? line.replace(/\\\r?$/, '') : line;
    parts.push({ index, from, text });
    from += text.length;
    if (goesOn) continue;
    yield { text: parts.map((part) => part.text).join(''), parts };
    parts = [];
    from = 0;
  }
  if (parts.length > 0) yield { text: parts.map((part) => part.text).join(''), parts };
}

/** Each part of the line with what of the ranges, in order, lies on it. */
function spread(
  ranges: readonly Range[],
  parts: readonly Part[],
  give: (index: number, range: Range) => void,
): void {
  let next = 0;
  for (const { index, from, text } of parts) {
    const to = from + text.length;
    for (let range = ranges[next]; range !== undefined && range.from < to; range = ranges[next]) {
      give(index, { from: Math.max(range.from - from, 0), to: Math.min(range.to, to) - from });
      if (range.to > to) break;
      next += 1;
    }
  }
}

function closes(text: string, quote: string): boolean {
  return quote === '"' ? /(?<!\\)(?:\\\\)*"/.test(text) : text.includes(quote);
}

function linesOfPrivateKeys(lines: readonly string[]): number[] {
  const found: number[] = [];
  let isIn = false;
  for (const [index, line] of lines.entries()) {
    const begins = line.search(/-----BEGIN [A-Z ]*PRIVATE KEY/);
    isIn ||= begins !== -1;
    if (isIn) found.push(index);
    if (line.lastIndexOf('-----END ') > begins) isIn = false;
  }
  return found;
}

/** A key at the beginning of a line, and what stands behind it. */
const KEY = /^(\s*(?:- +)*)(["']?)([A-Za-z_][\w.-]*)\2\s*:(?:\s+(.*)|)$/;
/** What a diff puts before a line. */
const DIFF_MARK = /^(?:\+ |- (?= ))/;
const BLANK = /^\s*(?:#.*)?$/;

/**
 * The lines below the key of a secret that are deeper than it; of a list those as deep as well, and up to the closing
 * bracket where one opens on the line. JSON may have a lone value as deep as its key.
 */
function linesOfBlocks(lines: readonly string[]): number[] {
  const found: number[] = [];
  let block: { readonly depth: number; readonly isList: boolean; brackets: number } | undefined;
  for (const [index, shown] of lines.entries()) {
    const line = shown.replace(DIFF_MARK, '  ');
    if (block !== undefined) {
      const depth = line.search(/\S/);
      const isItem = block.isList && depth === block.depth && /^\s*-(?:\s|$)/.test(line);
      if (depth === -1 || depth > block.depth || block.brackets > 0 || isItem) {
        found.push(index);
        block.brackets += bracketsIn(line);
        continue;
      }
      block = undefined;
    }
    const [, before = '', quote = '', name, value = ''] = KEY.exec(line) ?? [];
    if (name === undefined || !isSecretName(name)) continue;
    const isEmpty = BLANK.test(value);
    if (isEmpty && quote === '"' && isLoneValue(lines[index + 1])) found.push(index + 1);
    block = { depth: before.length, isList: isEmpty, brackets: Math.max(0, bracketsIn(value)) };
  }
  return found;
}

function isLoneValue(line: string | undefined): boolean {
  return line !== undefined && /^\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+),?\s*$/.test(line);
}

/** How many more brackets open than close, those in quotes left out. */
function bracketsIn(line: string): number {
  const bare = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  const count = (pattern: RegExp): number => bare.match(pattern)?.length ?? 0;
  return count(/[{[]/g) - count(/[}\]]/g);
}

function merged(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last === undefined || range.from > last.to) found.push(range);
    else found.splice(-1, 1, { from: last.from, to: Math.max(last.to, range.to) });
  }
  return found;
}
