import { CouldNotRun } from '../documents/could-not-run.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Closure } from '../formats/elf/loader/resolve-closure.ts';
import type { Malformed } from '../formats/elf/malformed.ts';
import type { Host } from '../host/host.ts';
import type { ElfFiles } from './elf-files.ts';
import type { HiddenBy } from './hidden-by.ts';

/** A library at which the loader stops, so that the program does not start. */
export interface LoaderRefusal {
  readonly path: string;
  readonly name: string;
  readonly requestedBy: LoadedObject | undefined;
  readonly because: CouldNotRun;
}

/** The libraries of a program that are there and of no use: damaged, cut off, hidden by the unit. Those that are absent are not among them. */
export function loaderRefusals(closure: Closure, files: ElfFiles, hiddenBy: HiddenBy): LoaderRefusal[] {
  const unusable = closure.missing.flatMap(({ name, requestedBy, fatal, tried }): LoaderRefusal[] => {
    const last = tried.at(-1);
    if (!fatal || last?.outcome !== 'unusable') return [];
    const { path, reason = 'the loader can not use it' } = last;
    return [{ path, name, requestedBy, because: whyUnusable(path, reason, files, hiddenBy) }];
  });
  const cut = closure.objects.flatMap((object): LoaderRefusal[] => {
    const because = cutOff(files.host, object);
    const { path, name, requestedBy } = object;
    return because === undefined ? [] : [{ path, name, requestedBy, because }];
  });
  return [...unusable, ...cut];
}

function whyUnusable(
  path: string,
  reason: string,
  { host, lookup }: ElfFiles,
  hiddenBy: HiddenBy,
): CouldNotRun {
  const line = hiddenBy(path);
  if (line !== undefined) return kept(path, line);
  const elf = lookup(path)?.elf;
  if (elf?.kind === 'malformed') return damaged(path, elf);
  const facts = host.stat(path);
  if (facts?.type === 'file' && facts.size < MAGIC_SIZE) return damaged(path, endsEarly(facts.size));
  return damaged(path, { kind: 'malformed', reason, offset: 0 });
}

/** The loader maps what the program headers say; past the end of the file the process dies at the first touch. */
export function cutOff(host: Host, { path, elf }: LoadedObject): CouldNotRun | undefined {
  const size = host.stat(path)?.size ?? 0;
  const cut = elf.segments.find(({ type, offset, fileSize }) => type === 'load' && offset + fileSize > size);
  const reason = 'the file ends before the parts that are loaded do';
  return cut === undefined ? undefined : damaged(path, { kind: 'malformed', reason, offset: size });
}

/** In bytes: ELF's magic number, without which nothing tells what a file was meant to be. */
export const MAGIC_SIZE = 4;

export function endsEarly(size: number): Malformed {
  return { kind: 'malformed', reason: `a file of ${size} bytes can't be an ELF file`, offset: size };
}

function kept(path: string, line: string): CouldNotRun {
  return new CouldNotRun(`${path} is hidden from the service by ${line}`, {
    why: 'In its place the loader finds a file of no bytes, refuses it, and looks no further.',
    next: 'Take the path out of that line, or take it out of where the loader looks.',
  });
}

/** What a damaged program or library means, said once for all who come upon one. */
export function damaged(path: string, malformed: Malformed): CouldNotRun {
  return new CouldNotRun(`${path} is damaged: ${malformed.reason} (at byte ${malformed.offset})`, {
    why: 'The loader refuses such a file, and what it needs or provides can not be known.',
    next: 'Copy the file again from where it was built, or reinstall its package.',
  });
}
