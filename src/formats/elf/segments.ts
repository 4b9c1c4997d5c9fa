import type { ByteSource } from './byte-source.ts';
import type { ElfHeader } from './elf-header.ts';
import { MalformedError } from './malformed.ts';
import { StructView } from './struct-view.ts';

/** One program header: `fileSize` bytes from `offset` stand at `address`, zeros up to `memorySize`. */
export interface Segment {
  readonly type: 'load' | 'dynamic' | 'interpreter' | 'note' | 'relro' | 'unwind' | 'other';
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly alignment: number;
}

export function readSegments(source: ByteSource, header: ElfHeader): readonly Segment[] {
  const { offset, count } = header.programHeaders;
  const entrySize = header.bits === 64 ? 56 : 32;
  const bytes = source.read(offset, count * entrySize);
  if (bytes.length < count * entrySize) {
    throw new MalformedError('the file ends inside its program headers', Math.min(offset, source.size));
  }
  const view = new StructView(bytes, header.byteOrder);
  return Array.from({ length: count }, (_, index) => segmentAt(view, index * entrySize, header.bits));
}

function segmentAt(view: StructView, at: number, bits: 32 | 64): Segment {
  const flags = view.u32(at + (bits === 64 ? 4 : 24));
  const first = at + (bits === 64 ? 8 : 4);
  const step = bits / 8;
  return {
    type: TYPES[view.u32(at)] ?? 'other',
    readable: (flags & 4) !== 0,
    writable: (flags & 2) !== 0,
    executable: (flags & 1) !== 0,
    offset: view.word(first, bits),
    address: view.word(first + step, bits),
    fileSize: view.word(first + 3 * step, bits),
    memorySize: view.word(first + 4 * step, bits),
    alignment: view.word(first + (bits === 64 ? 5 : 6) * step, bits),
  };
}

const TYPES: Record<number, Segment['type']> = {
  1: 'load',
  2: 'dynamic',
  3: 'interpreter',
  4: 'note',
  0x6474e550: 'unwind',
  0x6474e552: 'relro',
};
