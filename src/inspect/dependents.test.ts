import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addLoader } from '../../test/plugin-findings.ts';
import { rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program } from '../../test/small-elf.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { KnownHost } from '../graph/known-host.ts';
import { dependentsOf } from './dependents.ts';

test.runIf(hasCompiler)('a library of /etc/ld.so.preload: every service that starts with it', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/opt/bin/lamp\n',
    '/etc/ld.so.preload': '/opt/shade/libshade.so\n',
  });
  addLoader(host.root);
  const wick = join(host.root, 'opt/lib/libwick.so');
  for (const path of [wick, join(host.root, 'opt/shade/libshade.so')]) {
    library(path, 'extern "C" int wick() { return 1; }');
  }
  const start = 'extern "C" int wick(); extern "C" void _start() { wick(); }';
  program(join(host.root, 'opt/bin/lamp'), start, wick);
  const { services } = dependentsOf(new KnownHost(host, { knowledge: [] }), '/opt/shade/libshade.so');
  expect(services.map(({ service }) => service)).toEqual(['lamp.service']);
});

test('an instance that runs and that nothing on the disk names; a template without one is told', () => {
  const group = '/sys/fs/cgroup/system.slice/system-lamp.slice/lamp@east.service/cgroup.procs';
  const { root } = rootWith({
    '/etc/systemd/system/lamp@.service': '[Service]\nExecStart=/bin/true /srv/oil\n',
    '/etc/systemd/system/horn@.service': '[Service]\nExecStart=/bin/true /srv/oil\n',
    '/srv/oil': '',
    [group]: '',
  });
  const live = dependentsOf(new KnownHost(new RootedHost(root, 'live'), { knowledge: [] }), '/srv/oil');
  expect(live.services.map(({ service }) => service)).toEqual(['lamp@east.service']);
  expect(live.notExamined[0]).toBe('templates of which no instance is enabled or runs: horn@.service');
  const { services, notExamined } = dependentsOf(
    new KnownHost(new RootedHost(root), { knowledge: [] }),
    '/srv/oil',
  );
  expect(services).toEqual([]);
  expect(notExamined.slice(0, 2)).toEqual([
    'templates of which no instance is enabled or runs: horn@.service, lamp@.service',
    'units that generators make when it boots, of /etc/fstab, /etc/init.d and the like: there are none in a root',
  ]);
});

test('who uses it now: by /proc of the machine itself', () => {
  const line = (name: string, inode = 9): string =>
    `7f0000000000-7f0000001000 r-xp 00000000 08:01 ${inode}      ${name}\n`;
  const { root } = rootWith({
    '/usr/lib/liboil.so.1.2': '',
    '/usr/lib/liboil.so.1': '-> liboil.so.1.2',
    '/usr/sbin/lamp': '',
    '/proc/7/exe': '-> /usr/sbin/lamp',
    '/proc/7/maps': line('/usr/sbin/lamp') + line('/usr/lib/liboil.so.1.2', 4),
    '/proc/7/cgroup': '0::/system.slice/lamp.service/worker\n',
    '/proc/8/exe': '-> /usr/bin/other',
    '/proc/8/maps': line('/usr/lib/liboil.so.1.2 (deleted)', 5),
    '/proc/9/exe': '-> /usr/bin/third',
    '/proc/9/maps': line('/usr/lib/liboil.so.1.20'),
    '/proc/9/cgroup': '0::/user.slice/user-0.slice\n',
    '/proc/9/fd/3': '-> /usr/lib/liboil.so.1.2',
    '/proc/10/maps': line('/usr/lib/liboil.so.1.20'),
    '/proc/11/exe': '-> /usr/bin/third',
    '/etc/cron.d/oil': '* * * * * root cp /usr/lib/liboil.so.1 /srv\n',
  });
  const known = new KnownHost(new RootedHost(root, 'live'), { knowledge: [] });
  const { processes, references, notExamined } = dependentsOf(known, '/usr/lib/liboil.so.1');
  expect(processes).toEqual([
    { pid: 7, program: '/usr/sbin/lamp', service: 'lamp.service', use: 'maps' },
    { pid: 8, program: '/usr/bin/other', use: 'maps-earlier' },
    { pid: 9, program: '/usr/bin/third', use: 'has-open' },
  ]);
  expect(references).toEqual([{ file: '/etc/cron.d/oil', line: 1, column: 19 }]);
  expect(notExamined).toContain('which files 1 of the processes use: not readable, run it as root');
  expect(dependentsOf(known, '/usr/sbin/lamp').processes).toEqual([
    { pid: 7, program: '/usr/sbin/lamp', service: 'lamp.service', use: 'runs' },
  ]);
});

