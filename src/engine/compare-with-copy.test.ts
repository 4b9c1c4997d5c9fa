import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RootedHost } from '../host/rooted-host.ts';
import type { Entry } from '../journal/entry.ts';
import { DIRECTORY, rootWith } from '../../test/root-with.ts';
import { comparedWithCopy } from './compare-with-copy.ts';

const LARGE = 300_000;
const PLENTY = 4 * LARGE;
const meminfo = (bytes: number) => ({ '/proc/meminfo': `MemAvailable: ${Math.floor(bytes / 1024)} kB\n` });

/** A file that was copied when it had so many bytes. */
function copied(size = LARGE): Entry {
  const facts = { mode: 0o644, uid: 0, gid: 0, mtimeNs: '0', size };
  return { type: 'file', path: 'log', ...facts, sha256: 'as it was copied' };
}

/** The digest that is known then, and what is found to be unlike. */
function compared(host: RootedHost, entry: Entry = copied()): [string | undefined, string[]] {
  const facts = host.lstat('/state/log');
  if (facts === undefined) throw new Error('no file');
  const files = comparedWithCopy(host, '/state', '/copy', [entry]);
  return [files.digestOf('/state/log', facts), [...files.unlike]];
}

const filled = (size: number, at?: number): Uint8Array => {
  const bytes = new Uint8Array(size).fill(7);
  if (at !== undefined) bytes[at] = 8;
  return bytes;
};

test('a file that its copy equals has the digest of the copy', () => {
  const host = rootWith({
    ...meminfo(PLENTY + 4096),
    '/state/log': filled(LARGE),
    '/copy/log': filled(LARGE),
  });
  expect(compared(host)).toEqual(['as it was copied', []]);
});

test('whichever byte is another one: it is seen', () => {
  const host = (size: number, at: number) =>
    rootWith({ ...meminfo(4 * size + 4096), '/state/log': filled(size), '/copy/log': filled(size, at) });
  const places = fc
    .integer({ min: 128 * 1024, max: LARGE })
    .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));
  fc.assert(
    fc.property(places, ([size, at]) => {
      expect(compared(host(size, at), copied(size))).toEqual([undefined, ['log']]);
    }),
    { numRuns: 50, examples: [[[LARGE, LARGE - 1]], [[2 * 128 * 1024, 2 * 128 * 1024 - 1]]] },
  );
});

test.each<[string, Parameters<typeof rootWith>[0]]>([
  ['is longer', { '/copy/log': filled(LARGE + 1) }],
  ['is shorter', { '/copy/log': filled(LARGE - 1) }],
  ['has gone', {}],
  ['is no file any more', { '/copy/log': DIRECTORY }],
])('a file whose copy %s is unlike it', (_title, copy) => {
  const host = rootWith({ ...meminfo(PLENTY + 4096), '/state/log': filled(LARGE), ...copy });
  expect(compared(host)).toEqual([undefined, ['log']]);
});

test.each<[string, Entry]>([
  ['was no file when it was copied', { type: 'absent', path: 'log' }],
  ['was not there', { ...copied(), path: 'other' }],
  ['has another size now', copied(LARGE + 1)],
])('what %s is not compared', (_title, entry) => {
  const host = rootWith({ ...meminfo(2 * PLENTY), '/state/log': filled(LARGE), '/copy/log': filled(LARGE) });
  expect(compared(host, entry)).toEqual([undefined, []]);
});

test('a small file is not compared, nor is any where memory may not hold both', () => {
  const small = { '/state/log': 'glow', '/copy/log': 'glow' };
  expect(compared(rootWith({ ...meminfo(PLENTY), ...small }), copied(4))).toEqual([undefined, []]);
  const large = { '/state/log': filled(LARGE), '/copy/log': filled(LARGE) };
  expect(compared(rootWith({ ...meminfo(PLENTY - 4096), ...large }))).toEqual([undefined, []]);
});
