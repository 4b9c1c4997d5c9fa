import type { ByteSource } from './byte-source.ts';
import { readElfHeader } from './elf-header.ts';
import { type Malformed, MalformedError, orMalformed } from './malformed.ts';
import { StructView } from './struct-view.ts';
import { textUpToNul } from './text-up-to-nul.ts';

const MOST_SECTIONS = 65_536;
const LONGEST_NAMES = 4 * 1024 * 1024;
const LONGEST_NAME = 256;
const NO_BITS = 8;

/**
 * The sections of an ELF file that have bytes in it, by name, with their sizes; empty for what is no ELF file and for one
 * whose section headers were stripped. Programs run without them: they tell tools what is there to read, debug information
 * above all. Source: elf(5), `Shdr`. Never throws on what the file contains.
 */
export function sectionSizes(source: ByteSource): ReadonlyMap<string, number> | Malformed {
  return orMalformed(() => readSections(source));
}

function readSections(source: ByteSource): Map<string, number> {
  const header = readElfHeader(source);
  if (header === undefined) return new Map();
  const { bits, byteOrder } = header;
  const first = new StructView(source.read(0, 64), byteOrder);
  const [offset, size, named] =
    bits === 64
      ? [first.u64(40), first.u16(58), first.u16(62)]
      : [first.u32(32), first.u16(46), first.u16(50)];
  const count = first.u16(bits === 64 ? 60 : 48);
  if (offset === 0 || count === 0) return new Map();
  if (size !== (bits === 64 ? 64 : 40) || count > MOST_SECTIONS)
    throw new MalformedError(`section headers of ${size} bytes`, offset);
  const bytes = source.read(offset, count * size);
  if (bytes.length < count * size)
    throw new MalformedError('the file ends inside its section headers', Math.min(offset, source.size));
  const view = new StructView(bytes, byteOrder);
  const sizeAt = bits === 64 ? 32 : 20;
  const offsetAt = bits === 64 ? 24 : 16;
  const namesAt = named * size;
  if (namesAt >= bytes.length) throw new MalformedError('no section holds the names of the sections', offset);
  const names = source.read(
    view.word(namesAt + offsetAt, bits),
    Math.min(view.word(namesAt + sizeAt, bits), LONGEST_NAMES),
  );
  const found = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += size) {
    const name = textUpToNul(names.subarray(view.u32(at), view.u32(at) + LONGEST_NAME));
    if (name !== undefined && view.u32(at + 4) !== NO_BITS) found.set(name, view.word(at + sizeAt, bits));
  }
  return found;
}
