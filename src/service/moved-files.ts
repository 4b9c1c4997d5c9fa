import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Closure } from '../formats/elf/loader/resolve-closure.ts';
import type { MappedPath } from '../formats/proc-maps/parse-maps.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { elfFilesOf } from './elf-files.ts';

/** What a start now would load from `path`, and the file that the process has instead. */
export interface MovedFile {
  readonly path: string;
  readonly movedTo: string;
}

/**
 * The kernel's list of mappings follows a file that is renamed. So a file that was moved aside shows only against what
 * the loader would take now: another file with the same SONAME, or for the program itself the name it was started by. A
 * process of another program tells nothing.
 */
export function movedFiles(
  host: Host,
  seen: Host,
  pid: number,
  maps: readonly MappedPath[],
  { objects, program }: Closure,
): MovedFile[] {
  const paths = new Set(maps.map(({ path }) => path));
  const own = movedProgram(host, pid, program, paths);
  if (own === undefined && !paths.has(program.realPath)) return [];
  const wanted = new Set(objects.map(({ realPath }) => realPath));
  const others = maps.filter(({ path, deleted }) => !deleted && !wanted.has(path));
  const moved = objects.slice(1).flatMap(({ realPath, elf }): MovedFile[] => {
    const soname = elf.dynamic?.soname;
    if (soname === undefined || paths.has(realPath)) return [];
    const instead = others.find(({ path }) => sonameOf(seen, path) === soname);
    return instead === undefined ? [] : [{ path: realPath, movedTo: instead.path }];
  });
  return own === undefined ? moved : [own, ...moved];
}

function movedProgram(
  host: Host,
  pid: number,
  { path, realPath }: LoadedObject,
  mapped: ReadonlySet<string>,
): MovedFile | undefined {
  const startedAs = ifReadable(() => Buffer.from(host.readFile(`/proc/${pid}/cmdline`)).toString())?.split(
    '\0',
  )[0];
  const now = ifReadable(() => host.readLink(`/proc/${pid}/exe`));
  if (startedAs !== path || now === undefined || now === realPath || !mapped.has(now)) return undefined;
  return { path, movedTo: now };
}

function sonameOf(seen: Host, path: string): string | undefined {
  const elf = ifReadable(() => elfFilesOf(seen).lookup(path))?.elf;
  return elf?.kind === 'elf' ? elf.dynamic?.soname : undefined;
}
