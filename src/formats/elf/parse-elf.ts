import type { ByteSource } from './byte-source.ts';
import { BUFFER_SIZE, bufferedSource } from './buffered-source.ts';
import { type DynamicSection, readDynamicSection } from './dynamic-section.ts';
import { type ElfHeader, readElfHeader } from './elf-header.ts';
import { type Malformed, MalformedError, orMalformed } from './malformed.ts';
import { MappedFile } from './mapped-file.ts';
import { type ElfNotes, readNotes } from './notes.ts';
import { readSegments, type Segment } from './segments.ts';
import { textUpToNul } from './text-up-to-nul.ts';

export interface Elf extends ElfHeader, ElfNotes {
  readonly kind: 'elf';
  readonly segments: readonly Segment[];
  /** The loader that the kernel starts for this program (PT_INTERP). */
  readonly interpreter: string | undefined;
  /** Absent in a static program and in an object file. */
  readonly dynamic: DynamicSection | undefined;
}

export interface NotElf {
  readonly kind: 'not-elf';
}

/** Its header is sound and says for whom it is, but what follows contradicts itself. */
export interface MalformedElf extends Malformed {
  readonly header?: ElfHeader;
}

export type ElfResult = Elf | NotElf | MalformedElf;

/**
 * What a program or library says of itself, by elf(5): read from its program headers and dynamic section, which
 * is what the kernel and the loader go by (section headers may be stripped). Reads a few kilobytes, whatever the
 * size of the file. Never throws on what the file contains. `buffer` (of `BUFFER_SIZE`) is for who reads many files.
 */
export function parseElf(given: ByteSource, buffer: Uint8Array = new Uint8Array(BUFFER_SIZE)): ElfResult {
  const source = bufferedSource(given, buffer);
  const header = orMalformed(() => readElfHeader(source));
  if (header === undefined) return { kind: 'not-elf' };
  if ('kind' in header) return header;
  const elf = orMalformed((): Elf => {
    const segments = readSegments(source, header);
    const dynamic = segments.find((segment) => segment.type === 'dynamic');
    const file = new MappedFile(source, { byteOrder: header.byteOrder, segments }, true);
    return {
      kind: 'elf',
      ...header,
      segments,
      interpreter: readInterpreter(source, segments),
      dynamic: dynamic && readDynamicSection(file, header, dynamic),
      ...readNotes(source, segments, header.byteOrder),
    };
  });
  return elf.kind === 'elf' ? elf : { ...elf, header };
}

function readInterpreter(source: ByteSource, segments: readonly Segment[]): string | undefined {
  const segment = segments.find(({ type }) => type === 'interpreter');
  if (segment === undefined) return undefined;
  const name = textUpToNul(source.read(segment.offset, Math.min(segment.fileSize, 4096)));
  if (name === undefined)
    throw new MalformedError('the name of the interpreter does not end', segment.offset);
  return name;
}
