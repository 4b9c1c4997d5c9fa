import type { FileTraceAssignment } from '../../documents/file-trace.ts';
import { parseEnvironmentFile } from '../../formats/environment-file/parse-environment-file.ts';
import { parseUnit } from '../../formats/unit/parse-unit.ts';
import type { Subject } from '../../graph/subject.ts';
import type { Place } from '../../text/place.ts';
import { holdsSecretValue } from '../../text/secrets.ts';
import type { TracedText } from '../../text/traced-text.ts';
import { traceDirective } from '../trace-directive.ts';
import type { FileReader } from './file-readers.ts';

/** What stands on a line of a unit file, a drop-in or an environment file; undefined for a comment and the like. */
export function assignmentOn(
  path: string,
  lines: readonly string[],
  line: number,
  readers: readonly FileReader[],
  showSecrets: boolean,
): FileTraceAssignment | undefined {
  const text = lines.join('\n');
  if (readers.some(({ how }) => how === 'unit-file' || how === 'drop-in' || how === 'manager')) {
    const found = parseUnit(path, text).assignments.find((one) => covers(one.place, one.value, line));
    if (found === undefined) return undefined;
    const { key, section, value, place } = found;
    const plain = value.toString();
    const isMasked = !showSecrets && holdsSecretValue(key, plain);
    return {
      kind: 'directive',
      name: key,
      section,
      value: isMasked ? null : plain,
      place,
      units: readers.flatMap((reader) =>
        unitsOf(reader, (subject) => directiveWins(subject, key, place.line, path)),
      ),
    };
  }
  const isRead = readers.filter(({ how }) => how === 'environment-file');
  if (isRead.length === 0) return undefined;
  const found = parseEnvironmentFile(path, text).assignments.find((one) =>
    covers(one.place, one.value, line),
  );
  if (found === undefined) return undefined;
  const { name, value, place } = found;
  return {
    kind: 'variable',
    name,
    value: !showSecrets && holdsSecretValue(name, value.toString()) ? null : value.toString(),
    place,
    units: isRead.flatMap((reader) =>
      unitsOf(reader, (subject) => variableWins(subject, name, place.line, path)),
    ),
  };
}

/** From the line of its name to that of its last character. */
function covers(place: Place, value: TracedText, line: number): boolean {
  const origin = value.slices.at(-1)?.origin;
  const last = origin !== undefined && 'place' in origin ? (origin.place?.line ?? place.line) : place.line;
  return place.line <= line && line <= last;
}

function unitsOf(
  { unit, subject }: FileReader,
  wins: (subject: Subject) => boolean,
): FileTraceAssignment['units'] {
  return subject === undefined ? [] : [{ unit, wins: wins(subject) }];
}

function directiveWins(subject: Subject, name: string, line: number, path: string): boolean {
  const isSame = isFileOf(subject, path);
  const { layers } = traceDirective(subject, name, { showSecrets: false });
  return layers.some((layer) => layer.wins && layer.line === line && isSame(layer.file));
}

function variableWins(subject: Subject, name: string, line: number, path: string): boolean {
  const variable = subject.service.environment.effective.get(name);
  return (
    variable?.layer.kind === 'file' &&
    variable.place?.line === line &&
    isFileOf(subject, path)(variable.layer.path)
  );
}

function isFileOf({ host }: Subject, path: string): (candidate: string) => boolean {
  const target = host.realPath(path);
  return (candidate) => candidate === path || host.realPath(candidate) === target;
}
