import { advance, type Place } from '../../text/place.ts';
import { TracedText } from '../../text/traced-text.ts';

/** One `Key=value` of a unit file, continuation lines joined. */
export interface Assignment {
  readonly section: string;
  readonly key: string;
  /** Of the key. */
  readonly place: Place;
  readonly value: TracedText;
}

/** A line that systemd ignores or that makes it refuse the file. */
export interface UnitProblem {
  readonly place: Place;
  readonly message: string;
  /** systemd refuses to load the unit (`LoadState=error`). */
  readonly fatal: boolean;
}

export interface UnitFile {
  readonly path: string;
  readonly assignments: readonly Assignment[];
  readonly problems: readonly UnitProblem[];
}

/** systemd reads no longer line, continued ones counted whole. Source: LONG_LINE_MAX of systemd 252. */
const LONGEST_LINE = 1024 * 1024;

/** As `parseUnit`, of bytes: a line that is not UTF-8 makes systemd stop there. */
export function readUnit(path: string, bytes: Uint8Array): UnitFile {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!text.includes(REPLACEMENT) || isUtf8(bytes)) return parseUnit(path, text);
  // One character for one byte: lines are told apart by ASCII characters alone.
  const lines = new TextDecoder('latin1').decode(bytes).split(LINE_END);
  const badLines = lines.flatMap((line, index) => (isUtf8(bytesOf(line)) ? [] : [index + 1]));
  return parse(path, text, new Set(badLines));
}

/**
 * Reads a unit file or drop-in as systemd's config_parse() does: a backslash at the end of a line continues
 * it with a space, comment lines inside a continuation are skipped, `#` and `;` start comment lines only. Behind
 * a fatal problem systemd reads no further. Source: systemd.syntax(7); src/shared/conf-parser.c of systemd 252.
 */
export function parseUnit(path: string, content: string): UnitFile {
  return parse(path, content, new Set());
}

function parse(path: string, content: string, badLines: ReadonlySet<number>): UnitFile {
  const assignments: Assignment[] = [];
  const problems: UnitProblem[] = [];
  let section: string | undefined;
  for (const { text: line, isUtf8: isText, isTooLong } of logicalLines(path, content, badLines)) {
    const text = line.toString();
    const trimmedFrom = text.length - trimStart(text).length;
    const body = line.slice(trimmedFrom, trimEnd(text).length);
    const bodyText = body.toString();
    const place = placeOf(body, path);
    const report = (message: string, fatal = false): void => {
      problems.push({ place, message, fatal });
    };
    if (isTooLong) {
      report(`the line is longer than ${LONGEST_LINE} bytes, systemd reads no further`, true);
      break;
    }
    if (bodyText === '') continue;
    if (!isText) {
      report('the line is not UTF-8, systemd reads no further', true);
      break;
    }
    if (bodyText.startsWith('[')) {
      if (!bodyText.endsWith(']')) {
        report(`Invalid section header '${bodyText}'`, true);
        break;
      }
      section = bodyText.slice(1, -1);
      continue;
    }
    if (section === undefined) {
      report('Assignment outside of section. Ignoring.');
      continue;
    }
    const equals = bodyText.indexOf('=');
    if (equals <= 0) {
      report(equals === 0 ? "Missing key name before '=', ignoring line." : "Missing '=', ignoring line.");
      continue;
    }
    const rest = bodyText.slice(equals + 1);
    const valueFrom = equals + 1 + (rest.length - trimStart(rest).length);
    assignments.push({
      section,
      key: trimEnd(bodyText.slice(0, equals)),
      place,
      value: body.slice(valueFrom),
    });
  }
  return { path, assignments, problems };
}

interface LogicalLine {
  readonly text: TracedText;
  readonly isUtf8: boolean;
  readonly isTooLong: boolean;
}

/** Lines with continuations joined, without comments and empty lines. */
function logicalLines(path: string, content: string, badLines: ReadonlySet<number>): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let pending: TracedText[] = [];
  let pendingIsUtf8 = true;
  let length = 0;
  let markSeen = false;
  const finish = (): void => {
    lines.push({
      text: TracedText.concat(pending),
      isUtf8: pendingIsUtf8,
      isTooLong: length > LONGEST_LINE,
    });
    pending = [];
    pendingIsUtf8 = true;
    length = 0;
  };
  let index = -1;
  for (const { whole, place } of linesOf(path, content)) {
    index += 1;
    const bytes = byteLength(whole);
    if (bytes > LONGEST_LINE) {
      lines.push({ text: TracedText.literal(whole, place), isUtf8: true, isTooLong: true });
      return lines;
    }
    if (/^[ \t]*[#;]/.test(whole)) continue;
    const hasMark: boolean = !markSeen && whole.startsWith(MARK);
    markSeen ||= hasMark;
    const raw = hasMark ? whole.slice(MARK.length) : whole;
    if (pending.length === 0 && trimStart(raw) === '') continue;
    const continues = endsInOddBackslashes(raw);
    pending.push(TracedText.literal(continues ? raw.slice(0, -1) : raw, place));
    pendingIsUtf8 &&= !badLines.has(index + 1);
    length += bytes;
    if (!continues) finish();
    else {
      const origin = { kind: 'derived', rule: 'a continued line is joined with a space' } as const;
      pending.push(TracedText.from(' ', { ...origin, place: advance(place, raw.slice(0, -1)) }));
    }
  }
  if (pending.length > 0) finish();
  return lines;
}

interface Line {
  readonly whole: string;
  readonly place: Place;
}

/** As systemd ends them; a NUL that ends one begins no new line of the file. */
function* linesOf(path: string, content: string): Generator<Line> {
  let from = 0;
  let [line, lineFrom] = [1, 0];
  const placed = (to: number): Line => ({
    whole: content.slice(from, to),
    place: { file: path, line, column: from - lineFrom + 1 },
  });
  for (const { 0: end, index } of content.matchAll(new RegExp(LINE_END, 'g'))) {
    yield placed(index);
    from = index + end.length;
    if (end !== '\0') [line, lineFrom] = [line + 1, from];
  }
  yield placed(content.length);
}

/** Every character that ends a line counts once, and NUL ends it for good. Source: read_line() of systemd 252. */
const LINE_END = /(?:\r\n|\n\r|\r|\n)\0?|\0/;
const MARK = '\uFEFF';
const REPLACEMENT = '\uFFFD';

/** In UTF-8; for a line that is far too short to matter, in UTF-16 units. */
function byteLength(text: string): number {
  return text.length * 3 > LONGEST_LINE ? new TextEncoder().encode(text).length : text.length;
}

/** systemd's blanks are fewer than JavaScript's. */
function trimStart(text: string): string {
  return text.replace(/^[ \t\n\r]+/, '');
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\n\r'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function endsInOddBackslashes(line: string): boolean {
  let from = line.length;
  while (from > 0 && line.charAt(from - 1) === '\\') from -= 1;
  return (line.length - from) % 2 === 1;
}

function placeOf(text: TracedText, path: string): Place {
  const origin = text.slices[0]?.origin;
  return origin?.kind === 'literal' ? origin.place : { file: path, line: 1, column: 1 };
}

function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
