import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { loadService } from './service.ts';
import { unitReferrers } from './unit-referrers.ts';

const SSH = {
  '/lib/systemd/system/ssh.service':
    '[Service]\nEnvironmentFile=-/etc/default/ssh\nExecStart=/usr/sbin/sshd\n',
};

test('units and drop-ins that name a file, with the line; other names of the service itself are left out', () => {
  const host = rootWith({
    ...SSH,
    '/etc/systemd/system/sshd.service': '-> /lib/systemd/system/ssh.service',
    '/etc/systemd/system/sshd.service.d/own.conf': '[Service]\nEnvironmentFile=-/etc/default/ssh\n',
    '/lib/systemd/system/rescue-ssh.service':
      '[Service]\n# /etc/default/ssh\nEnvironmentFile=-/etc/default/ssh\n',
    '/etc/systemd/system/backup.service.d/ssh.conf': '[Service]\nEnvironmentFile="/etc/default/ssh"\n',
    // Shadowed by the file of this name in /etc.
    '/etc/systemd/system/audit.service': '[Service]\nExecStart=/usr/sbin/audit\n',
    '/lib/systemd/system/audit.service': '[Service]\nExecStart=/usr/sbin/audit /etc/default/ssh\n',
  });
  const service = loadService(host, 'ssh');
  expect(unitReferrers(host, service, new Set(['/etc/default/ssh']))).toEqual({
    referrers: [
      ['backup.service', '/etc/systemd/system/backup.service.d/ssh.conf', 2],
      ['rescue-ssh.service', '/lib/systemd/system/rescue-ssh.service', 3],
    ].map(([unit, path, line]) => ({
      unit,
      path,
      word: '/etc/default/ssh',
      label: 'EnvironmentFile',
      evidence: { file: path, line, column: 1 },
    })),
    notExamined: [],
  });
});

test('a path behind prefixes, as a directory, and behind the `-` of a default', () => {
  const host = rootWith({
    ...SSH,
    '/etc/systemd/system/sand.service':
      '[Unit]\nConditionPathExists=|!/var/lib/ssh\n[Service]\nReadWritePaths=-/var/lib/ssh\nReadOnlyPaths=-+"/var/lib/ssh/"\nBindPaths=-/var/lib/ssh:/mnt\nExecStartPre=-/bin/sh -c "x $${D:-/var/lib/ssh}"\n',
  });
  const { referrers } = unitReferrers(host, loadService(host, 'ssh'), new Set(['/var/lib/ssh']));
  expect(referrers.map(({ label }) => label)).toEqual([
    'ConditionPathExists',
    'ReadWritePaths',
    'ReadOnlyPaths',
    'BindPaths',
    'ExecStartPre',
  ]);
});

test('units that can not be read are told and stop nothing', () => {
  const host = rootWith({
    ...SSH,
    '/etc/systemd/system/l1.service': '-> l2.service',
    '/etc/systemd/system/l2.service': '-> l1.service',
    '/etc/systemd/system/long.service': `[Service]\n#${' '.repeat(1024 * 1024)}\n`,
    '/etc/systemd/system/other.service': '[Unit]\nAfter=ssh.service\n',
  });
  const { referrers, notExamined } = unitReferrers(
    host,
    loadService(rootWith(SSH), 'ssh'),
    new Set(['ssh.service']),
  );
  expect(referrers.map(({ unit }) => unit)).toEqual(['other.service']);
  expect(notExamined).toEqual([
    'whether another unit uses its files: /etc/systemd/system/l1.service: too many levels of symbolic links',
    'whether another unit uses its files: /etc/systemd/system/l2.service: too many levels of symbolic links',
    'whether another unit uses its files: /etc/systemd/system/long.service: 1048588 bytes, more than the 1048576 that are read',
  ]);
});

test('a timer or path of the same name starts the service, unless it says another', () => {
  const host = rootWith({
    ...SSH,
    '/etc/systemd/system/ssh.timer': '[Timer]\nOnCalendar=daily\n',
    '/etc/systemd/system/ssh.path': '[Path]\nPathExists=/run/x\nUnit=other.service\n',
    '/lib/systemd/system/sshd.path': '[Path]\nPathExists=/run/y\n',
    '/lib/systemd/system/ssh.socket': '[Socket]\nListenStream=22\n',
    '/lib/systemd/system/sshd.socket': '[Socket]\nListenStream=22\nAccept=yes\n',
    '/etc/systemd/system/sshd.service': '-> /lib/systemd/system/ssh.service',
  });
  const { referrers } = unitReferrers(
    host,
    loadService(host, 'ssh'),
    new Set(['ssh.service', 'sshd.service']),
  );
  expect(referrers.map(({ unit, word, label }) => [unit, word, label])).toEqual([
    ['ssh.timer', 'ssh.service', 'starts it by its name'],
    ['ssh.socket', 'ssh.service', 'starts it by its name'],
    ['sshd.path', 'sshd.service', 'starts it by its name'],
  ]);
});

