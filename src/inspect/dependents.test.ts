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
