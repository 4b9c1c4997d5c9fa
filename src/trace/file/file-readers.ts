import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { FileTraceReader } from '../../documents/file-trace.ts';
import type { KnownHost } from '../../graph/known-host.ts';
import { Subject } from '../../graph/subject.ts';
import { HostError } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { hostServices } from '../../service/host-services.ts';
import { dropInPaths } from '../../service/load-unit.ts';
import { managerFiles } from '../../service/system-conf.ts';
import { unitFilesOf } from '../../service/unit-files.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import type { Place } from '../../text/place.ts';

export interface FileReader extends FileTraceReader {
  /** Left out for a unit that is no service or that can't be loaded. */
  readonly subject?: Subject;
}

/** Who reads a file: the units it is a part of, gives variables to, or is named by. */
export function readersOf(known: KnownHost, path: string): FileReader[] {
  const isFile = sameFile(known, path);
  const subjects = subjectsOf(known);
  const readers = subjects.flatMap((subject) => readersIn(subject, isFile));
  const isOfUnit = readers.some(({ how }) => how === 'unit-file' || how === 'drop-in');
  const loaded = new Set(subjects.flatMap(({ service }) => service.unit.names));
  const own = isOfUnit
    ? []
    : unitOf(path).filter(({ unit, how }) => !loaded.has(unit) && isReadAs(known, unit, how, isFile));
  const isOfManager = managerFiles(known.host).some(isFile);
  return [...(isOfManager ? [{ unit: 'init.scope', how: 'manager' } as const] : []), ...own, ...readers];
}

type IsFile = (candidate: string) => boolean;

/** Whether a path leads to the file. Only a path that ends like it is looked at. */
function sameFile({ host }: KnownHost, path: string): IsFile {
  const target = host.realPath(path) ?? path;
  const name = path.slice(path.lastIndexOf('/'));
  return (candidate) => {
    if (candidate === path || candidate === target) return true;
    if (!candidate.endsWith(name)) return false;
    return ifReadable(() => host.realPath(candidate)) === target;
  };
}

/** Whether systemd would read the file for the unit: no other file of the same name hides it. */
function isReadAs({ host }: KnownHost, unit: string, how: FileReader['how'], isFile: IsFile): boolean {
  const paths =
    how === 'drop-in'
      ? dropInPaths(host, [unit])
      : [ifReadable(() => unitFilesOf(host, unit.slice(unit.lastIndexOf('.'))).fileOf(unit))];
  return paths.some((candidate) => candidate !== undefined && isFile(candidate));
}

function subjectsOf(known: KnownHost): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const name of hostServices(known.host).names) {
    try {
      const subject = new Subject(known.host, name, known);
      subjects.set(subject.service.name, subject);
    } catch (error) {
      // Who asks for a file isn't helped by what is wrong with another service.
      if (!(error instanceof CouldNotRun) && !(error instanceof HostError)) throw error;
    }
  }
  return [...subjects.values()];
}

function readersIn(subject: Subject, isFile: IsFile): FileReader[] {
  const { name, unit, environment } = subject.service;
  const reader = (how: FileReader['how'], place?: Place): FileReader => ({
    unit: name,
    how,
    ...(place === undefined ? {} : { via: { file: place.file, line: place.line } }),
    subject,
  });
  if (isFile(unit.fragment.path)) return [reader('unit-file')];
  if (unit.dropIns.some((dropIn) => isFile(dropIn.path))) return [reader('drop-in')];
  const layer = environment.layers.findLast(
    (candidate) => candidate.kind === 'file' && candidate.resetBy === undefined && isFile(candidate.path),
  );
  if (layer?.kind === 'file') return [reader('environment-file', layer.directive.place)];
  for (const { key, value, place } of unit.assignments) {
    if (key !== 'EnvironmentFile' && pathsIn(value.toString()).some(isFile)) return [reader('named', place)];
  }
  for (const { value, place } of environment.effective.values()) {
    if (place !== undefined && pathsIn(value.toString()).some(isFile)) return [reader('named', place)];
  }
  return [];
}

/** The absolute paths in a value, those of file URLs included. */
function pathsIn(value: string): string[] {
  return [...value.matchAll(/(?<![\w.])(?:file:\/\/)?(\/[^\s:;,'"=|&]+)/g)].map((match) => match[1] ?? '');
}

/** The unit that a file belongs to by its path alone: no service, a template, or one that can't be loaded. */
function unitOf(path: string): FileReader[] {
  const directory = UNIT_SEARCH_PATH.find((candidate) => path.startsWith(`${candidate}/`));
  const [name = '', dropIn, ...deeper] =
    directory === undefined ? [] : path.slice(directory.length + 1).split('/');
  if (deeper.length > 0) return [];
  if (dropIn === undefined) return UNIT_NAME.test(name) ? [{ unit: name, how: 'unit-file' }] : [];
  const unit = name.replace(/\.d$/, '');
  return dropIn.endsWith('.conf') && name.endsWith('.d') && UNIT_NAME.test(unit)
    ? [{ unit, how: 'drop-in' }]
    : [];
}

const UNIT_NAME = /\.(?:service|socket|target|timer|mount|automount|path|slice|scope|swap|device)$/;
