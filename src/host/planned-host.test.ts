import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { tarOf } from '../../test/tar-writer.ts';
import { HostError } from './host.ts';
import type { OverlayEntry } from './overlay.ts';
import { PlannedHost } from './planned-host.ts';

const file = (content: string): OverlayEntry => ({ type: 'file', content, mode: 0o640, uid: 7, gid: 8 });
const planned = (
  base: Record<string, string>,
  entries: Record<string, OverlayEntry>,
  trees: { at: string; from: string }[] = [],
) => new PlannedHost(rootWith(base), { entries: new Map(Object.entries(entries)), trees });
const text = (host: PlannedHost, path: string) => new TextDecoder().decode(host.readFile(path));

test('a file in a directory that will be made', () => {
  const path = '/etc/systemd/system/nginx.service.d/90-cutover.conf';
  const host = planned(
    { '/etc/systemd/system/nginx.service': '[Service]\n' },
    { [path]: file('[Service]\n') },
  );
  expect(host.list('/etc/systemd/system')).toEqual(['nginx.service', 'nginx.service.d']);
  expect(host.list('/etc/systemd/system/nginx.service.d')).toEqual(['90-cutover.conf']);
  expect(host.stat('/etc/systemd/system/nginx.service.d')?.type).toBe('directory');
  expect(host.lstat(path)).toMatchObject({ type: 'file', mode: 0o640, uid: 7, gid: 8, size: 10 });
  expect(text(host, path)).toBe('[Service]\n');
  const open = host.open(path);
  expect(Buffer.from(open.read(1, 7)).toString()).toBe('Service');
});

test('what is planned stands in the way of what is there, and the rest stays', () => {
  const host = planned(
    { '/etc/redis/redis.conf': 'port 6379\n', '/etc/redis/users.acl': 'user default on\n' },
    { '/etc/redis/redis.conf': file('port 6380\n'), '/etc/redis/users.acl': { type: 'absent' } },
  );
  expect(text(host, '/etc/redis/redis.conf')).toBe('port 6380\n');
  expect(host.list('/etc/redis')).toEqual(['redis.conf']);
  expect(host.stat('/etc/redis/users.acl')).toBeUndefined();
  expect(() => host.readFile('/etc/redis/users.acl')).toThrow(
    new HostError('/etc/redis/users.acl', 'absent', 'no such file'),
  );
});

test('paths lead through links, of the host and planned ones', () => {
  const host = planned(
    { '/run/redis/pid': '1', '/var/run': '-> /run' },
    { '/var/run/redis/mode': file('planned'), '/run/now': { type: 'link', target: 'redis/mode' } },
  );
  expect(text(host, '/run/redis/mode')).toBe('planned');
  expect(text(host, '/var/run/now')).toBe('planned');
  expect(host.realPath('/var/run/now')).toBe('/run/redis/mode');
  expect(host.readLink('/run/now')).toBe('redis/mode');
  expect(host.readLink('/var/run')).toBe('/run');
  expect(host.list('/var/run')).toEqual(['now', 'redis']);
});

test('archives will stand unpacked, links among them leading to one another', () => {
  const root = rootWith({
    '/srv/tools.tar': tarOf({ name: './bin/valkey', mode: 0o755, content: 'valkey' }),
    '/srv/server.tar': tarOf({ name: 'bin/redis', type: '2', linkName: 'valkey' }),
    '/var/lib/cutover/store/other': 'x',
  });
  const at = '/var/lib/cutover/store/sha256-ab';
  const archives = ['/srv/server.tar', '/srv/tools.tar'];
  const host = new PlannedHost(root, { entries: new Map(), trees: [{ at, from: { archives } }] });
  expect(text(host, `${at}/bin/redis`)).toBe('valkey');
  expect(host.stat(`${at}/bin/redis`)).toMatchObject({ type: 'file', mode: 0o755, uid: 0, gid: 0 });
  expect(host.realPath(`${at}/bin/redis`)).toBe(`${at}/bin/valkey`);
  expect(host.list(at)).toEqual(['bin']);
  expect(host.list(`${at}/bin`)).toEqual(['redis', 'valkey']);
  expect(host.list('/var/lib/cutover/store')).toEqual(['other', 'sha256-ab']);
  expect(Buffer.from(host.open(`${at}/bin/redis`).read(1, 3)).toString()).toBe('alk');
  expect(() => host.readFile(`${at}/bin`)).toThrow(new HostError('/bin', 'not-a-file', 'not a file'));
});

test('what will be in the store belongs to root, and nobody may write it', () => {
  const root = rootWith({ '/srv/lamp': { text: 'x', mode: 0o2775 } });
  const trees = [{ at: '/store/a', from: '/srv', isStored: true } as const];
  const host = new PlannedHost(root, { entries: new Map(), trees });
  expect(host.stat('/store/a/lamp')).toMatchObject({ mode: 0o555, uid: 0, gid: 0 });
  expect(host.stat('/store/a')).toMatchObject({ type: 'directory', mode: 0o555, uid: 0, gid: 0 });
  expect(host.stat('/srv/lamp')?.mode).toBe(0o2775);
});

test('a tree will stand elsewhere with the content it has now', () => {
  const at = '/var/lib/cutover/store/sha256-ab';
  const host = planned({ '/srv/valkey/bin/valkey': 'valkey', '/srv/valkey/bin/redis': '-> valkey' }, {}, [
    { at, from: '/srv/valkey' },
  ]);
  expect(host.list(at)).toEqual(['bin']);
  expect(text(host, `${at}/bin/valkey`)).toBe('valkey');
  expect(host.realPath(`${at}/bin/redis`)).toBe(`${at}/bin/valkey`);
  expect(host.realPath(`${at}/bin/sentinel`)).toBeUndefined();
  expect(host.list('/var/lib/cutover/store')).toEqual(['sha256-ab']);
});

test('links that go round are told', () => {
  const host = planned({}, { '/a': { type: 'link', target: '/b' }, '/b': { type: 'link', target: '/a' } });
  expect(() => host.stat('/a')).toThrow(
    new HostError('/a', 'link-loop', 'too many levels of symbolic links'),
  );
});
