import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { hostSeenBy } from './host-seen-by.ts';
import { loadUnit } from './load-unit.ts';

const FILES = {
  '/usr/lib/libwick.so.1': '-> libwick.so.1.0',
  '/usr/lib/libwick.so.1.0': 'wick 1',
  '/usr/lib/lamp/glow': 'glow 1',
  '/opt/new/libwick.so.2': 'wick 2',
  '/opt/new/lamp/glow': 'glow 2',
  '/opt/new/lamp/ember': 'ember 2',
  '/opt/ember': 'ember 3',
  '/usr/lib/round': '-> round',
};
const view = (lines: string, prefixes = '') => {
  const host = rootWith({
    ...FILES,
    '/etc/systemd/system/lamp.service': `[Service]\nExecStart=/bin/lamp\n${lines}`,
  });
  return hostSeenBy(host, loadUnit(host, 'lamp'), prefixes);
};
const seen = (lines: string) => view(lines).host;
const text = (host: ReturnType<typeof seen>, path: string) => Buffer.from(host.readFile(path)).toString();

test.each([
  ['', 'wick 1'],
  ['BindReadOnlyPaths=/opt/new/libwick.so.2:/usr/lib/libwick.so.1.0\n', 'wick 2'],
  ['BindPaths=/opt/new/libwick.so.2:/usr/lib/libwick.so.1\n', 'wick 2'], // links in what is bound over are followed
  ['BindReadOnlyPaths=/nowhere /opt/new/libwick.so.2:/usr/lib/libwick.so.1:norbind\n', 'wick 2'],
  ['BindReadOnlyPaths=-/opt/none:/usr/lib/libwick.so.1\n', 'wick 1'],
  ['BindReadOnlyPaths=/opt/new/libwick.so.2:/usr/lib/libwick.so.1\nBindPaths=\n', 'wick 1'],
])('with %j its processes find %s', (lines, content) => {
  const host = seen(lines);
  expect(text(host, '/usr/lib/libwick.so.1')).toBe(content);
  expect(text(host, '/usr/lib/libwick.so.1.0')).toBe(content);
});

test('a directory that is bound hides what is below it, and what is bound deeper lies over it', () => {
  const host = seen('BindPaths=/opt/ember:/usr/lib/lamp/ember /opt/new/lamp:/usr/lib/lamp\n');
  expect(text(host, '/usr/lib/lamp/glow')).toBe('glow 2');
  expect(text(host, '/usr/lib/lamp/ember')).toBe('ember 3');
  expect(text(host, '/opt/new/lamp/ember')).toBe('ember 2');
});

test('the line that hides a file is told, also where a link leads to it', () => {
  const { host, hiddenBy } = view(
    'TemporaryFileSystem=/opt:ro\nInaccessiblePaths=-/usr/lib/libwick.so.1.0\n',
  );
  expect(host.stat('/opt/ember')).toBeUndefined();
  const line = (number: number, text: string) => `${text} (/etc/systemd/system/lamp.service:${number}:1)`;
  expect(hiddenBy('/opt/new/lamp/glow')).toBe(line(3, 'TemporaryFileSystem=/opt:ro'));
  expect(hiddenBy('/usr/lib/libwick.so.1')).toBe(line(4, 'InaccessiblePaths=-/usr/lib/libwick.so.1.0'));
  expect([hiddenBy('/usr/lib/lamp/glow'), hiddenBy('/opt/nowhere')]).toEqual([undefined, undefined]);
});

test('a command with the mark + is not in the sandbox, and what is laid over the file system it sees', () => {
  const { host } = view('InaccessiblePaths=/opt\nBindPaths=/opt/ember:/usr/lib/lamp/glow\n', '+');
  expect([text(host, '/opt/ember'), text(host, '/usr/lib/lamp/glow')]).toEqual(['ember 3', 'ember 3']);
});

test('images are not looked into', () => {
  expect(view('ExtensionImages=/srv/new.raw\n').notExamined).toEqual([
    'what ExtensionImages=/srv/new.raw lays over the file system of the service',
  ]);
});

test('destinations whose links lead round in a circle are left alone', () => {
  expect(text(seen('BindPaths=/opt/ember:/usr/lib/round/a\n'), '/usr/lib/lamp/glow')).toBe('glow 1');
});
