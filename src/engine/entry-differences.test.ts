import { expect, test } from 'vitest';
import type { Entry } from '../journal/entry.ts';
import { entryDifferences } from './entry-differences.ts';

const owned = { uid: 0, gid: 0, mtimeNs: '1466004465000000001' };
const info: Entry = { type: 'file', path: 'slave.info', ...owned, mode: 0o644, size: 2, sha256: 'aa' };
const latest: Entry = { type: 'link', path: 'latest', ...owned, target: 'S0' };
const slaves: Entry = { type: 'directory', path: 'slaves', ...owned, mode: 0o755 };
const root = '/var/lib/mesos/slave/meta';
const compare = (expected: Entry[], found: Entry[], directoryTimes = true) =>
  entryDifferences(expected, found, { root, directoryTimes }).map(
    ({ path, what, expected: want, found: got }) => `${path}: ${what}: ${want} -> ${got}`,
  );

test('equal entries do not differ', () => {
  expect(compare([info, latest, slaves], [info, latest, slaves])).toEqual([]);
});

test('every respect is told', () => {
  const changed: Entry = {
    ...info,
    mode: 0o600,
    uid: 7,
    mtimeNs: '1466004465000000002',
    size: 3,
    sha256: 'bb',
    linkedWith: 'boot_id',
    attributes: { 'user.oil': '0x00' },
  };
  expect(compare([info], [changed])).toEqual([
    `${root}/slave.info: owner: 0:0 -> 7:0`,
    `${root}/slave.info: mode: 0644 -> 0600`,
    `${root}/slave.info: content: 2 bytes, sha256 aa -> 3 bytes, sha256 bb`,
    `${root}/slave.info: hard link: none -> boot_id`,
    `${root}/slave.info: time: 2016-06-15T15:27:45.000000001Z -> 2016-06-15T15:27:45.000000002Z`,
    `${root}/slave.info: attributes: none -> user.oil=0x00`,
  ]);
  expect(compare([latest], [{ ...latest, target: 'S1' }])).toEqual([`${root}/latest: link target: S0 -> S1`]);
});

test('a name less of a file is told, and a time that no calendar has', () => {
  const mtimeNs = '9'.repeat(30);
  expect(compare([{ ...info, linkedWith: 'boot_id' }], [{ ...info, mtimeNs }])).toEqual([
    `${root}/slave.info: hard link: boot_id -> none`,
    `${root}/slave.info: time: 2016-06-15T15:27:45.000000001Z -> ${mtimeNs} ns`,
  ]);
});

test('of another type nothing else is told, and neither is of what is gone or new', () => {
  expect(compare([latest, info], [{ ...slaves, path: 'latest' }])).toEqual([
    `${root}/latest: type: link -> directory`,
    `${root}/slave.info: type: file -> absent`,
  ]);
  expect(compare([], [{ ...slaves, path: '.' }])).toEqual([`${root}: type: absent -> directory`]);
});

test('the time of a directory counts where it is asked for', () => {
  const later: Entry = { ...slaves, mtimeNs: '-1' };
  expect(compare([slaves], [later], false)).toEqual([]);
  expect(compare([slaves], [later])).toEqual([
    `${root}/slaves: time: 2016-06-15T15:27:45.000000001Z -> 1969-12-31T23:59:59.999999999Z`,
  ]);
});
