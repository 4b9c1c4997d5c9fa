import { safe, type Screen } from '../report/terminal/screen.ts';
import { sentenceLines } from '../report/terminal/sentence-lines.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { HostError } from '../host/host.ts';
import { showPlace } from '../text/place.ts';
import { hostFailure } from './host-failure.ts';

export interface OutputOptions {
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** What standard output is: coloured and as wide as the terminal, or plain and unlimited (or COLUMNS) in a pipe. */
export function screenOf(options: OutputOptions): Screen {
  const terminal = process.stdout.isTTY;
  const colour =
    options.color !== false && terminal && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  return { colour, width: terminal ? process.stdout.columns : columnsAsked(), ascii: !isUtf8() };
}

/** What standard error is: never coloured. */
export function errorScreen(): Screen {
  const { isTTY, columns } = process.stderr;
  return { colour: false, width: isTTY ? columns : undefined, ascii: !isUtf8() };
}

/** As setlocale(3) finds the character set: the first of these that is set and not empty counts. */
function isUtf8(): boolean {
  const locale = process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || '';
  return /utf-?8/i.test(locale);
}

function columnsAsked(): number | undefined {
  const columns = Number(process.env['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

export function print(text: string): void {
  process.stdout.write(text);
}

export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Says on standard error why something could not run; with `--json` also as a document on standard output. */
export function printFailure(error: unknown, options: OutputOptions): void {
  const failure = asFailure(error);
  if (options.json === true) printJson({ apiVersion: 'cutover/v1', kind: 'Error', ...failure });
  const screen = errorScreen();
  const label = 'cutover: ';
  const [first = '', ...more] = sentenceLines(screen, failure.what, label.length);
  const lines = [
    `${label}${first.trimStart()}`,
    ...more,
    ...(failure.where === undefined ? [] : [`  where: ${safe(failure.where)}`]),
    ...(failure.why === undefined ? [] : [`  why:   ${safe(failure.why)}`]),
    ...(failure.next === undefined ? [] : [`  next:  ${safe(failure.next)}`]),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

interface Failure {
  readonly what: string;
  readonly where?: string | undefined;
  readonly why?: string | undefined;
  readonly next?: string | undefined;
}

function asFailure(error: unknown): Failure {
  if (error instanceof CouldNotRun) {
    const where = error.place === undefined ? undefined : showPlace(error.place);
    return { what: error.what, where, why: error.why, next: error.next };
  }
  if (error instanceof HostError) return hostFailure(error);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { what: `this is a fault of cutover itself: ${text}` };
}
