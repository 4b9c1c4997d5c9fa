import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ByteSource, fromBytes } from '../../../src/formats/elf/byte-source.ts';
import { TAG } from '../../../src/formats/elf/dynamic-section.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { MappedFile } from '../../../src/formats/elf/mapped-file.ts';
import { type Elf, parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { hasCompiler } from '../../small-elf.ts';
import { compileModule } from './compile-module.ts';

const SPARSE = 20 * 2 ** 30;

describe.skipIf(!hasCompiler)('a hash table of a sparse file of 20 GiB is not followed to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-hash-'));
  const path = join(folder, 'module.so');
  beforeAll(() => compileModule(path, ['-O2']));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['buckets', 0, 0x10000000, '268435456 symbols, more than are read'],
    // Each bucket leads to a chain, and none of them ends.
    ['a chain', 8, 0x04000000, '500001 symbols, more than are read'],
  ])('%s', (_, at, value, reason) => {
    const bytes = new Uint8Array(readFileSync(path));
    const elf = parseElf(fromBytes(bytes));
    if (elf.kind !== 'elf') throw new Error('the module is sound');
    const table =
      new MappedFile(fromBytes(bytes), elf).locate(elf.dynamic?.tags.get(TAG.gnuHash) ?? 0)?.offset ?? 0;
    const view = new DataView(bytes.buffer);
    view.setUint32(table + at, value, true);
    const bucketsAt = table + 16 + 8 * view.getUint32(table + 8, true);
    const first = view.getUint32(table + 4, true);
    const source = sparse(bytes, new Map([[bucketsAt, first]]));
    expect(readDynamicSymbols(source, mapped(elf))).toEqual({ kind: 'malformed', reason, offset: 0 });
    expect(source.bytesRead()).toBeLessThan(64 * 2 ** 20);
  });
});

/** The bytes, then zeros but for some words. */
function sparse(bytes: Uint8Array, words: ReadonlyMap<number, number>): ByteSource & { bytesRead(): number } {
  let read = 0;
  return {
    size: SPARSE,
    bytesRead: () => read,
    read: (offset, length) => {
      read += length;
      const found = new Uint8Array(length);
      found.set(bytes.subarray(offset, offset + length));
      for (const [at, word] of words)
        if (at >= offset && at + 4 <= offset + length)
          new DataView(found.buffer).setUint32(at - offset, word, true);
      return found;
    },
  };
}

/** Its whole file is one segment. */
function mapped(elf: Elf): Elf {
  const [load] = elf.segments.filter(({ type }) => type === 'load');
  if (load === undefined) throw new Error('the module has a segment');
  const whole = { ...load, offset: 0, address: 0, fileSize: SPARSE, memorySize: SPARSE };
  return { ...elf, segments: [whole, ...elf.segments] };
}
