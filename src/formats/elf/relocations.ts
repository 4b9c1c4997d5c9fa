import { TAG } from './dynamic-section.ts';
import type { ByteSource } from './byte-source.ts';
import { type Malformed, MalformedError, orMalformed } from './malformed.ts';
import { MappedFile } from './mapped-file.ts';
import type { Elf } from './parse-elf.ts';

/** One dynamic relocation: what the loader writes at `address`. */
export interface Relocation {
  readonly address: number;
  /** The number of the machine's ABI, e.g. 8 = R_X86_64_RELATIVE; `relative` for an entry of DT_RELR. */
  readonly type: number | 'relative';
  readonly symbolIndex: number;
  /** Undefined when the addend is the word already there (DT_REL, DT_RELR). */
  readonly addend: number | undefined;
}

const MOST_RELOCATIONS = 2_000_000;

/** Everything in DT_RELA, DT_REL, DT_JMPREL and DT_RELR, in this order. Throws `MalformedError`. */
export function* relocations(file: MappedFile, elf: Elf): Generator<Relocation> {
  const tags = elf.dynamic?.tags;
  if (tags === undefined) return;
  const kind = tags.get(TAG.pltRelocationsKind) === TAG.rel ? 'rel' : 'rela';
  let count = 0;
  for (const part of [
    table(file, elf, tags.get(TAG.rela), tags.get(TAG.relaSize), 'rela'),
    table(file, elf, tags.get(TAG.rel), tags.get(TAG.relSize), 'rel'),
    table(file, elf, tags.get(TAG.pltRelocations), tags.get(TAG.pltRelocationsSize), kind),
    relative(file, elf, tags.get(TAG.relr), tags.get(TAG.relrSize)),
  ]) {
    for (const relocation of part) {
      count += 1;
      if (count > MOST_RELOCATIONS) throw new MalformedError('more relocations than are read', 0);
      yield relocation;
    }
  }
}

/** The highest entry of the symbol table that a relocation names; 0 when none does. */
export function highestSymbolIndex(file: MappedFile, elf: Elf): number {
  let highest = 0;
  for (const index of symbolIndexes(file, elf)) highest = Math.max(highest, index);
  return highest;
}

/** The entries of the symbol table that relocations name, without reading the rest of them: most name none. */
function symbolIndexes(file: MappedFile, { bits, byteOrder, dynamic }: Elf): Set<number> {
  const indexes = new Set<number>();
  const tags = dynamic?.tags;
  if (tags === undefined) return indexes;
  const word = bits / 8;
  const infoAt = bits === 64 && byteOrder === 'little' ? word + 4 : word;
  const plt = tags.get(TAG.pltRelocationsKind) === TAG.rel ? 2 : 3;
  let total = 0;
  for (const [address, size = 0, words] of [
    [tags.get(TAG.rela), tags.get(TAG.relaSize), 3],
    [tags.get(TAG.rel), tags.get(TAG.relSize), 2],
    [tags.get(TAG.pltRelocations), tags.get(TAG.pltRelocationsSize), plt],
  ] as const) {
    const step = word * words;
    const count = Math.floor(size / step);
    if (address === undefined || count === 0) continue;
    total += count;
    if (total > MOST_RELOCATIONS) throw new MalformedError('more relocations than are read', 0);
    const view = file.view(address, count * step, 'a relocation table');
    for (let at = infoAt; at < count * step; at += step) {
      const info = view.u32(at);
      const index = bits === 64 ? info : info >>> 8;
      if (index !== 0) indexes.add(index);
    }
  }
  return indexes;
}

function* table(
  file: MappedFile,
  elf: Elf,
  address: number | undefined,
  size: number | undefined,
  kind: 'rel' | 'rela',
): Generator<Relocation> {
  if (address === undefined || size === undefined || size === 0) return;
  const word = elf.bits / 8;
  const step = word * (kind === 'rela' ? 3 : 2);
  const count = Math.floor(size / step);
  const view = file.view(address, count * step, 'a relocation table');
  for (let at = 0; at < count * step; at += step) {
    // The 64-bit r_info holds type and index as two 32-bit halves, the 32-bit one 8 and 24 bits.
    const info = view.word(at + word, elf.bits);
    const [symbolIndex, type] =
      elf.bits === 64 ? [Math.floor(info / 2 ** 32), info % 2 ** 32] : [info >>> 8, info & 0xff];
    const addend = elf.bits === 64 ? () => view.i64(at + 16) : () => view.i32(at + 8);
    yield {
      address: view.word(at, elf.bits),
      type,
      symbolIndex,
      addend: kind === 'rela' ? addend() : undefined,
    };
  }
}

/** DT_RELR: an even word is an address; an odd one is a bitmap of the words that follow (generic ABI). */
function* relative(
  file: MappedFile,
  elf: Elf,
  address: number | undefined,
  size: number | undefined,
): Generator<Relocation> {
  if (address === undefined || size === undefined) return;
  const word = elf.bits / 8;
  const count = Math.floor(size / word);
  const view = file.view(address, count * word, 'a relocation table');
  const entry = (at: number): Relocation => ({
    address: at,
    type: 'relative',
    symbolIndex: 0,
    addend: undefined,
  });
  let next = 0;
  for (let index = 0; index < count; index += 1) {
    const low = view.u32(index * word + (elf.byteOrder === 'big' && word === 8 ? 4 : 0));
    const high = word === 8 ? view.u32(index * word + (elf.byteOrder === 'big' ? 0 : 4)) : 0;
    if ((low & 1) === 0) {
      next = high * 2 ** 32 + low;
      yield entry(next);
      next += word;
      continue;
    }
    for (let bit = 1; bit < elf.bits; bit += 1) {
      const set = bit < 32 ? (low >>> bit) & 1 : (high >>> (bit - 32)) & 1;
      if (set === 1) yield entry(next + (bit - 1) * word);
    }
    next += (elf.bits - 1) * word;
  }
}

/** The entries of the symbol table that the loader looks up for this file: those that its relocations name. */
export function relocatedSymbols(source: ByteSource, elf: Elf): ReadonlySet<number> | Malformed {
  return orMalformed(() => symbolIndexes(new MappedFile(source, elf), elf));
}
