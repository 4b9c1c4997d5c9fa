import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { setTime } from '../../../test/set-time.ts';
import { systemdSaying } from '../../../test/systemd-saying.ts';
import type { Trace } from '../../documents/trace.ts';
import { Subject } from '../../graph/subject.ts';
import { traceSetting } from '../trace-setting.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const OWN = `${UNIT}.d/own.conf`;
const ENV = '/etc/default/lamp';
const FILES = {
  [UNIT]: '[Service]\nExecStart=/bin/lamp\nEnvironmentFile=/etc/default/lamp\nEnvironment=LAMP_TOKEN=gull\n',
  [OWN]: '[Service]\nNice=5\nUMask=0077\n',
  [ENV]: 'LAMP=file\n',
};
const CONTROL = '/run/systemd/system.control/lamp.service.d/50-CPUWeight.conf';

/** Noon of a day, and a time of that day. */
const at = (hour: number): bigint => BigInt(Date.UTC(2026, 5, 1, hour)) * 1_000_000n;

/** The unit's files were written at 12 o'clock. */
function trace(
  setting: string,
  says: Parameters<typeof systemdSaying>[0],
  more: Record<string, string> = {},
): Trace {
  const host = rootWith({ ...FILES, ...more });
  setTime(host.root, [UNIT, OWN, ENV, `${UNIT}.d`], at(12));
  const subject = new Subject(host, 'lamp', { knowledge: [] });
  return traceSetting(subject, setting, {
    showSecrets: false,
    says: systemdSaying({ files: [UNIT, OWN], ...says }),
  });
}

test('a directive that systemd has as the files say', () => {
  const { value, confidence, observed } = trace('Nice', { properties: { Nice: '5' } });
  expect({ value, confidence, observed }).toEqual({
    value: '5',
    confidence: 'observed',
    observed: undefined,
  });
});

test.each([
  [
    'a drop-in that systemd has not read',
    { properties: { Nice: '0' }, files: [UNIT], needsReload: true },
    `systemd has not read ${OWN} yet`,
  ],
  [
    'a file that has changed since',
    { properties: { Nice: '0' }, needsReload: true, loadedAt: at(11) },
    `${OWN} changed after systemd read its files (2026-06-01 11:00:00 UTC)`,
  ],
  [
    'a file that is gone',
    { properties: { Nice: '7' }, files: [UNIT, OWN, '/run/gone.conf'], needsReload: true, loadedAt: at(13) },
    'systemd still has what was in /run/gone.conf, which is gone',
  ],
  ['what no file explains', { properties: { Nice: '7' } }, 'the files do not tell why'],
])('%s', (_, says, why) => {
  const { value, confidence, observed } = trace('Nice', says);
  expect({ value, confidence }).toEqual({ value: '5', confidence: 'parsed' });
  expect(observed).toMatchObject({ by: 'systemd', value: says.properties.Nice, why });
});

test('a default of another version', () => {
  const { observed } = trace('Restart', { properties: { Restart: 'sometimes' } });
  expect(observed?.why).toBe(
    'no line sets it, and the systemd of this machine (252) takes something else than 252 does',
  );
});

test('a value that only the running system tells is shown with where it is from', () => {
  const { value, confidence, layers } = trace('LimitNPROC', { properties: { LimitNPROC: '96365' } });
  expect({ value, confidence }).toEqual({ value: '96365', confidence: 'observed' });
  expect(layers.at(-1)).toMatchObject({
    file: 'systemd',
    operation: 'default',
    value: '96365',
    why: 'no file says it: the running systemd has it from the machine',
  });
});

test('a process that is older than the file, though systemd has the value', () => {
  const { observed } = trace('UMask', { properties: { UMask: '0077' }, environment: {}, startedAt: at(9) });
  expect(observed).toEqual({
    by: 'process',
    why: `systemd has the value, but the process was started at 2026-06-01 09:00:00 UTC, before ${OWN} changed`,
    next: 'systemctl restart lamp.service',
  });
});

test('a unit that systemd refuses has no values that could be compared', () => {
  const { observed, confidence } = trace('Restart', {
    properties: { Restart: '', LoadState: 'bad-setting' },
    files: [],
  });
  expect({ observed, confidence }).toEqual({ observed: undefined, confidence: 'parsed' });
});

test('a directive with a specifier that the files do not tell is not compared', () => {
  const files = { [UNIT]: '[Service]\nExecStart=/bin/lamp\nSyslogIdentifier=lamp-%b\n' };
  const { value, confidence } = trace(
    'SyslogIdentifier',
    { properties: { SyslogIdentifier: 'lamp-1' } },
    files,
  );
  expect({ value, confidence }).toEqual({ value: 'lamp-1', confidence: 'observed' });
});

test('what systemctl set-property has written says so', () => {
  const { layers } = trace('CPUWeight', {}, { [CONTROL]: '[Service]\nCPUWeight=50\n' });
  expect(layers).toMatchObject([{ file: CONTROL, wins: true, why: 'written by systemctl set-property' }]);
});

