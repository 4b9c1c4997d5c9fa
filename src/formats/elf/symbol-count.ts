import { TAG } from './dynamic-section.ts';
import { MalformedError } from './malformed.ts';
import type { MappedFile } from './mapped-file.ts';
import type { Elf } from './parse-elf.ts';
import { highestSymbolIndex } from './relocations.ts';

/** Of one file. The largest libraries of a distribution have some 200,000. */
const MOST_SYMBOLS = 500_000;

/**
 * How many entries the dynamic symbol table has. Nothing states it; it follows from a hash table. GNU's covers
 * only what is defined, and when nothing is, only the relocations still show what the table holds.
 */
export function dynamicSymbolCount(file: MappedFile, elf: Elf, tags: ReadonlyMap<number, number>): number {
  const count = statedCount(file, elf, tags);
  if (count > MOST_SYMBOLS) throw tooMany(count);
  return count;
}

function tooMany(count: number): MalformedError {
  return new MalformedError(`${count} symbols, more than are read`, 0);
}

function statedCount(file: MappedFile, elf: Elf, tags: ReadonlyMap<number, number>): number {
  const hash = tags.get(TAG.hash);
  if (hash !== undefined) {
    // Alpha and 64-bit s390 have 8-byte words in this table (binutils, elf64-alpha.c and elf64-s390.c).
    const wide = elf.bits === 64 && (elf.machine === 'alpha' || elf.machine === 's390');
    return wide
      ? file.view(hash + 8, 8, 'the hash table').u64(0)
      : file.view(hash + 4, 4, 'the hash table').u32(0);
  }
  const gnuHash = tags.get(TAG.gnuHash);
  const hashed = gnuHash === undefined ? undefined : countThroughGnuHash(file, elf, gnuHash);
  return hashed ?? highestSymbolIndex(file, elf) + 1;
}

/** Past the last entry of the last chain; undefined when the table is empty. */
function countThroughGnuHash(file: MappedFile, elf: Elf, at: number): number | undefined {
  const header = file.view(at, 16, 'the hash table');
  const [buckets, firstHashed, filterWords] = [header.u32(0), header.u32(4), header.u32(8)];
  if (buckets > MOST_SYMBOLS) throw tooMany(buckets);
  const bucketsAt = at + 16 + filterWords * (elf.bits / 8);
  const table = file.view(bucketsAt, buckets * 4, 'the hash table');
  let last = 0;
  for (let index = 0; index < buckets; index += 1) last = Math.max(last, table.u32(index * 4));
  if (last === 0) return undefined;
  if (last < firstHashed)
    throw new MalformedError('the hash table contradicts itself', file.locate(at)?.offset ?? 0);
  const chains = bucketsAt + buckets * 4;
  while ((file.view(chains + (last - firstHashed) * 4, 4, 'the hash table').u32(0) & 1) === 0) {
    last += 1;
    if (last > MOST_SYMBOLS) throw tooMany(last);
  }
  return last + 1;
}
