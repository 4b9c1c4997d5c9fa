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

/**
 * Reads a unit file or drop-in as systemd's config_parse() does: a backslash at the end of a line continues
 * it with a space, comment lines inside a continuation are skipped, `#` and `;` start comment lines only.
 * Source: systemd.syntax(7); src/shared/conf-parser.c of systemd 252.
 */
export function parseUnit(path: string, content: string): UnitFile {
  const assignments: Assignment[] = [];
  const problems: UnitProblem[] = [];
  let section: string | undefined;
  for (const line of logicalLines(path, content)) {
    const text = line.toString();
    const trimmedFrom = text.length - text.trimStart().length;
    const body = line.slice(trimmedFrom, text.trimEnd().length);
    const bodyText = text.trim();
    const place = placeOf(body, path);
    if (bodyText.startsWith('[')) {
      if (bodyText.endsWith(']')) section = bodyText.slice(1, -1);
      else problems.push({ place, message: `Invalid section header '${bodyText}'`, fatal: true });
      continue;
    }
    const equals = bodyText.indexOf('=');
    if (equals <= 0) {
      const message =
        equals === 0 ? "Missing key name before '=', ignoring line." : "Missing '=', ignoring line.";
      problems.push({ place, message, fatal: false });
      continue;
    }
    if (section === undefined) {
      problems.push({ place, message: 'Assignment outside of section. Ignoring.', fatal: false });
      continue;
    }
    const rest = bodyText.slice(equals + 1);
    const valueFrom = equals + 1 + (rest.length - rest.trimStart().length);
    assignments.push({
      section,
      key: bodyText.slice(0, equals).trimEnd(),
      place,
      value: body.slice(valueFrom),
    });
  }
  return { path, assignments, problems };
}

/** Lines with continuations joined, without comments and empty lines. */
function logicalLines(path: string, content: string): TracedText[] {
  const lines: TracedText[] = [];
  let pending: TracedText[] = [];
  const withoutMark = content.startsWith('\uFEFF') ? content.slice(1) : content;
  withoutMark.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const lead = raw.trimStart();
    if (lead.startsWith('#') || lead.startsWith(';') || (pending.length === 0 && lead === '')) return;
    const place: Place = { file: path, line: index + 1, column: 1 };
    const continues = endsInOddBackslashes(raw);
    const piece = TracedText.literal(continues ? raw.slice(0, -1) : raw, place);
    if (continues) {
      const blank = TracedText.from(' ', {
        kind: 'derived',
        rule: 'a continued line is joined with a space',
        place: advance(place, raw.slice(0, -1)),
      });
      pending.push(piece, blank);
      return;
    }
    const line = TracedText.concat([...pending, piece]);
    pending = [];
    if (line.toString().trim() !== '') lines.push(line);
  });
  if (pending.length > 0) lines.push(TracedText.concat(pending));
  return lines;
}

function endsInOddBackslashes(line: string): boolean {
  const run = /\\*$/.exec(line)?.[0].length ?? 0;
  return run % 2 === 1;
}

function placeOf(text: TracedText, path: string): Place {
  const origin = text.slices[0]?.origin;
  return origin?.kind === 'literal' ? origin.place : { file: path, line: 1, column: 1 };
}