test.each([
  ['the value of the file', 'LAMP', { LAMP: 'file' }, { startedAt: at(13) }, undefined],
  [
    'an older process',
    'LAMP',
    { LAMP: 'old' },
    { startedAt: at(9) },
    `it was started at 2026-06-01 09:00:00 UTC, before ${ENV} changed`,
  ],
  [
    'a daemon-reload after the start is no cause by itself',
    'LAMP',
    { LAMP: 'old' },
    { startedAt: at(13), loadedAt: at(14) },
    'nothing here tells why',
  ],
  [
    'a drop-in that systemd has not read',
    'LAMP',
    {},
    { startedAt: at(13), files: [UNIT] },
    `systemd has not read ${OWN} yet`,
  ],
  [
    'what each start gets',
    'INVOCATION_ID',
    { INVOCATION_ID: 'x' },
    {},
    'systemd gives it to each process that it starts',
  ],
  [
    'what the manager has',
    'HORN',
    { HORN: 'x' },
    { managerEnvironment: ['HORN'] },
    "it is in systemd's own environment",
  ],
  ['what no file sets', 'HORN', { HORN: 'x' }, {}, 'no file of the unit sets it; nothing here tells why'],
  [
    'what no file sets any more, perhaps',
    'HORN',
    { HORN: 'x' },
    { startedAt: at(9) },
    `no file of the unit sets it; ${UNIT} changed after the process was started at 2026-06-01 09:00:00 UTC; nothing here tells why`,
  ],
])('of the process: %s', (_, name, environment: Record<string, string>, says, why) => {
  const { observed, confidence } = trace(name, { environment, ...says });
  expect(confidence).toBe(why === undefined ? 'observed' : 'parsed');
  expect(observed?.why).toBe(why);
  if (why !== undefined) expect(observed?.value).toBe(environment[name] ?? null);
});

/** What is said of the process, of a unit with these lines. */
function observedWith(
  lines: string,
  setting: string,
  environment: Record<string, string>,
  more: Record<string, string> = {},
): Trace['observed'] {
  return trace(
    setting,
    { environment, startedAt: at(13), loadedAt: at(14) },
    { [UNIT]: `[Service]\n${lines}`, ...more },
  ).observed;
}

test('a variable that the command line sets itself on the way to the program', () => {
  const lines = 'ExecStart=/usr/bin/env LAMP=changed /bin/lamp\nEnvironment=LAMP=1\n';
  expect(observedWith(lines, 'LAMP', { LAMP: 'changed' })).toEqual({
    by: 'process',
    value: 'changed',
    why: `the command sets it itself on the way to the program (${UNIT}:2:1)`,
  });
});

test('a variable that another program on the way to the program may have changed', () => {
  const lines = 'ExecStart=/usr/bin/nice /bin/lamp\nEnvironment=LAMP=1\n';
  expect(observedWith(lines, 'LAMP', {})).toEqual({
    by: 'process',
    value: null,
    why: 'the command line goes through another program first, which may have changed it; nothing here tells why',
  });
});

test('a user that systemd makes gives USER and LOGNAME, and neither home nor shell', () => {
  const own = 'ExecStart=/bin/lamp\nDynamicUser=yes\n';
  for (const name of ['USER', 'LOGNAME']) expect(observedWith(own, name, { [name]: 'lamp' })).toBeUndefined();
  expect(observedWith(`${own}User=keeper\n`, 'USER', { USER: 'keeper' })).toBeUndefined();
  expect(observedWith(own, 'HOME', { HOME: '/' })?.why).toBe(
    'no file of the unit sets it; nothing here tells why',
  );
});

test('a variable that a PAM module may set', () => {
  const lines = 'ExecStart=/bin/lamp\nUser=nobody\nPAMName=su\n';
  expect(observedWith(lines, 'MAIL', { MAIL: '/var/mail/nobody' })?.why).toBe(
    `no file of the unit sets it; PAM modules may set it: ${UNIT}:4:1 has PAMName=su; nothing here tells why`,
  );
});

test('no restart is advised that systemd would refuse', () => {
  const lines = 'ExecStart=/bin/lamp\nEnvironmentFile=/etc/gone\n';
  expect(observedWith(lines, 'LAMP', { LAMP: '1' })).toEqual({
    by: 'process',
    value: '1',
    why: 'no file of the unit sets it; /etc/gone, which lamp.service reads, is not there now; nothing here tells why',
  });
  const older = trace(
    'LAMP',
    { environment: { LAMP: 'old' }, startedAt: at(9) },
    {
      [UNIT]:
        '[Service]\nExecStart=/bin/lamp\nEnvironmentFile=/etc/gone\nEnvironmentFile=/etc/default/lamp\n',
    },
  ).observed;
  expect(older).toEqual({
    by: 'process',
    value: 'old',
    why: `it was started at 2026-06-01 09:00:00 UTC, before ${ENV} changed; a restart now would leave it down: /etc/gone does not exist`,
  });
});

test('a value with a specifier that the files do not tell is not compared', () => {
  expect(observedWith('ExecStart=/bin/lamp\nEnvironment=LAMP=%b\n', 'LAMP', { LAMP: 'd6417b' })).toEqual({
    by: 'process',
    value: 'd6417b',
    why: 'the files do not tell it: specifier %b is known to the running system alone',
  });
});

test('an environment that may not be read is said to be not examined', () => {
  const { notExamined, confidence } = trace('LAMP', { unread: 'only root may read /proc/4711/environ' });
  expect(notExamined).toContain('what the running process 4711 has: only root may read /proc/4711/environ');
  expect(confidence).toBe('parsed');
});

test('a secret that only systemd still has is masked, too', () => {
  const { observed } = trace(
    'Environment',
    {
      properties: { Environment: 'LAMP=on "HORN_PASSWORD=low tide"' },
      files: [UNIT, OWN, '/run/gone.conf'],
    },
    { [UNIT]: '[Service]\nExecStart=/bin/lamp\nEnvironment=LAMP=on\n' },
  );
  expect(observed).toMatchObject({ by: 'systemd', value: null });
});

test('the secret that the process has is masked', () => {
  const { observed } = trace('LAMP_TOKEN', { environment: { LAMP_TOKEN: 'heron' }, startedAt: at(9) });
  expect(observed).toMatchObject({ by: 'process', value: null });
});
