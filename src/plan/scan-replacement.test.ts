import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { FileFacts } from '../host/host.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { scanReplacement } from './scan-replacement.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const BUILD = {
  '/srv/build/bin/lamp.sh': { text: '#!/bin/sh\nexec /srv/build/src/lamp\n', mode: 0o755 },
  '/srv/build/src/lamp': { text: 'a lamp', mode: 0o4751 },
  '/srv/build/lib/latest': '-> ../src/lamp',
};

test('the digest is that of the manifest in docs/format/store.md', () => {
  const manifest = `cutover-store 1
d 0555 "."
d 0555 "bin"
f 0555 ${sha256('#!/bin/sh\nexec /srv/build/src/lamp\n')} "bin/lamp.sh"
d 0555 "lib"
l "../src/lamp" "lib/latest"
d 0555 "src"
f 0551 ${sha256('a lamp')} "src/lamp"
`;
  expect(scanReplacement(rootWith(BUILD), '/srv/build', ['/srv/build'])).toEqual({
    digest: sha256(manifest),
    files: 3,
    bytes: 41,
    namesItself: ['bin/lamp.sh'],
    problems: ['/srv/build/src/lamp is set-user-ID'],
  });
});

test('a directory of another name has the same digest, and another own path', () => {
  const moved = Object.fromEntries(
    Object.entries(BUILD).map(([path, entry]) => [path.replace('build', 'moved'), entry]),
  );
  const scan = scanReplacement(rootWith(moved), '/srv/moved');
  expect(scan.digest).toBe(scanReplacement(rootWith(BUILD), '/srv/build', ['/srv/build']).digest);
  expect(scan.namesItself).toEqual([]);
});

test('set-ID programs are told of, and what only marks a directory or a lock is not', () => {
  const program = (mode: number) => ({ text: 'x', mode });
  const host = rootWith({
    '/srv/a': program(0o4755),
    '/srv/b': program(0o2755),
    '/srv/c': program(0o2644),
    '/srv/d': program(0o755),
  });
  expect(scanReplacement(host, '/srv').problems.toSorted()).toEqual([
    '/srv/a is set-user-ID',
    '/srv/b is set-group-ID',
  ]);
});

test('a path across two reads is found', () => {
  const text = `${'x'.repeat(1024 * 1024 - 5)}/srv/build${'x'.repeat(10)}`;
  expect(
    scanReplacement(rootWith({ '/srv/build/lamp': text }), '/srv/build', ['/srv/build']).namesItself,
  ).toEqual(['lamp']);
});

/** A directory of 150,000 links, which would take long to make. */
class CrowdedHost extends RootedHost {
  readonly #names = Array.from({ length: 150_000 }, (_, index) => `lamp${index}`);

  override lstat(path: string): FileFacts {
    const type = path === '/srv' ? 'directory' : 'link';
    return { type, mode: 0o755, uid: 0, gid: 0, size: 0, mtimeNs: 0n, identity: path, links: 1 };
  }

  override list(): readonly string[] {
    return this.#names;
  }

  override readLink(): string {
    return 'lamp';
  }
}

test('a directory with more names than a call takes arguments', () => {
  expect(scanReplacement(new CrowdedHost('/nowhere'), '/srv').files).toBe(150_000);
});
