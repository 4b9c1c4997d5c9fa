import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { fileDigest } from './file-digest.ts';

const MEGABYTE = 1024 * 1024;

test.each([0, 1, 3, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 2 * MEGABYTE])(
  'a file of %i bytes has the digest of all its bytes, seen in order',
  (size) => {
    const content = Buffer.alloc(size, 'the bytes of a file ');
    const host = rootWith({ '/file': content });
    const seen: Uint8Array[] = [];
    const digest = createHash('sha256').update(content).digest('hex');
    expect(fileDigest(host, '/file')).toBe(digest);
    expect(fileDigest(host, '/file', (chunk) => seen.push(chunk.slice()))).toBe(digest);
    expect(Buffer.concat(seen).equals(content)).toBe(true);
  },
);

test('a file of /proc, which says it is empty, is read to its end', () => {
  const host = new RootedHost('/', 'live');
  const content = host.readFile('/proc/self/environ');
  expect(fileDigest(host, '/proc/self/environ')).toBe(createHash('sha256').update(content).digest('hex'));
});
