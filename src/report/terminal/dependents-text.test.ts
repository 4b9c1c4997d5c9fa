import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addLoader } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { KnownHost } from '../../graph/known-host.ts';
import { dependentsText } from './dependents-text.ts';
import { dependentsOf } from '../../inspect/dependents.ts';

const UNITS = '/etc/systemd/system';

test.runIf(hasCompiler)(
  'a library: the services that load it, under any of its names, and lines that name it',
  () => {
    const host = rootWith({
      [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/opt/bin/lamp.sh\n',
      '/opt/bin/lamp.sh': { text: '#!/bin/sh\nexec /opt/bin/lamp\n', mode: 0o755 },
      [`${UNITS}/horn.service`]: '[Service]\nExecStart=/opt/bin/horn --oil=/usr/lib/liboil.so.1\n',
      [`${UNITS}/gone.service`]: '-> /dev/null',
      [`${UNITS}/empty.service`]: '',
      [`${UNITS}/beacon.service`]: '-> lamp.service',
      [`${UNITS}/oil.path`]: '[Path]\nPathChanged=/usr/lib/liboil.so.1\n',
      '/etc/cron.d/oil': '# /usr/lib/liboil.so.10 is another\n7 * * * * root cp /usr/lib/liboil.so.1 /srv\n',
      '/opt/lib/liboil.so.1': '-> /usr/lib/liboil.so.1',
      '/bin/sh': '\x7fELF',
    });
    addLoader(host.root);
    library(join(host.root, 'usr/lib/liboil.so.1'), 'extern "C" int oil() { return 1; }');
    const source = 'extern "C" int oil(); extern "C" void _start() { for (;;) oil(); }';
    program(join(host.root, 'opt/bin/lamp'), source, join(host.root, 'usr/lib/liboil.so.1'));
    program(join(host.root, 'opt/bin/horn'), 'extern "C" void _start() { for (;;) ; }');
    const dependents = dependentsOf(new KnownHost(host, { knowledge: [] }), '/opt/lib/liboil.so.1');
    expect(dependentsText({ colour: false, width: undefined }, dependents)).toBe(
      `/opt/lib/liboil.so.1 (leads to /usr/lib/liboil.so.1): noticed by 2 services
  horn.service
    names /usr/lib/liboil.so.1  ${UNITS}/horn.service:2
  lamp.service
    starts /opt/bin/lamp.sh            ExecStart ${UNITS}/lamp.service:2
    starts /opt/bin/lamp               exec /opt/bin/lamp.sh:2
    needs /opt/bin/../lib/liboil.so.1  /opt/bin/lamp needs liboil.so.1; found by runpath of /opt/bin/lamp

named elsewhere:
  /etc/cron.d/oil:2:19
  /etc/systemd/system/oil.path:2:13

not examined: units that generators make when it boots, of /etc/fstab, /etc/init.d and the like: there are none in a root
not examined: programs that no service starts, and files that name it elsewhere than in unit files, /etc, /usr/local/{bin,sbin,etc}, /var/spool/cron, rules of udev, tmpfiles, sysctl and polkit, hooks of sleep, shutdown and networks, scripts of packages, and those that all these run
not examined: what services open by themselves while they run, unless a configuration that is read names it
`,
    );
  },
);

test('a file that is not there and that nobody names', () => {
  const host = rootWith({ [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/opt/bin/lamp\n' });
  const { realPath, services, references } = dependentsOf(
    new KnownHost(host, { knowledge: [] }),
    '/srv/none',
  );
  expect({ realPath, services, references }).toEqual({ realPath: null, services: [], references: [] });
});

test('a file that every process may read, and who uses it now', () => {
  const text = dependentsText(
    { colour: false, width: undefined },
    {
      apiVersion: 'cutover/v1',
      kind: 'Dependents',
      path: '/etc/ld.so.cache',
      realPath: '/etc/ld.so.cache',
      services: [],
      readByAll: 'the loader reads it',
      processes: [
        { pid: 7, program: '/usr/sbin/lamp', service: 'lamp.service', use: 'maps' },
        { pid: 8, use: 'maps-earlier' },
        { pid: 1200, program: '/bin/x\u001b[1m', use: 'has-open' },
      ],
      references: [],
      notExamined: [],
    },
  );
  expect(text).toBe(`/etc/ld.so.cache: noticed by 0 services

read by all: the loader reads it

used at this moment by
  process 7 /usr/sbin/lamp    has it mapped, lamp.service
  process 8                   has mapped what had this name before
  process 1200 /bin/x\\x1b[1m  has it open

`);
});
