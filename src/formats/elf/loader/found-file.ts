import type { ElfHeader } from '../elf-header.ts';
import type { Elf, ElfResult } from '../parse-elf.ts';

/** What is at a path: undefined when there is no file. Called at most once for a path. */
export type Lookup = (path: string) => FoundFile | undefined;

export interface FoundFile {
  readonly realPath: string;
  /** Equal for two names of one file, hard links included; the real path when it is not given. */
  readonly identity?: string;
  /** The file belongs to those that a program with privileges may preload. */
  readonly setUserId?: boolean;
  readonly elf: ElfResult;
}

/** After `other-class`, `other-machine` and `not-set-user-id` the search goes on; at an unusable file the loader gives up. */
export interface Refusal {
  readonly outcome: 'absent' | 'other-class' | 'other-machine' | 'not-set-user-id' | 'unusable';
  readonly reason?: string;
}

/**
 * Why the loader does not take this file for a program such as `wanted`; undefined when it does. In the order in which
 * glibc looks (elf/dl-load.c, `open_verify`, `_dl_map_object_from_fd`).
 */
export function refusalOf(
  found: FoundFile | undefined,
  wanted: Pick<Elf, 'bits' | 'byteOrder' | 'machine'>,
): Refusal | undefined {
  if (found === undefined) return { outcome: 'absent' };
  const { elf } = found;
  if (elf.kind === 'not-elf') return unusable('not an ELF file');
  const header = elf.kind === 'elf' ? elf : elf.header;
  const refusal = header && refusalOfHeader(header, wanted);
  if (refusal !== undefined) return refusal;
  return elf.kind === 'malformed' ? unusable(elf.reason) : refusalOfContent(elf);
}

function refusalOfHeader(
  header: ElfHeader,
  wanted: Pick<Elf, 'bits' | 'byteOrder' | 'machine'>,
): Refusal | undefined {
  if (header.bits !== wanted.bits) return { outcome: 'other-class', reason: `${header.bits}-bit` };
  if (header.byteOrder !== wanted.byteOrder) return unusable(`${header.byteOrder}-endian`);
  if (header.identFault !== undefined) return unusable(header.identFault);
  if (header.machine !== wanted.machine) {
    return { outcome: 'other-machine', reason: `for ${header.machine}` };
  }
  const isLoadable = header.type === 'shared' || header.type === 'executable';
  return isLoadable ? undefined : unusable(`type ${header.type}`);
}

function refusalOfContent(elf: Elf): Refusal | undefined {
  if (!elf.segments.some(({ type }) => type === 'load')) return unusable('nothing in it is to be loaded');
  if (elf.type === 'executable') return unusable('a program, which can not be loaded as a library');
  if (elf.dynamic === undefined) return unusable('it has no dynamic section');
  if (elf.dynamic.positionIndependentProgram) {
    return unusable('a position-independent program, which can not be loaded as a library');
  }
  return undefined;
}

function unusable(reason: string): Refusal {
  return { outcome: 'unusable', reason };
}
