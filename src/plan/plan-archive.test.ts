import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { arOf, tarOf } from '../../test/tar-writer.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { planReplacement } from './plan-replacement.ts';
import { renderStep } from './render-step.ts';
import { dutiesOf } from './duties-of.ts';
import { scanReplacement } from './scan-replacement.ts';

const PROGRAM = { mode: 0o755, content: 'lamp 2' };
const PACKAGE = arOf(
  ['debian-binary', '2.0\n'],
  ['control.tar', tarOf({ name: './control', content: 'Package: lamp\n' })],
  [
    'data.tar',
    tarOf({ name: './usr/bin/lamp', ...PROGRAM }, { name: './etc/lamp.conf', content: 'bright\n' }),
  ],
);
const NODE = {
  '/root/lamp.deb': PACKAGE,
  '/root/latest.deb': '-> lamp.deb',
  '/root/light.tar': tarOf({ name: 'usr/bin/light', type: '2', linkName: 'lamp' }),
  '/root/notes.tar': tarOf({ name: 'notes', content: 'x' }),
  '/root/many.tar': tarOf(...['opt/a', 'bin/b', 'sbin/c', 'lib/d'].map((name) => ({ name, mode: 0o755 }))),
  '/root/bad.tar': tarOf({ name: '/etc/passwd' }),
  '/root/cut.tar': tarOf().subarray(0, 100),
  '/root/lamp/usr/bin/lamp': { text: 'lamp 2', mode: 0o755 },
  '/root/lamp/etc/lamp.conf': 'bright\n',
};
const plan = (archive: string | string[], command: string) =>
  planReplacement(rootWith(NODE), { archive, command });

test('the files of a package go into the store, and the service is started from there', () => {
  const { store, dropIn } = plan('/root/latest.deb', 'usr/bin/lamp --bright');
  expect(store).toEqual({
    kind: 'store-unpack',
    archives: ['/root/lamp.deb'],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    files: 2,
    bytes: 13,
    storePath: `/var/lib/cutover/store/sha256-${store.digest}`,
  });
  expect(dropIn).toEqual({ binds: [], execStart: `${store.storePath}/usr/bin/lamp --bright` });
  expect(renderStep(store)).toEqual([
    'unpack /root/lamp.deb (2 files, 13 bytes) into the store; nothing is installed',
    `+ ${store.storePath}/`,
  ]);
});

test('the same files have the same name in the store, whether they come in an archive or lie in a directory', () => {
  const root = rootWith(NODE);
  const { store } = planReplacement(root, { archive: '/root/lamp.deb', command: 'usr/bin/lamp' });
  const directory = planReplacement(root, { directory: '/root/lamp', command: 'usr/bin/lamp' });
  expect(directory.store.digest).toBe(store.digest);
});

test('tomorrow the archive stands in the store', () => {
  const root = rootWith(NODE);
  const { store } = planReplacement(root, {
    archive: ['/root/light.tar', '/root/lamp.deb'],
    command: 'usr/bin/light',
  });
  const tomorrow = new PlannedHost(root, {
    entries: new Map(),
    trees: [...(dutiesOf(store.kind).overlay(store).trees ?? [])],
  });
  expect(Buffer.from(tomorrow.readFile(`${store.storePath}/usr/bin/light`)).toString()).toBe('lamp 2');
  expect(scanReplacement(tomorrow, store.storePath).digest).toBe(store.digest);
});

test.each([
  ['/root/none.deb', 'bin/a', 'the replacement /root/none.deb does not exist', undefined],
  [
    '/root/lamp',
    'bin/a',
    'the replacement /root/lamp is no archive',
    'A directory goes under replacement: directory:',
  ],
  [
    '/root/bad.tar',
    'bin/a',
    '/root/bad.tar: it has the path "/etc/passwd", which is absolute',
    'If you trust it, unpack it yourself, look at what it makes, and name the directory: replacement: directory:',
  ],
  [
    '/root/cut.tar',
    'bin/a',
    '/root/cut.tar: it ends after 100 bytes, without its end mark: it was cut off',
    "Get it again, and compare its checksum with the publisher's.",
  ],
  [
    '/root/lamp.deb',
    'bin/lamp --bright',
    'the replacement has no program bin/lamp: it is not in /root/lamp.deb',
    'command: is a path inside the archive. Executable in it: usr/bin/lamp.',
  ],
  [
    '/root/many.tar',
    'bin/lamp',
    'the replacement has no program bin/lamp: it is not in /root/many.tar',
    'command: is a path inside the archive. Executable in it: bin/b, sbin/c, lib/d and 1 more.',
  ],
  [
    '/root/notes.tar',
    'bin/lamp',
    'the replacement has no program bin/lamp: it is not in /root/notes.tar',
    'command: is a path inside the archive, and no file in it is executable.',
  ],
  ['/root/notes.tar', 'notes', 'notes in /root/notes.tar is not executable', undefined],
  [
    '/root/light.tar',
    'usr/bin/light',
    'usr/bin/light in /root/light.tar is a link to lamp, which is not in it',
    'Is it in another package? Several are laid over one another: archive: [FIRST, SECOND]',
  ],
])('%s with %s is refused', (archive, command, message, next) => {
  expect(() => plan(archive, command)).toThrow(
    expect.objectContaining({ name: 'CouldNotRun', message, next }),
  );
});

test('a directory that is an archive is told where archives go', () => {
  expect(() => planReplacement(rootWith(NODE), { directory: '/root/lamp.deb', command: 'a' })).toThrow(
    expect.objectContaining({
      message: 'the replacement /root/lamp.deb is no directory',
      next: 'An archive goes under replacement: archive:',
    }),
  );
});