test('links that pull the service in, under any of its names, are the evidence; one to /dev/null takes it back', () => {
  const host = rootWith({
    ...SSH,
    '/etc/systemd/system/sshd.service': '-> /lib/systemd/system/ssh.service',
    '/lib/systemd/system/multi-user.target': '[Unit]\n',
    '/etc/systemd/system/multi-user.target.wants/ssh.service': '-> /lib/systemd/system/ssh.service',
    '/run/systemd/generator/harbour.target.requires/sshd.service': '-> /lib/systemd/system/ssh.service',
    // No link, taken back, and shadowed by the one that takes it back.
    '/etc/systemd/system/rescue.target.wants/ssh.service': '',
    '/etc/systemd/system/graphical.target.wants/ssh.service': '-> /dev/null',
    '/lib/systemd/system/graphical.target.wants/ssh.service': '-> ../ssh.service',
  });
  const service = loadService(host, 'ssh');
  const { referrers } = unitReferrers(host, service, new Set(service.unit.names));
  expect(referrers.map(({ unit, path, label, evidence }) => [unit, path, label, evidence])).toEqual([
    [
      'multi-user.target',
      '/lib/systemd/system/multi-user.target',
      'Wants',
      { how: 'by the link /etc/systemd/system/multi-user.target.wants/ssh.service' },
    ],
    [
      'harbour.target',
      undefined,
      'Requires',
      { how: 'by the link /run/systemd/generator/harbour.target.requires/sshd.service' },
    ],
  ]);
});

test('other instances of the template, by links, files and what systemd has loaded; not those of the service itself', () => {
  const host = rootWith({
    '/etc/systemd/system/app@.service':
      '[Service]\nEnvironmentFile=/etc/app/shared.env\nEnvironmentFile=-/etc/app/%i.env\nExecStart=/usr/bin/app\n',
    '/etc/systemd/system/multi-user.target.wants/app@foo.service': '-> ../app@.service',
    '/etc/systemd/system/multi-user.target.wants/app@bar.service': '-> ../app@.service',
    '/etc/systemd/system/app@linked.service': '-> app@.service',
    '/etc/systemd/system/app@dropped.service.d/more.conf': '[Service]\nNice=1\n',
    '/etc/systemd/system/web@.service': '-> app@.service',
    '/etc/app/shared.env': '',
  });
  const service = loadService(host, 'app@bar');
  const readers = (path: string) =>
    unitReferrers(host, service, new Set([path]), ['app@run.service', 'app@bar.service']).referrers.map(
      ({ unit, word, label }) => [unit, word, label].join(' '),
    );
  expect(readers('/etc/app/shared.env').sort()).toEqual([
    'app@dropped.service /etc/app/shared.env EnvironmentFile',
    'app@foo.service /etc/app/shared.env EnvironmentFile',
    'app@linked.service /etc/app/shared.env EnvironmentFile',
    'app@run.service /etc/app/shared.env EnvironmentFile',
  ]);
  expect(readers('/etc/app/foo.env')).toEqual(['app@foo.service /etc/app/foo.env EnvironmentFile']);
  expect(readers('/etc/app/bar.env')).toEqual([]);
});

test('an environment file by a pattern, a specifier or a link, in whichever directory', () => {
  const unit = (line: string) => `[Service]\nEnvironmentFile=${line}\nExecStart=/usr/bin/true\n`;
  const host = rootWith({
    ...SSH,
    '/etc/g/g1.env': 'A=1\n',
    '/etc/g/link': '-> second',
    '/etc/g/second': '-> g1.env',
    '/etc/h': '-> g',
    '/etc/g/.hidden.env': '',
    '/etc/l/one.env': '-> /etc/g/g1.env',
    '/etc/g/dir/x.env': '',
    '/etc/systemd/system/all.service': unit('-/etc/g/*.env'),
    '/etc/systemd/system/class.service': unit('/etc/[fg]/g[0-9].env'),
    '/etc/systemd/system/none.service': unit('/etc/g/*/*.env'),
    '/etc/systemd/system/other.service': unit('/etc/g/[!g]*.env'),
    '/etc/systemd/system/linked.service': unit('/etc/g/link'),
    '/etc/systemd/system/directory.service': unit('/etc/h/g1.env'),
    '/etc/systemd/system/links.service': unit('/etc/l/*.env'),
    '/etc/systemd/system/gt@.service': unit('/etc/g/%i.env'),
    '/etc/systemd/system/x.target.requires/gt@g1.service': '-> ../gt@.service',
    '/etc/systemd/system/x.target.requires/gt@g2.service': '-> ../gt@.service',
    '/etc/systemd/system/g1.service': unit('/etc/g/%N.env'),
    '/etc/systemd/system/unknown.service': unit('/etc/g/%Z*.env'),
  });
  const readers = (path: string) =>
    unitReferrers(host, loadService(host, 'ssh'), new Set([path]))
      .referrers.map(({ unit: reader, word }) => `${reader} ${word}`)
      .sort();
  expect(readers('/etc/g/g1.env')).toEqual(
    ['all', 'class', 'directory', 'g1', 'gt@g1', 'linked', 'links'].map(
      (name) => `${name}.service /etc/g/g1.env`,
    ),
  );
  // A file that is not there yet; and one that a pattern without a dot does not match.
  expect(readers('/etc/g/new.env')).toEqual(['all.service /etc/g/new.env', 'other.service /etc/g/new.env']);
  expect(readers('/etc/g/.hidden.env')).toEqual([]);
  // Who changes a link changes no file behind it.
  expect(readers('/etc/g/second')).toEqual(['linked.service /etc/g/second']);
});

test('a file name that only the running system knows is told', () => {
  const host = rootWith({
    ...SSH,
    '/etc/systemd/system/kernel.service':
      '[Service]\nEnvironmentFile=-/etc/kernel/%v.env\nExecStart=/usr/bin/true\n',
  });
  const { notExamined } = unitReferrers(host, loadService(host, 'ssh'), new Set(['/etc/kernel/6.env']));
  expect(notExamined).toEqual([
    'whether another unit uses its files: EnvironmentFile=-/etc/kernel/%v.env of kernel.service: the running system alone knows %v',
  ]);
});
