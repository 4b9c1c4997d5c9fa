import { execFileSync } from 'node:child_process';
import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { HostError } from './host.ts';
import { RootedHost } from './rooted-host.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('an absolute link stays inside the root', () => {
  const host = rootWith({ '/etc/lamp.conf': 'inside', '/srv/link': '-> /etc/lamp.conf' });
  expect(text(host.readFile('/srv/link'))).toBe('inside');
  expect(host.realPath('/srv/link')).toBe('/etc/lamp.conf');
});

test('a root that is named by a link has its links', () => {
  const { root } = rootWith({ '/lib': '-> usr/lib', '/usr/lib/libwick.so': 'wick' });
  symlinkSync(root, `${root}/to-itself`);
  const host = new RootedHost(`${root}/to-itself`);
  expect([host.readLink('/lib'), text(host.readFile('/lib/libwick.so'))]).toEqual(['usr/lib', 'wick']);
});

test('a link that climbs out ends at the root', () => {
  const host = rootWith({ '/etc/passwd': 'the root’s own', '/a/b/link': '-> ../../../../../../etc/passwd' });
  expect(text(host.readFile('/a/b/link'))).toBe('the root’s own');
});

test('a directory link is followed in the middle of a path', () => {
  const host = rootWith({ '/opt/v2/bin/lamp': 'v2', '/opt/current': '-> v2' });
  expect(text(host.readFile('/opt/current/bin/lamp'))).toBe('v2');
  expect(host.lstat('/opt/current')?.type).toBe('link');
});

test('a link loop is an error, not a hang', () => {
  const host = rootWith({ '/a': '-> /b', '/b': '-> /a' });
  expect(() => host.stat('/a')).toThrow(
    new HostError('/a', 'link-loop', 'too many levels of symbolic links'),
  );
});

test('what is not there is undefined, and reading it says so', () => {
  const host = rootWith({ '/etc/lamp.conf': '' });
  expect(host.stat('/etc/horn.conf')).toBeUndefined();
  expect(host.list('/etc/horn.d')).toBeUndefined();
  expect(() => host.readFile('/etc/horn.conf')).toThrow('/etc/horn.conf: no such file');
});

test('a pipe is never opened', () => {
  const host = rootWith({ '/run/keep': '' });
  execFileSync('mkfifo', [join(host.root, 'run/horn')]);
  expect(() => host.readFile('/run/horn')).toThrow('/run/horn: not a regular file');
});

test('more than the limit is refused', () => {
  const host = rootWith({ '/var/log': 'x'.repeat(11) });
  expect(() => host.readFile('/var/log', 10)).toThrow('/var/log: 11 bytes, more than the 10 that are read');
});

test('a root that remembers follows a link as it was when it was first looked at', () => {
  const host = rootWith({ '/one/file': 'one', '/two/file': 'two', '/now': '-> one' });
  const remembering = host.remembering();
  expect(remembering.realPath('/now/file')).toBe('/one/file');
  unlinkSync(`${host.root}/now`);
  symlinkSync('two', `${host.root}/now`);
  expect(remembering.realPath('/now/file')).toBe('/one/file');
  expect(host.realPath('/now/file')).toBe('/two/file');
});
