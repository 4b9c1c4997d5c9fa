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

function digestIn(host: RootedHost, entry: Entry = copied()): string | undefined {
  const facts = host.lstat('/state/log');
  if (facts === undefined) throw new Error('no file');
  return comparedWithCopy(host, '/state', '/copy', [entry]).digestOf('/state/log', facts);
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
  expect(digestIn(host)).toBe('as it was copied');
});

test('whichever byte is another one: it is seen', () => {
  const host = (size: number, at: number) =>
    rootWith({ ...meminfo(4 * size + 4096), '/state/log': filled(size), '/copy/log': filled(size, at) });
  const places = fc
    .integer({ min: 128 * 1024, max: LARGE })
    .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })));
  fc.assert(
    fc.property(places, ([size, at]) => {
      expect(digestIn(host(size, at), copied(size))).toBeUndefined();
    }),
    { numRuns: 50, examples: [[[LARGE, LARGE - 1]], [[2 * 128 * 1024, 2 * 128 * 1024 - 1]]] },
  );
});

test.each<[string, Parameters<typeof rootWith>[0], Entry?]>([
  ['is longer', { '/copy/log': filled(LARGE + 1) }],
  ['has gone', {}],
  ['is no file any more', { '/copy/log': DIRECTORY }],
  ['was never one', { '/copy/log': filled(LARGE) }, { type: 'absent', path: 'log' }],
  ['is of something else', { '/copy/log': filled(LARGE) }, { ...copied(), path: 'other' }],
])('of a file whose copy %s nothing is known', (_title, copy, entry) => {
  expect(
    digestIn(rootWith({ ...meminfo(PLENTY + 4096), '/state/log': filled(LARGE), ...copy }), entry),
  ).toBeUndefined();
});

test('a small file is not compared, nor is any where memory may not hold both', () => {
  const small = { '/state/log': 'glow', '/copy/log': 'glow' };
  expect(digestIn(rootWith({ ...meminfo(PLENTY), ...small }), copied(4))).toBeUndefined();
  const large = { '/state/log': filled(LARGE), '/copy/log': filled(LARGE) };
  expect(digestIn(rootWith({ ...meminfo(PLENTY - 4096), ...large }))).toBeUndefined();
});