test('a service of which a process uses it now notices, though nothing that is written says so', () => {
  const { root } = rootWith({
    '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/usr/sbin/lamp /srv/oil\n',
    '/srv/oil': '',
    '/proc/7/exe': '-> /usr/sbin/lamp',
    '/proc/7/fd/3': '-> /srv/oil',
    '/proc/7/cgroup': '0::/system.slice/lamp.service\n',
    '/proc/8/exe': '-> /usr/bin/other',
    '/proc/8/fd/3': '-> /srv/oil',
    '/proc/8/cgroup': '0::/system.slice/horn.service\n',
    '/proc/9/maps': '7f0000000000-7f0000001000 r-xp 00000000 08:01 5      /srv/oil (deleted)\n',
    '/proc/9/cgroup': '0::/system.slice/bell.service\n',
  });
  const { services } = dependentsOf(
    new KnownHost(new RootedHost(root, 'live'), { knowledge: [] }),
    '/srv/oil',
  );
  expect(services.map(({ service }) => service)).toEqual(['horn.service', 'lamp.service']);
  expect(services[0]?.way).toEqual([
    {
      kind: 'runs',
      to: 'process 8 /usr/bin/other',
      evidence: { how: 'it has the file open at this moment' },
    },
  ]);
});

test('a file that a process sees by another name, through a bind mount of its unit', () => {
  const ours = '22 1 254:0 / / rw - ext4 /dev/vda rw\n';
  const { root } = rootWith({
    '/home/lamp/lib/libwick.so': '',
    '/srv/x/libwick.so': '',
    '/proc/self/mountinfo': ours,
    '/proc/7/mountinfo': `${ours}40 22 254:0 /home/lamp/lib /srv/x ro - ext4 /dev/vda rw\n`,
    '/proc/7/maps': '7f0000000000-7f0000001000 r-xp 00000000 fe:00 5      /srv/x/libwick.so\n',
    '/proc/7/cgroup': '0::/system.slice/lamp.service\n',
  });
  const known = new KnownHost(new RootedHost(root, 'live'), { knowledge: [] });
  expect(dependentsOf(known, '/home/lamp/lib/libwick.so').processes).toEqual([
    { pid: 7, service: 'lamp.service', use: 'maps' },
  ]);
  expect(dependentsOf(known, '/srv/x/libwick.so').processes).toEqual([]);
});

test('a directory: what names or leads to something in it', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp.service':
      '[Service]\nExecStart=/usr/sbin/lamp\nBindReadOnlyPaths=/dev/log:/var/lib/lamp/dev/log\n',
    '/etc/systemd/system/horn.service': '[Service]\nExecStart=/bin/true /var/lib/lamp/oil\n',
    '/etc/rsyslog.d/49-lamp.conf': '$AddUnixListenSocket /var/lib/lamp/dev/log\n',
    '/etc/rsyslog.d/50-other.conf': '$AddUnixListenSocket /var/lib/lamps/dev/log\n',
    '/var/lib/lamp/oil': '',
    '/var/lib/lamps': '',
  });
  const known = new KnownHost(host, { knowledge: [] });
  const { services, references } = dependentsOf(known, '/var/lib/lamp');
  expect(services.map(({ service, way }) => [service, way.at(-1)?.to])).toEqual([
    ['horn.service', '/var/lib/lamp/oil'],
    ['lamp.service', '/var/lib/lamp/dev/log'],
  ]);
  expect(references).toEqual([{ file: '/etc/rsyslog.d/49-lamp.conf', line: 1, column: 22 }]);
});

test.each([
  '/etc/ld.so.cache',
  '/etc/passwd',
  '/etc/group',
  '/etc/nsswitch.conf',
  '/etc/hosts',
  '/etc/localtime',
])('%s is read by all', (path) => {
  const host = new KnownHost(rootWith({ [path]: '' }), { knowledge: [] });
  expect(dependentsOf(host, path).readByAll).toMatch(/every program/);
});
