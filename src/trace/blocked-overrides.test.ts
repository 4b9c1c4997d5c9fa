import { expect, test } from 'vitest';
import { DIRECTORY, FIFO, rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import { traceSetting } from './trace-setting.ts';
import { whyNot } from './why-not/why-not.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const PATHS = ['/etc/dir', '/etc/fifo', '/etc/loop', '/etc/plain/x'];
const FILES = {
  [UNIT]: `[Service]\nExecStart=/bin/lamp\nEnvironment=LAMP=1\n${PATHS.map((path) => `EnvironmentFile=-${path}\n`).join('')}`,
  '/etc/dir': DIRECTORY,
  '/etc/fifo': FIFO,
  '/etc/loop': '-> /etc/loop',
  '/etc/plain': 'HORN=1\n',
} as const;

test('a place where no file can be is none for an override', () => {
  const subject = new Subject(rootWith(FILES), 'lamp', { knowledge: [] });
  const { overrides, futileOverrides = [] } = traceSetting(subject, 'LAMP', { showSecrets: false });
  expect(overrides.map(({ file }) => file)).toEqual([`${UNIT}.d/90-cutover.conf`]);
  expect(futileOverrides.filter(({ file }) => PATHS.includes(file))).toEqual([
    { file: '/etc/dir', why: 'would win, but it is a directory, not a file' },
    { file: '/etc/fifo', why: 'would win, but it is a FIFO, socket or device, not a file' },
    { file: '/etc/loop', why: 'would win, but it leads through links in a circle' },
    { file: '/etc/plain/x', why: "would win, but it can't be there: /etc/plain is no directory" },
  ]);
});

test('why an EnvironmentFile= line brings nothing is said of what is there', () => {
  const { lines } = whyNot(rootWith(FILES), 'lamp', { path: UNIT }, { showSecrets: false });
  expect(lines.slice(3, 6).map(({ reason }) => reason)).toEqual([
    "/etc/dir is a directory, not a file, and the '-' makes that no error",
    "/etc/fifo is a FIFO, socket or device, not a file, and the '-' makes that no error",
    "/etc/loop leads through links in a circle, and the '-' makes that no error",
  ]);
});

test('what is no file is not to be named as an environment file', () => {
  const host = rootWith({ ...FILES, '/etc/other': DIRECTORY });
  const ask = (path: string) => whyNot(host, 'lamp', { path }, { showSecrets: false }).whole;
  expect(ask('/etc/other')).toEqual({
    effect: 'no-effect',
    reason: 'it is a directory, not a file',
    next: 'ls -ld /etc/other',
  });
  expect(ask('/etc/dir')?.reason).toBe(
    'it is a directory, not a file; the unit names it, and does without it',
  );
});

test('a specifier that is none in EnvironmentFile= asks for a percent sign, not for an absolute path', () => {
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/bin/lamp\nEnvironmentFile=-/etc/q/%z.env\n' });
  const { lines } = whyNot(host, 'lamp', { path: UNIT, line: 3 }, { showSecrets: false });
  expect(lines[0]?.next).toBe('Write %% for a percent sign, then: systemctl daemon-reload');
});

test('past a unit file that comes before those of the administrator a drop-in alone gets', () => {
  const early = '/run/systemd/generator.early/lamp.service';
  const host = rootWith({
    [UNIT]: '[Service]\nExecStart=/bin/lamp\n',
    [early]: '[Service]\nExecStart=/bin/early\n',
  });
  const { whole } = whyNot(host, 'lamp', { path: UNIT }, { showSecrets: false });
  expect(whole).toMatchObject({ because: { file: early }, next: 'systemctl edit lamp.service' });
});
