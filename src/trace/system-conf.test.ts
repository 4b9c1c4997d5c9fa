import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { KnownHost } from '../graph/known-host.ts';
import { Subject } from '../graph/subject.ts';
import { traceFile } from './file/trace-file.ts';
import { traceSetting } from './trace-setting.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const CONF = '/etc/systemd/system.conf.d/zz.conf';
const FILES = {
  [UNIT]: '[Service]\nExecStart=/usr/bin/lamp\nEnvironment=OWN=unit\n',
  [CONF]: '[Manager]\nDefaultEnvironment=OIL=whale OWN=manager\nDefaultTimeoutStopSec=33\n',
  '/etc/locale.conf': 'LANG=C.UTF-8\n',
};

function layers(name: string): unknown[] {
  const subject = new Subject(rootWith(FILES), 'lamp', { knowledge: [] });
  return traceSetting(subject, name, { showSecrets: false }).layers.map(
    ({ file, line, operation, wins, value, why }) => [file, line, operation, wins, value, why],
  );
}

test.each([
  ['OIL', [[CONF, 2, 'default', true, 'whale', undefined]]],
  ['LANG', [['/etc/locale.conf', 1, 'default', true, 'C.UTF-8', undefined]]],
  [
    'OWN',
    [
      [CONF, 2, 'default', false, 'manager', undefined],
      [UNIT, 3, 'set', true, 'unit', undefined],
    ],
  ],
  ['TimeoutStopSec', [[CONF, 3, 'default', true, '33s', 'DefaultTimeoutStopSec= of the manager']]],
  ['Nice', [['systemd', undefined, 'default', true, '0', "systemd's own default"]]],
])('where the default of %s stands', (name, expected) => {
  expect(layers(name)).toEqual(expected);
});

test('the configuration of the manager is read by it, for every service', () => {
  const known = new KnownHost(rootWith(FILES), { knowledge: [] });
  const trace = traceFile(known, { path: CONF, line: 2 }, { showSecrets: false });
  expect(trace.readBy).toEqual([{ unit: 'init.scope', how: 'manager' }]);
  expect(trace.assignment).toMatchObject({ kind: 'directive', name: 'DefaultEnvironment', units: [] });
});
