import type { TraceWriter } from '../documents/trace.ts';
import type { Subject } from '../graph/subject.ts';
import { findRuns, findWriters, type Writer } from '../service/writers/find-writers.ts';
import { mentionsVariable } from '../service/writers/variables-in.ts';
import { absentFiles } from './absent-files.ts';
import { isSeenToWrite, writersToMind } from './override-notes.ts';

/** Who writes the value of a variable at run time. */
export interface FoundWriters {
  readonly writers: TraceWriter[];
  readonly notExamined: string[];
}

/**
 * Where the file that gives a variable its value is neither a package's nor a generator's: the programs that write
 * it, and the unit lines that run them. Files that are absent today count, where a program is seen to write the
 * variable into them.
 */
export function writersOf(subject: Subject, name: string): FoundWriters {
  const winner = subject.service.environment.effective.get(name)?.layer;
  const ofAbsent = absentFiles(subject).flatMap((path) => willWrite(subject, path, name));
  if (winner?.kind !== 'file' || isExplained(subject, winner.path))
    return { writers: ofAbsent, notExamined: [] };
  const found = writersOfFile(subject, winner.path);
  return {
    writers: [...found, ...ofAbsent],
    notExamined: found.length > 0 ? [] : notFound(subject, winner.path),
  };
}

function notFound(subject: Subject, path: string): string[] {
  const { intended, writer } = subject.noteOn(path);
  if (intended === 'operator') return [];
  const reason =
    writer === undefined
      ? 'no package is known to own it, and nothing on this host was found that writes it'
      : `${writer.program} does (${writer.why}), and no unit of this host was found that runs it`;
  return [`who writes ${path}: ${reason}`];
}

/** The programs that write a file at run time, as documents have them. */
export function writersOfFile(subject: Subject, path: string): TraceWriter[] {
  const { host, service } = subject;
  const known = subject.noteOn(path).writer;
  const found = findWriters(host, service, path);
  if (known === undefined || found.some(isSeenToWrite)) {
    return found.filter((writer) => !isReader(subject, writer)).map((writer) => described(subject, writer));
  }
  const named = found.filter(
    (writer) => writer.kind === 'command' && baseOf(writer.touch.program) === known.program,
  );
  const runs = named.length > 0 ? named : findRuns(host, service, known.program);
  return runs.map((writer) => ({
    ...described(subject, writer),
    why: `${known.why}; it runs ${when(subject, writer)}`,
  }));
}

function isExplained(subject: Subject, path: string): boolean {
  return subject.noteOn(path).owner !== undefined || subject.explainFile(path) !== undefined;
}

/** Those who are seen, or known, to write the variable into a file that is absent today. */
function willWrite(subject: Subject, path: string, name: string): TraceWriter[] {
  const note = subject.noteOn(path);
  const seen = writersToMind(subject, path, note).filter(
    (writer) => isSeenToWrite(writer) && mentionsVariable(subject.host, writer, name),
  );
  const isKnown = seen.length === 0 && note.writer?.variables?.includes(name) === true;
  const writers = isKnown ? writersOfFile(subject, path) : seen.map((writer) => described(subject, writer));
  return writers.map(({ why, ...rest }) => ({ ...rest, why: `${why}; ${path} is absent until then` }));
}

/** The service's own program names the files that it reads. */
function isReader({ service }: Subject, writer: Writer): boolean {
  return (
    writer.kind === 'command' &&
    writer.touch.kind === 'names' &&
    writer.unit === service.name &&
    (writer.directive === 'ExecStart' || writer.directive === 'ExecReload')
  );
}

function described(subject: Subject, writer: Writer): TraceWriter {
  if (writer.kind === 'tmpfiles') {
    const { place, type, writes } = writer.line;
    return {
      program: 'systemd-tmpfiles',
      via: { file: place.file, line: place.line },
      unit: 'systemd-tmpfiles-setup.service',
      why: `a line of type ${type}: at boot, ${writes}`,
    };
  }
  const { touch, place, unit } = writer;
  const at = touch.place === undefined ? '' : ` in ${touch.place.file}:${touch.place.line}`;
  const what =
    touch.kind === 'writes'
      ? `${touch.how}${at}`
      : `inferred: ${touch.how}${at}; whether it reads or writes the file is not told`;
  return {
    program: touch.program,
    via: { file: place.file, line: place.line },
    unit,
    why: `${what}; ${when(subject, writer)}`,
  };
}

function when({ service }: Subject, writer: Writer): string {
  if (writer.kind === 'tmpfiles') return 'at boot';
  const { unit, directive, startedBy } = writer;
  const starters = startedBy.length === 0 ? '' : `, which ${startedBy.join(', ')} starts`;
  if (unit !== service.name) return `when ${unit} runs${starters}`;
  const own: Readonly<Record<string, string>> = {
    ExecCondition: 'before every start',
    ExecStartPre: 'before every start',
    ExecReload: 'at every reload',
    ExecStop: 'at every stop',
    ExecStopPost: 'after every stop',
  };
  return own[directive] ?? 'at every start';
}

function baseOf(program: string): string {
  return program.split('/').at(-1) ?? program;
}
