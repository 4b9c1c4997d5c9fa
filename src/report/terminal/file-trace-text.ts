import type {
  FileTrace,
  FileTraceArgument,
  FileTraceReader,
  FileTraceSlice,
} from '../../documents/file-trace.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';
import { sentenceLines } from './sentence-lines.ts';
import { configSentences, rerenderSentences } from './trace-generator-text.ts';
import { hopSection, originCells, sliceSection } from './trace-hops-text.ts';
import { overrideSections } from './trace-overrides-text.ts';
import { commonDirectory, placeText } from './trace-places.ts';
import { writerSection } from './trace-writers-text.ts';
import { shellWord } from '../../text/shell-word.ts';

/** A trace of a file, of a line of it or of one character, for people. */
export function fileTraceText(screen: Screen, trace: FileTrace): string {
  const base = commonDirectory(sourcesOf(trace));
  const asked = [trace.file, trace.line, trace.column].filter((part) => part !== undefined).join(':');
  const lines = [
    paint(screen, 'bold', safe(asked)),
    ...lineLines(screen, trace),
    '',
    ...aboutLines(screen, trace, base),
    '',
    ...(trace.line === undefined ? argumentSection(screen, trace, base) : sliceSections(screen, trace, base)),
    ...writerSection(screen, trace.writers ?? []),
    ...overrideSections(screen, trace),
    ...closingLines(screen, trace),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The line asked for, and a mark under the slice that holds the column asked for. */
function lineLines(screen: Screen, trace: FileTrace): string[] {
  const { line, column, text, slices } = trace;
  if (line === undefined) return [];
  if (text === undefined || text === null) return [`  (not shown: ${whyHidden(trace)})`];
  const shown = safe(text);
  const [slice] = column === undefined ? [] : slices;
  if (slice === undefined) return [`  ${shown}`];
  const at = safe(text.slice(0, slice.from)).length;
  const width = Math.max(1, safe(text.slice(slice.from, slice.to)).length);
  return [`  ${shown}`, `  ${' '.repeat(at)}${paint(screen, 'green', '^'.repeat(width))}`];
}

function whyHidden({ generated, readBy }: FileTrace): string {
  return generated !== undefined || readBy.some(({ how }) => how !== 'named')
    ? 'it holds a secret; --show-secrets shows it'
    : 'no generator made the file, and no unit reads it as its own';
}

function aboutLines(screen: Screen, trace: FileTrace, base: string): string[] {
  const { target, owner, ownerVersion, purpose, mode, generated, readBy, assignment } = trace;
  const template = generated?.template;
  const cells: [string, string][] = [
    ...(target === undefined ? [] : [['is', safe(target)] satisfies [string, string]]),
    ...(template === undefined ? [] : [['made by', placeText(template, base)] satisfies [string, string]]),
    ...(generated === undefined
      ? [['made by', 'nothing that is known here: no generator writes it'] satisfies [string, string]]
      : []),
    ...(owner === undefined
      ? []
      : [['owner', safe([owner, ownerVersion ?? ''].join(' ').trimEnd())] satisfies [string, string]]),
    ...(purpose === undefined ? [] : [['purpose', safe(purpose)] satisfies [string, string]]),
    ['mode', mode],
    ...(readBy.length === 0
      ? [['read by', 'no service whose unit names it'] satisfies [string, string]]
      : readBy.map((reader, index): [string, string] => [index === 0 ? 'read by' : '', readerText(reader)])),
    ...(assignment === undefined ? [] : assignmentCells(trace)),
  ];
  return rows(screen, cells, 2);
}

function readerText({ unit, how, via }: FileTraceReader): string {
  const place = via === undefined ? '' : `, ${safe(via.file)}:${via.line}`;
  switch (how) {
    case 'unit-file':
      return `${safe(unit)}, as its unit file`;
    case 'drop-in':
      return `${safe(unit)}, as a drop-in`;
    case 'environment-file':
      return `${safe(unit)}, for its environment${place}`;
    case 'manager':
      return `the system manager (${safe(unit)}), for every service`;
    case 'named':
      return `${safe(unit)} names it${place}`;
  }
}

function assignmentCells({ assignment, text }: FileTrace): [string, string][] {
  if (assignment === undefined) return [];
  const { kind, name, section, value, units } = assignment;
  const where = section === undefined ? '' : ` in [${safe(section)}]`;
  const shown = value === null ? '(secret; --show-secrets shows it)' : value === '' ? '(empty)' : safe(value);
  // The line itself is shown above.
  const is = value !== null && value !== '' && text?.includes(value) === true ? '' : ` = ${shown}`;
  const verdicts = units.map(({ unit, wins }) => {
    const next = `cutover trace ${safe(shellWord(unit))} ${safe(shellWord(name))}`;
    return wins ? `${safe(unit)} gets this value` : `${safe(unit)} gets another value: ${next}`;
  });
  return [
    [kind, `${safe(name)}${where}${is}`],
    ...verdicts.map((verdict): [string, string] => ['', verdict]),
  ];
}

function argumentSection(screen: Screen, { generated }: FileTrace, base: string): string[] {
  if (generated === undefined) return [];
  const where = base === '' ? '' : `, in ${safe(base)}`;
  if (generated.arguments.length === 0) {
    if (generated.rerender.result === 'not-possible') return [];
    return [...paragraph(screen, `no argument went into it: it stands so in the template${where}`, 2), ''];
  }
  const cells = generated.arguments.map((argument): [string, string] => [
    linesText(argument.lines),
    argumentText(argument, base),
  ]);
  return [
    ...paragraph(screen, `arguments that went into it; other lines stand so in the template${where}`, 2),
    ...rows(screen, cells, 4),
    '',
  ];
}

function argumentText({ name, use, setAt, why, config }: FileTraceArgument, base: string): string {
  if (use === 'case') return `there because ${safe(why ?? `of ${name}`)}`;
  const reason = why === undefined ? '' : ` (${safe(why)})`;
  const given = `given in ${safe(config?.file ?? "the operator's config")}`;
  return `${safe(name)}  ${setAt === undefined ? given : `set at ${placeText(setAt, base)}`}${reason}`;
}

/** `line 3`, `lines 3-5, 8`. */
function linesText(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  const text = runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
  return `${lines.length === 1 ? 'line' : 'lines'} ${text}`;
}

function sliceSections(screen: Screen, { file, slices, line, column }: FileTrace, base: string): string[] {
  const [only] = slices;
  if (only === undefined || line === undefined) return [];
  const where = base === '' ? '' : `, in ${safe(base)}`;
  // The line feed says nothing where there is anything else.
  const shown = slices.length > 1 ? slices.filter(({ text }) => text !== '\n') : slices;
  if (column !== undefined) {
    const cells = originCells(only, sliceText(only), { base, file });
    return [
      ...hopSection(screen, `made by${where}`, only.hops, base),
      ...paragraph(screen, only.hops.length === 0 ? `written${where}` : 'written', 2),
      ...rows(screen, [cells], 4),
      '',
    ];
  }
  const hops = distinct(shown);
  return [
    ...hopSection(screen, `made by${where}`, hops, base),
    ...sliceSection(
      screen,
      hops.length === 0 ? `the line, piece by piece${where}` : 'the line, piece by piece',
      shown.map((slice) => ({ ...slice, text: plainText(slice) })),
      { base, file },
    ),
  ];
}

function sliceText(slice: FileTraceSlice): string {
  return slice.masked === true ? '(secret; --show-secrets shows it)' : `'${safe(plainText(slice))}'`;
}

/** Without the line feed, but where there is nothing else. */
function plainText({ text, masked }: FileTraceSlice): string {
  if (masked === true) return '(secret)';
  return text.length > 1 ? text.replace(/\n$/, '') : text;
}

function distinct(slices: readonly FileTraceSlice[]): FileTraceSlice['hops'] {
  const byKey = new Map(slices.flatMap(({ hops }) => hops).map((hop) => [JSON.stringify(hop), hop]));
  return [...byKey.values()];
}

function sourcesOf({ file, target, generated, slices }: FileTrace): string[] {
  const hops = slices.flatMap((slice) => slice.hops.map((hop) => hop.file));
  const origins = slices.flatMap(({ origin }) => (origin.file === undefined ? [] : [origin.file]));
  const template = generated?.template === undefined ? [] : [generated.template.file];
  const args = (generated?.arguments ?? []).flatMap(({ setAt }) => (setAt === undefined ? [] : [setAt.file]));
  return [...template, ...args, ...hops, ...origins].filter((path) => path !== file && path !== target);
}

function closingLines(screen: Screen, { generated, notExamined, line }: FileTrace): string[] {
  if (generated === undefined) return [];
  return [
    // Of a line the places for an override say it.
    ...(line === undefined ? configSentences(generated.arguments) : []),
    ...rerenderSentences(generated.rerender),
    ...(generated.notes ?? []),
    ...notExamined.map((what) => `not examined: ${what}`),
  ].flatMap((sentence) => sentenceLines(screen, sentence, 2));
}
