import type { FileTrace } from '../../documents/file-trace.ts';
import type { KnownHost } from '../../graph/known-host.ts';
import type { Host } from '../../host/host.ts';
import type { GeneratedFile } from '../../knowledge/knowledge.ts';
import { assignmentOn } from './assignment-on.ts';
import { argumentsIn } from '../generator-arguments.ts';
import { type FileReader, readersOf } from './file-readers.ts';
import { LineOrigins } from './line-origins.ts';
import { overridesInFile } from './overrides-in-file.ts';
import type { FileAddress } from './parse-file-address.ts';
import { type FileText, readFileText } from './read-file-text.ts';
import { hiddenParts } from '../hidden-parts.ts';
import { shownRerender } from '../shown-rerender.ts';
import { writersOfFile } from '../writers.ts';
import { slicesOfLine, unexplained } from './slices-of-line.ts';

interface FileTraceOptions {
  readonly showSecrets: boolean;
}

/**
 * Where a file of a host comes from: what made it and from which arguments, who reads it, and for a line or a
 * character the way of each slice back to where it was written. Throws `CouldNotRun` for what is no file, and for a
 * line or column that it does not have.
 */
export function traceFile(known: KnownHost, asked: FileAddress, options: FileTraceOptions): FileTrace {
  const { path, line, column } = asked;
  const file = readFileText(known.host, asked);
  const note = known.noteOn(path);
  const generated = known.explainFile(path);
  const readers = readersOf(known, path);
  return {
    apiVersion: 'cutover/v1',
    kind: 'FileTrace',
    file: path,
    ...(file.target === path ? {} : { target: file.target }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    mode: file.mode,
    ...(note.owner === undefined ? {} : { owner: note.owner }),
    ...(note.ownerVersion === undefined ? {} : { ownerVersion: note.ownerVersion }),
    ...(note.purpose === undefined ? {} : { purpose: note.purpose }),
    readBy: readers.map(({ unit, how, via }) => ({ unit, how, ...(via === undefined ? {} : { via }) })),
    ...(generated === undefined ? {} : { generated: describe(known.host, generated, options) }),
    ...(generated === undefined ? writtenBy(readers, path) : overridden(asked, generated, readers)),
    ...(line === undefined
      ? { slices: [] }
      : onLine({ path, line, column, file, generated, readers }, options)),
    notExamined: [],
  };
}

function describe(
  host: Host,
  generated: GeneratedFile,
  { showSecrets }: FileTraceOptions,
): FileTrace['generated'] {
  const { template, notes } = generated;
  return {
    ...(template === undefined ? {} : { template }),
    arguments: argumentsIn(generated.content, generated),
    rerender: shownRerender(host, generated, showSecrets),
    ...(notes === undefined ? {} : { notes: [...notes] }),
  };
}

/** Where an own version of the file, or of the line asked for, would last. */
function overridden(
  { path, line }: FileAddress,
  generated: GeneratedFile,
  readers: readonly FileReader[],
): Pick<FileTrace, 'overrides' | 'futileOverrides'> {
  const made = argumentsIn(generated.content, generated).filter(
    ({ lines }) => line === undefined || lines.includes(line),
  );
  const subjects = readers.flatMap(({ subject }) => subject ?? []);
  return overridesInFile(path, generated, made, [...new Set(subjects)]);
}

/** Of an environment file that no generator makes: who writes it while the machine runs. */
function writtenBy(readers: readonly FileReader[], path: string): Pick<FileTrace, 'writers'> {
  const subject = readers.find(({ how }) => how === 'environment-file')?.subject;
  const writers = subject === undefined ? [] : writersOfFile(subject, path);
  return writers.length === 0 ? {} : { writers };
}

interface OnLine {
  readonly path: string;
  readonly line: number;
  readonly column: number | undefined;
  readonly file: FileText;
  readonly generated: GeneratedFile | undefined;
  readonly readers: readonly FileReader[];
}

function onLine(
  { path, line, column, file, generated, readers }: OnLine,
  { showSecrets }: FileTraceOptions,
): Pick<FileTrace, 'text' | 'slices' | 'assignment'> {
  const text = file.lines[line - 1] ?? '';
  const hidden = { lines: file.lines, mode: Number.parseInt(file.mode, 8) };
  const secrets = showSecrets ? undefined : (hiddenParts(hidden, generated)[line - 1] ?? []);
  const assignment = assignmentOn(path, file.lines, line, readers, showSecrets);
  const made =
    generated === undefined
      ? undefined
      : (new LineOrigins(file.lines, generated).of(line) ?? unexplained(text, generated));
  const slices =
    generated === undefined || made === undefined ? [] : slicesOfLine(made, line, generated, secrets);
  const isHidden = (secrets?.length ?? 0) > 0 || slices.some(({ masked }) => masked === true);
  const shown = assignment === undefined || !isHidden ? assignment : { ...assignment, value: null };
  // A file that no unit reads and no generator makes is none of ours to show.
  const isOurs = generated !== undefined || readers.some(({ how }) => how !== 'named');
  return {
    text: isHidden || !isOurs || shown?.value === null ? null : text,
    slices: column === undefined ? slices : slices.filter(({ from, to }) => from < column && column <= to),
    ...(shown === undefined ? {} : { assignment: shown }),
  };
}
