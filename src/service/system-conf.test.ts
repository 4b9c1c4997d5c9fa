import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { managerConfiguration } from './system-conf.ts';

const SYSTEM = '/etc/systemd/system.conf';

test('system.conf, then its drop-ins by name; of two with one name that of the earlier directory', () => {
  const { settings, notRead } = managerConfiguration(
    rootWith({
      [SYSTEM]: '[Manager]\nDefaultTasksMax=1\n[Other]\nDefaultTasksMax=9\n',
      '/usr/lib/systemd/system.conf.d/10-lamp.conf': '[Manager]\nDefaultTasksMax=2\n',
      '/etc/systemd/system.conf.d/20-lamp.conf': '[Manager]\nDefaultTasksMax=3\n',
      '/usr/lib/systemd/system.conf.d/20-lamp.conf': '[Manager]\nDefaultTasksMax=8\n',
      '/etc/systemd/system.conf.d/.30.conf': '[Manager]\nDefaultTasksMax=7\n',
      '/etc/systemd/system.conf.d/README': '[Manager]\nDefaultTasksMax=6\n',
    }),
  );
  expect(settings.map(({ value }) => value.toString())).toEqual(['1', '2', '3']);
  expect(notRead).toEqual([]);
});

test('what can not be read stops nothing, and is told', () => {
  const { settings, notRead } = managerConfiguration(
    rootWith({
      [SYSTEM]: `[Manager]\n${'# lamp\n'.repeat(200_000)}DefaultTasksMax=1\n`,
      '/etc/systemd/system.conf.d/10.conf': '[Manager]\nDefaultTasksMax=2\n',
      '/etc/systemd/system.conf.d/20.conf': '-> 20.conf',
    }),
  );
  expect(settings.map(({ value }) => value.toString())).toEqual(['2']);
  expect(notRead).toEqual([
    `${SYSTEM}: 1400028 bytes, more than the 1048576 that are read`,
    '/etc/systemd/system.conf.d/20.conf: too many levels of symbolic links',
  ]);
});
