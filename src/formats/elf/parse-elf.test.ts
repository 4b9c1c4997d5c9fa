import { describe, expect, test } from 'vitest';
import { fromBytes } from './byte-source.ts';
import { readDynamicSymbols } from './dynamic-symbols.ts';
import { parseElf } from './parse-elf.ts';

describe('what is no ELF file, or a damaged one', () => {
  test.each([
    ['an empty file', '', { kind: 'not-elf' }],
    ['a script', '#!/bin/sh\nexec src/mesos-agent', { kind: 'not-elf' }],
    [
      'a file cut after its magic number',
      '\x7fELF',
      { kind: 'malformed', reason: 'the file ends inside its ELF header', offset: 4 },
    ],
    [
      'a class of the future',
      `\x7fELF\x03\x01${'\0'.repeat(60)}`,
      { kind: 'malformed', reason: 'unknown ELF class 3', offset: 4 },
    ],
    [
      'a byte order of the future',
      `\x7fELF\x02\x07${'\0'.repeat(60)}`,
      { kind: 'malformed', reason: 'unknown byte order 7', offset: 5 },
    ],
  ])('%s', (_, content, expected) => {
    expect(parseElf(fromBytes(Buffer.from(content, 'latin1')))).toEqual(expected);
  });

  test('a library cut inside its dynamic section', () => {
    const cut = bigEndianLibrary().subarray(0, DYNAMIC + 12);
    expect(parseElf(fromBytes(cut))).toMatchObject({
      kind: 'malformed',
      reason: 'the file ends inside the dynamic section',
      offset: DYNAMIC,
    });
  });
});

test('a 32-bit big-endian library, by its program headers alone', () => {
  const source = fromBytes(bigEndianLibrary());
  const elf = parseElf(source);
  if (elf.kind !== 'elf') throw new Error(elf.kind);
  const { bits, byteOrder, type, machine, interpreter, buildId, dynamic } = elf;
  expect({ bits, byteOrder, type, machine, interpreter, buildId }).toEqual({
    bits: 32,
    byteOrder: 'big',
    type: 'shared',
    machine: 'ppc',
    interpreter: undefined,
    buildId: undefined,
  });
  expect(dynamic?.needed).toEqual(['libmesos-0.28.1.so']);
  expect(dynamic?.soname).toBe('liblogger.so');
  const symbols = readDynamicSymbols(source, elf);
  if (symbols.kind !== 'symbols') throw new Error(symbols.reason);
  expect(symbols.needed.map(({ name, bind, type }) => [name, bind, type])).toEqual([
    ['mesos', 'weak', 'function'],
  ]);
  expect(symbols.defined.map(({ name, value, size }) => [name, value, size])).toEqual([
    ['logger', 0x5000, 32],
  ]);
});

const DYNAMIC = 116;

/** ELF header, two program headers, then the dynamic section, its strings, two symbols and their hash table. */
function bigEndianLibrary(): Buffer {
  const file = Buffer.alloc(400);
  const strings = '\0libmesos-0.28.1.so\0liblogger.so\0mesos\0logger\0';
  const [stringsAt, symbolsAt, hashAt] = [200, 260, 320];
  file.write('\x7fELF\x01\x02\x01', 0, 'latin1');
  file.writeUInt16BE(3, 16);
  file.writeUInt16BE(20, 18);
  file.writeUInt32BE(52, 28);
  file.writeUInt16BE(32, 42);
  file.writeUInt16BE(2, 44);
  const word = (at: number, ...values: number[]) =>
    values.map((value, i) => file.writeUInt32BE(value, at + i * 4));
  word(52, 1, 0, 0x1000, 0, 400, 400, 5, 4096);
  word(84, 2, DYNAMIC, 0x1000 + DYNAMIC, 0, 56, 56, 6, 4);
  word(DYNAMIC, 1, 1, 14, 20, 5, 0x1000 + stringsAt, 10, strings.length, 6, 0x1000 + symbolsAt);
  word(DYNAMIC + 40, 4, 0x1000 + hashAt, 0, 0);
  file.write(strings, stringsAt, 'latin1');
  word(symbolsAt + 16, 33, 0, 0, 0x22 << 24);
  word(symbolsAt + 32, 39, 0x5000, 32, (0x11 << 24) | 7);
  word(hashAt, 1, 3);
  return file;
}
