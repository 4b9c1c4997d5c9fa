import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { debian } from '../../knowledge/debian/debian.ts';
import { buildWholeGraph } from '../build-graph.ts';
import { Subject } from '../subject.ts';
import { mentionsPart } from './mentions.ts';

const UNIT = '/etc/systemd/system/lamp.service';

function referrers(entries: Parameters<typeof rootWith>[0], service: string): string[] {
  const { edges } = buildWholeGraph(new Subject(rootWith(entries), service, { knowledge: [debian] }));
  return edges.flatMap(({ kind, from, to, label, evidence }) => {
    if (kind !== 'refers-to') return [];
    return [`${from} → ${to}: ${label} ${'file' in evidence ? evidence.line : evidence.how}`];
  });
}

test('scripts, rules and configuration that name the service, its files, directories and ports: each file once for each', () => {
  expect(
    referrers(
      {
        [UNIT]:
          '[Service]\nEnvironmentFile=/etc/default/lamp\nPIDFile=/run/lamp.pid\nStateDirectory=lamp\nExecStart=/opt/lamp --port 7001 /dev/null /etc/hosts\n',
        '/etc/default/lamp': 'A=1\n',
        '/etc/hosts': '',
        '/opt/lamp': { text: '#!/bin/sh\n', mode: 0o755 },
        '/etc/systemd/system/horn.service':
          '[Unit]\nAfter=lamp.service\n[Service]\nExecStart=/bin/horn /etc/default/lamp\nExecReload=/bin/systemctl reload lamp\n',
        '/etc/cron.daily/lamp':
          '#!/bin/sh\n. /etc/default/lamp\nkill $(cat /var/run/lamp.pid)\nkill -9 $(cat /run/lamp.pid)\n/opt/lamp >/dev/null < /etc/hosts\ntar c /var/lib/lamp/x\nsystemctl restart lamp\nnc localhost:7001\n',
        '/var/lib/dpkg/info/lamp.postinst': '#!/bin/sh\ninvoke-rc.d lamp restart\n',
        '/var/lib/dpkg/info/lamp.list': '/opt/lamp\n',
      },
      'lamp',
    ),
  ).toEqual([
    'unit:horn.service → service:lamp.service: After 2',
    'unit:horn.service → environment-file:/etc/default/lamp: ExecStart names /etc/default/lamp at 4',
    'file:/etc/cron.daily/lamp → service:lamp.service: runs systemctl restart lamp at 7',
    'file:/etc/cron.daily/lamp → port:7001: names 7001 at 8',
    'file:/etc/cron.daily/lamp → environment-file:/etc/default/lamp: names /etc/default/lamp at 2',
    'file:/etc/cron.daily/lamp → file:/run/lamp.pid: names /run/lamp.pid in 2 lines, first at 3',
    'file:/etc/cron.daily/lamp → script:/opt/lamp: names /opt/lamp at 5',
    'file:/etc/cron.daily/lamp → directory:/var/lib/lamp: names /var/lib/lamp at 6',
    'file:/etc/systemd/system/horn.service → service:lamp.service: runs systemctl reload lamp at 5',
    'file:/var/lib/dpkg/info/lamp.postinst → service:lamp.service: runs invoke-rc.d lamp restart at 2',
  ]);
});

test('what it reads through a link is its own', () => {
  const files = {
    [UNIT]: '[Service]\nEnvironmentFile=/etc/lamp/enabled\nExecStart=/opt/lamp --port 7001\n',
    '/etc/lamp/enabled': '-> available',
    '/etc/lamp/available': 'A=/etc/lamp/enabled\nPORT=7001\nB=/opt/lamp\n',
  };
  expect(referrers(files, 'lamp')).toEqual([]);
});

test('many files that name one thing: so many are told, the rest is counted', () => {
  const scripts = Array.from({ length: 60 }, (_, at) => [
    `/etc/cron.d/job${at}`,
    '* * * * * root systemctl restart lamp\n',
  ]);
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/opt/lamp\n', ...Object.fromEntries(scripts) });
  const { edges, notExamined } = mentionsPart(new Subject(host, 'lamp', { knowledge: [] }), []);
  expect(edges.length).toBe(50);
  expect(notExamined).toEqual([
    'who else refers to it: 61 text files are searched (unit files, /etc, /usr/local/{bin,sbin,etc}, /var/spool/cron, rules of udev, tmpfiles, sysctl and polkit, hooks of sleep, shutdown and networks, scripts of packages, and those that all these run); neither other directories nor programs, nor names that a script puts together',
    '10 more files that name lamp.service',
  ]);
});
