import { expect, test } from 'vitest';
import { DIRECTORY, rootWith } from '../../../test/root-with.ts';
import { showPlace } from '../../text/place.ts';
import { findMentions, type Wanted } from './find-mentions.ts';

const NOTHING: Wanted = { units: [], processes: [], files: [], directories: [], ports: [] };
const LAMP: Wanted = {
  ...NOTHING,
  units: ['lamp.service', 'light.service'],
  processes: ['lampd'],
  files: ['/run/lamp/lamp.sock'],
  directories: ['/var/lib/lamp'],
};

function linesOf(entries: Parameters<typeof rootWith>[0], more: readonly string[] = []): string[] {
  const { mentions } = findMentions(rootWith(entries), LAMP, new Set(['/etc/lamp/own.conf']), more);
  return mentions.map(
    ({ kind, target, command, place }) => `${kind} ${target} ${command ?? '-'} ${showPlace(place)}`,
  );
}

test('crontabs, rotations, rules, hooks and scripts, each with the line', () => {
  expect(
    linesOf({
      '/etc/cron.d/lamp-backup': '0 4 * * * root tar c /var/lib/lamp/deep | gzip > /backup/lamp.gz\n',
      '/etc/cron.daily/lamp': '#!/bin/sh\n# systemctl restart lamp\npkill -HUP lampd\n',
      '/etc/init.d/tower': '#!/bin/sh\n/etc/init.d/lamp restart\n',
      '/etc/logrotate.d/lamp': '/var/log/x {\n postrotate\n  service lamp rotate\n endscript\n}\n',
      '/etc/NetworkManager/dispatcher.d/50-lamp': '#!/bin/sh\nsystemctl restart light.service\n',
      '/etc/sudoers.d/ops': '%ops ALL=NOPASSWD: /usr/bin/systemctl restart lamp\n',
      '/etc/udev/rules.d/9.rules': 'ACTION=="add", ENV{SYSTEMD_WANTS}="lamp.service"\n',
      '/usr/share/polkit-1/rules.d/1.rules':
        '// lamp.service\nif (action.lookup("unit") == "lamp.service") {}\n',
      '/usr/lib/tmpfiles.d/own.conf': 'd /var/lib/lamp 0755 - -\n',
      '/usr/local/sbin/flash': '#!/usr/bin/python3\nsock.connect("/run/lamp/lamp.sock")\n',
      '/var/spool/cron/crontabs/keeper': '@daily systemctl kill -s USR1 lamp\n',
      '/usr/lib/systemd/system/other.service': '[Service]\nExecStart=/bin/systemctl restart lamp\n',
      '/etc/lamp/own.conf': 'dir /var/lib/lamp\n',
      '/etc/cron.d/lamp.dpkg-old': '* * * * * root systemctl restart lamp\n',
      '/etc/binary': '\0 lamp.service',
      '/root/notes': 'systemctl restart lamp',
    }),
  ).toEqual([
    'unit lamp.service systemctl restart lamp /usr/lib/systemd/system/other.service:2:34',
    'unit light.service systemctl restart light.service /etc/NetworkManager/dispatcher.d/50-lamp:2:19',
    'path /var/lib/lamp - /etc/cron.d/lamp-backup:1:22',
    'process lampd pkill lampd /etc/cron.daily/lamp:3:12',
    'unit lamp.service /etc/init.d/lamp restart /etc/init.d/tower:2:13',
    'unit lamp.service service lamp rotate /etc/logrotate.d/lamp:3:11',
    'unit lamp.service systemctl restart lamp /etc/sudoers.d/ops:1:47',
    'unit lamp.service - /etc/udev/rules.d/9.rules:1:36',
    'path /run/lamp/lamp.sock - /usr/local/sbin/flash:2:15',
    'unit lamp.service systemctl kill lamp /var/spool/cron/crontabs/keeper:1:31',
    'path /var/lib/lamp - /usr/lib/tmpfiles.d/own.conf:1:3',
    'unit lamp.service - /usr/share/polkit-1/rules.d/1.rules:2:31',
  ]);
});

test('a script that lies elsewhere, where a crontab, a unit or a link of cron runs it', () => {
  const lamp = '#!/bin/sh\nsystemctl restart lamp\n';
  expect(
    linesOf({
      '/etc/cron.d/night': '0 4 * * * root nice /opt/ops/night.sh --all\n',
      '/opt/ops/night.sh': lamp,
      '/etc/cron.weekly/week': '-> /srv/ops/week.sh',
      '/srv/ops/week.sh': lamp,
      '/etc/systemd/system/backup.service': '[Service]\nExecStart=/usr/lib/backup/run\n',
      '/usr/lib/backup/run': lamp,
      '/etc/systemd/system/paint.service': '[Service]\nExecStartPre=-/opt/paint/run.sh\n',
      '/opt/paint/run.sh': lamp,
      // Nobody that is looked at runs it.
      '/opt/ops/idle.sh': lamp,
      '/etc/notes': '/opt/ops/idle.sh\n',
      '/etc/cron.d/none': '0 4 * * * root /opt/none /opt /etc/cron.d/none\n',
      '/opt/empty': DIRECTORY,
    }),
  ).toEqual([
    'unit lamp.service systemctl restart lamp /srv/ops/week.sh:2:19',
    'unit lamp.service systemctl restart lamp /opt/ops/night.sh:2:19',
    'unit lamp.service systemctl restart lamp /usr/lib/backup/run:2:19',
    'unit lamp.service systemctl restart lamp /opt/paint/run.sh:2:19',
  ]);
});

test('files that are too large are told', () => {
  const large = { '/etc/large': `${' '.repeat(256 * 1024)}lamp.service`, '/etc/small': 'lamp.service' };
  const found = findMentions(rootWith(large), LAMP, new Set(), []);
  expect(found.mentions.map(({ place }) => place.file)).toEqual(['/etc/small']);
  expect(found.tooLarge).toEqual(['/etc/large']);
});

test('paths that are no scripts do not count as scripts', () => {
  const words = Array.from({ length: 1200 }, (_, at) => `/opt/none/${at}`).join(' ');
  const host = rootWith({
    '/etc/cron.d/many': `0 4 * * * root x ${words} /opt/last\n`,
    '/opt/last': 'systemctl restart lamp\n',
  });
  const { isCut, scriptsCutAt, files, mentions } = findMentions(host, LAMP, new Set(), []);
  expect({ isCut, scriptsCutAt, files, lines: mentions.length }).toEqual({
    isCut: false,
    scriptsCutAt: undefined,
    files: 2,
    lines: 1,
  });
});

test('scripts beyond those that are read are told', () => {
  const paths = Array.from({ length: 1001 }, (_, at) => `/opt/ops/${at}`);
  const host = rootWith({
    '/etc/cron.d/many': `0 4 * * * root x ${paths.join(' ')}\n`,
    ...Object.fromEntries(paths.map((path) => [path, 'systemctl restart lamp\n'])),
  });
  const { isCut, scriptsCutAt, mentions } = findMentions(host, LAMP, new Set(), []);
  expect([isCut, scriptsCutAt, mentions.length]).toEqual([false, 1000, 1000]);
});
