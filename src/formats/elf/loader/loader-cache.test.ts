import { expect, test } from 'vitest';
import { lookUpInCache, parseLoaderCache } from './loader-cache.ts';
import type { Elf } from '../parse-elf.ts';
import { PLAIN_PROCESSOR } from './processor.ts';

const ENTRIES = [
  {
    name: 'libz.so.1',
    path: '/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v3/libz.so.1',
    flags: 0x303,
    hwcap: [0, 0x40000000],
  },
  { name: 'libz.so.1', path: '/lib/i386-linux-gnu/libz.so.1', flags: 3, hwcap: [0, 0] },
  { name: 'libz.so.1', path: '/lib/x86_64-linux-gnu/libz.so.1', flags: 0x303, hwcap: [0, 0] },
] as const;

const PROGRAM = { machine: 'x86-64', bits: 64 } as Elf;

test('the entries, with the processors they are for', () => {
  expect(parseLoaderCache(cacheBytes())).toEqual({
    kind: 'cache',
    entries: [
      {
        name: 'libz.so.1',
        path: ENTRIES[0].path,
        flags: 0x303,
        processor: { kind: 'glibc-hwcaps', name: 'x86-64-v3' },
      },
      { name: 'libz.so.1', path: ENTRIES[1].path, flags: 3, processor: { kind: 'any' } },
      { name: 'libz.so.1', path: ENTRIES[2].path, flags: 0x303, processor: { kind: 'any' } },
    ],
  });
});

test('behind a table of the old format', () => {
  const old = Buffer.alloc(16 + 12 + 4);
  old.write('ld.so-1.7.0');
  old.writeUInt32LE(1, 12);
  expect(parseLoaderCache(Buffer.concat([old, cacheBytes()]))).toEqual(parseLoaderCache(cacheBytes()));
});

test.each([
  [[], '/lib/x86_64-linux-gnu/libz.so.1'],
  [['x86-64-v4'], '/lib/x86_64-linux-gnu/libz.so.1'],
  [['x86-64-v4', 'x86-64-v3'], ENTRIES[0].path],
])('the right class, and the best for a processor with %j', (hwcaps, path) => {
  const processor = { ...PLAIN_PROCESSOR, hwcaps };
  const cache = parseLoaderCache(cacheBytes());
  if (cache.kind !== 'cache') throw new Error(cache.reason);
  expect(lookUpInCache(cache, 'libz.so.1', PROGRAM, processor)).toBe(path);
  expect(lookUpInCache(cache, 'libz.so.2', PROGRAM, processor)).toBeUndefined();
});

test.each([
  ['another file', Buffer.from('include /etc/ld.so.conf.d/*.conf\n'), 'no glibc-ld.so.cache1.1 in it'],
  ['a cut header', cacheBytes().subarray(0, 40), 'it ends inside its header'],
  ['a cut table', cacheBytes().subarray(0, 100), 'it ends before its 3 entries do'],
  ['cut texts', cacheBytes().subarray(0, 150), 'entry 0 names text outside of it'],
])('%s', (_, bytes, reason) => {
  expect(parseLoaderCache(bytes)).toEqual({ kind: 'bad-cache', reason });
});

function cacheBytes(): Buffer {
  const table = Buffer.alloc(48 + ENTRIES.length * 24);
  let texts = '';
  const put = (text: string) => {
    const at = table.length + texts.length;
    texts += `${text}\0`;
    return at;
  };
  table.write('glibc-ld.so.cache1.1');
  table.writeUInt32LE(ENTRIES.length, 20);
  table[28] = 2;
  for (const [index, { name, path, flags, hwcap }] of ENTRIES.entries()) {
    const at = 48 + index * 24;
    for (const [field, value] of [flags, put(name), put(path), 0, ...hwcap].entries()) {
      table.writeUInt32LE(value, at + field * 4);
    }
  }
  const hwcapsName = put('x86-64-v3');
  texts = texts.padEnd(Math.ceil(texts.length / 4) * 4, '\0');
  const extension = table.length + texts.length;
  table.writeUInt32LE(extension, 32);
  const words = [0xeaa42174, 1, 1, 0, extension + 24, 4, hwcapsName];
  const tail = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) tail.writeUInt32LE(word, index * 4);
  return Buffer.concat([table, Buffer.from(texts, 'latin1'), tail]);
}
