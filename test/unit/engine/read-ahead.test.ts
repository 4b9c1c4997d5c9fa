import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { keepCopy } from '../../../src/engine/keep-original.ts';
import { ReadAhead } from '../../../src/engine/read-ahead.ts';

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'read-ahead-'));
});
afterEach(() => rmSync(place, { recursive: true }));

test('a file that was written to before the copy is read again, and no other', async () => {
  writeFileSync(join(place, 'lamp'), 'lit');
  writeFileSync(join(place, 'horn'), 'low');
  symlinkSync('/dev/zero', join(place, 'link'));
  const ahead = new ReadAhead();
  ahead.read(new RootedHost('/'), place);
  writeFileSync(join(place, 'lamp'), 'out');
  const opened: string[] = [];
  const entries = await keepCopy(contextWith(opened), place, `${place}.kept`, { ahead });
  rmSync(`${place}.kept`, { recursive: true });
  expect(entries.map((entry) => [entry.path, entry.type === 'file' ? entry.sha256 : entry.type])).toEqual([
    ['.', 'directory'],
    ['horn', sha256('low')],
    ['lamp', sha256('out')],
    ['link', 'link'],
  ]);
  expect(opened.filter((path) => path.startsWith(`${place}/`))).toEqual([join(place, 'lamp')]);
});

test('a file for which there is no room is not read', () => {
  writeFileSync(join(place, 'a'), 'lit');
  truncateSync(join(place, 'a'), 4 * 1024 ** 3 + 1);
  writeFileSync(join(place, 'b'), 'low');
  const ahead = new ReadAhead();
  ahead.read(new RootedHost('/'), place);
  expect(ahead.digestOf(join(place, 'a'))).toBe(undefined);
  expect(ahead.digestOf(join(place, 'b'))).toBe(sha256('low'));
});

test('what is not there is not read', () => {
  const ahead = new ReadAhead();
  ahead.read(new RootedHost('/'), join(place, 'nothing'));
  expect(ahead.digestOf(join(place, 'nothing'))).toBe(undefined);
});

function contextWith(opened: string[]): Parameters<typeof keepCopy>[0] {
  class Watched extends RootedHost {
    override remembering = () => this;
    override open = (path: string) => {
      opened.push(path);
      return super.open(path);
    };
  }
  return { machine: { ...liveMachine(`${place}.home`), host: new Watched('/', 'live') } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
