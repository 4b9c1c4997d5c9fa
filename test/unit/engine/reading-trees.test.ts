import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBareTree } from '../../../src/engine/read-entries.ts';
import { syncFileSystemsOf } from '../../../src/engine/sync-directories.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';

const machine = liveMachine();
let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'reading-trees-'));
});
afterEach(() => rmSync(place, { recursive: true }));

test('a tree with more entries than are read is no tree to work on', () => {
  writeFileSync(join(place, 'lamp'), 'lit');
  expect(readBareTree(machine.host, place, { most: 2 })).toHaveLength(2);
  expect(() => readBareTree(machine.host, place, { most: 1 })).toThrow(`${place} has more than 1 entries`);
});

test('what has a name that is not UTF-8 can not be read', () => {
  writeFileSync(Buffer.concat([Buffer.from(`${place}/`), Buffer.from([0xe9])]), '');
  expect(() => readBareTree(machine.host, place)).toThrow(
    `${place}/\ufffd went away while it was read, or its name is not UTF-8`,
  );
});

test('a directory that goes away while a tree is read had nothing in it', () => {
  class Losing extends RootedHost {
    override remembering = () => this;
    override list = (path: string) => {
      if (path.endsWith('/drawer')) rmdirSync(path);
      return super.list(path);
    };
  }
  mkdirSync(join(place, 'drawer'));
  const entries = readBareTree(new Losing('/', 'live'), place);
  expect(entries.map(({ path, type }) => [path, type])).toEqual([
    ['.', 'directory'],
    ['drawer', 'directory'],
  ]);
});

test('that a directory whose files are to be brought to the disk is gone is told', async () => {
  const gone = join(place, 'gone');
  await expect(syncFileSystemsOf(machine, [place, gone])).rejects.toThrow(
    `${gone}: sync: error opening '${gone}': No such file or directory`,
  );
});
