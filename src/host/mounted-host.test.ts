import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { type HostMount, MountedHost } from './mounted-host.ts';

const FILES = {
  '/opt/wick/one': 'one',
  '/opt/wick/two': 'two',
  '/opt/link': '-> wick/one',
  '/srv/glow/three': 'three',
  '/srv/glow/back': '-> /opt/wick/one',
};

function mounted(make: (host: ReturnType<typeof rootWith>) => HostMount[]): MountedHost {
  const host = rootWith(FILES);
  return new MountedHost(host, make(host));
}

const EMPTY = { kind: 'empty', type: 'directory', mode: 0o755 } as const;
const text = (host: MountedHost, path: string) => Buffer.from(host.readFile(path)).toString();

test('what is below an empty directory is gone, links that lead there lead nowhere, and the rest is as it was', () => {
  const host = mounted(() => [{ at: '/opt/wick', shows: EMPTY }]);
  expect(host.list('/opt/wick')).toEqual([]);
  expect(host.stat('/opt/wick/one')).toBeUndefined();
  expect(host.stat('/opt/link')).toBeUndefined();
  expect(host.readLink('/opt/link')).toBe('wick/one');
  expect(host.stat('/srv/glow/back')).toBeUndefined();
  expect(host.list('/opt')).toEqual(['link', 'wick']);
  expect(() => host.readFile('/opt/wick/one')).toThrow('/opt/wick/one: no such file');
  expect(() => host.readFile('/opt/wick')).toThrow('/opt/wick: a directory');
});

test('a tree below it is seen, with the directories on the way to it', () => {
  const host = mounted((base) => [
    { at: '/opt', shows: EMPTY },
    { at: '/opt/deep/er', shows: { kind: 'tree', host: base, path: '/srv/glow' } },
    { at: '/opt/wick/one', shows: { kind: 'tree', host: base, path: '/opt/wick/two' } },
  ]);
  expect(host.list('/opt')).toEqual(['deep', 'wick']);
  expect(host.list('/opt/deep/er')).toEqual(['back', 'three']);
  expect([...(host.entries('/opt/deep', 9)?.keys() ?? [])]).toEqual(['er']);
  expect(text(host, '/opt/deep/er/three')).toBe('three');
  // A link in the tree starts at the root that is seen, not at the one it was taken from.
  expect(text(host, '/opt/deep/er/back')).toBe('two');
  expect(host.realPath('/opt/deep/er/back')).toBe('/opt/wick/one');
});

test('a file of no bytes stands for one that is hidden', () => {
  const host = mounted(() => [{ at: '/opt/wick/one', shows: { kind: 'empty', type: 'file', mode: 0 } }]);
  expect(host.stat('/opt/link')).toMatchObject({ type: 'file', size: 0, mode: 0 });
  expect(text(host, '/opt/link')).toBe('');
  expect(host.open('/opt/link').read(0, 9)).toHaveLength(0);
});

test('another root, and of two mounts over one path the last', () => {
  const host = mounted((base) => [
    { at: '/', shows: { kind: 'tree', host: base, path: '/srv' } },
    { at: '/glow', shows: EMPTY },
    { at: '/glow', shows: { kind: 'tree', host: base, path: '/opt' } },
  ]);
  expect(host.list('/')).toEqual(['glow']);
  expect(text(host, '/glow/wick/one')).toBe('one');
  expect(host.stat('/opt')).toBeUndefined();
});
