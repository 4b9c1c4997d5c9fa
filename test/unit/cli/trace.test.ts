// `cutover trace` as it is typed: what is asked, how it ends, and that what --json prints is what the schemas say.
import { expect, test } from 'vitest';
import { fileTraceSchema } from '../../../src/documents/file-trace.ts';
import { hostTraceSchema } from '../../../src/documents/host-trace.ts';
import { rootWith } from '../../root-with.ts';
import { cutover } from './cutover.ts';

const UNITS = '/usr/lib/systemd/system';
const FILES = {
  [`${UNITS}/lamp.service`]: '[Service]\nEnvironmentFile=/etc/lamp.env\nExecStart=/bin/lamp\n',
  [`${UNITS}/horn.service`]: '[Service]\nEnvironmentFile=/etc/gone\nExecStart=/bin/horn\n',
  [`${UNITS}/buoy.service`]: '[Service\nExecStart=/bin/buoy\n',
  [`${UNITS}/bell.service`]: '[Service]\nExecStart=/bin/bell\n',
  '/etc/lamp.env': 'LAMP=dim\n',
};

test('what can not be answered ends with 2, and says what to type', async () => {
  const { root } = rootWith(FILES);
  const asked = [[], ['lamp.service:2'], ['/etc/lamp.env', 'LAMP'], ['/etc/lamp.env:7'], ['--all', 'LIGHT']];
  const ended = await Promise.all(asked.map((args) => cutover('trace', '--root', root, ...args)));
  expect(ended.map(({ status, stdout }) => [status, stdout])).toEqual(asked.map(() => [2, '']));
  expect(ended.map(({ stderr }) => stderr)).toEqual([
    'cutover: trace of what?\n' +
      '  next:  cutover trace SERVICE [SETTING…], cutover trace FILE[:LINE[:COLUMN]], or cutover trace --all\n',
    'cutover: lamp.service:2: a service has no lines, its files have\n' +
      '  next:  cutover trace /usr/lib/systemd/system/lamp.service:2\n',
    'cutover: /etc/lamp.env is a file, and LAMP a setting of a service\n' +
      '  next:  cutover trace /etc/lamp.env    or    cutover trace SERVICE LAMP\n',
    'cutover: /etc/lamp.env has no line 7\n  why:   The file has lines 1 to 1.\n',
    'cutover: no service of this root has a setting LIGHT\n' +
      '  next:  cutover trace --all    lists all settings of all services\n',
  ]);
});

test('all services in one document, those that can not be read at its end', async () => {
  const { root } = rootWith(FILES);
  const [all, none, file] = await Promise.all([
    cutover('trace', '--all', '--json', '--root', root),
    cutover('trace', '--all', '--json', '--root', rootWith({ '/etc/hostname': 'sea\n' }).root),
    cutover('trace', `${root}/etc/lamp.env:1:6`, '--json', '--root', root),
  ]);
  const { services, notRead } = hostTraceSchema.parse(JSON.parse(all?.stdout ?? ''));
  expect(services.map(({ service, traces }) => [service, traces.length])).toEqual([
    ['bell.service', 2],
    ['horn.service', 3],
    ['lamp.service', 4],
  ]);
  expect(notRead.map(({ unit }) => unit)).toEqual(['buoy.service']);
  expect(hostTraceSchema.parse(JSON.parse(none?.stdout ?? '')).services).toEqual([]);
  expect(fileTraceSchema.parse(JSON.parse(file?.stdout ?? ''))).toMatchObject({
    file: '/etc/lamp.env',
    assignment: { name: 'LAMP', value: 'dim', units: [{ unit: 'lamp.service', wins: true }] },
  });
});

test('of several settings the known ones are shown, whichever of them is not known', async () => {
  const { root } = rootWith(FILES);
  const { status, stdout, stderr } = await cutover('trace', '--root', root, 'lamp', 'LAMP', 'LAMB', 'Nice');
  expect(status).toBe(2);
  expect(stdout).toMatch(/^LAMP = dim\n[^]*\nNice = 0\n/);
  expect(stderr).toBe(
    'cutover: lamp.service has no setting LAMB; did you mean LAMP?\n' +
      '  why:   No environment file, Environment= line or directive of the unit mentions it.\n' +
      '  next:  cutover trace lamp.service    lists all that are set\n',
  );
});

test('a link to /dev/null is called a mask', async () => {
  const { root } = rootWith({
    ...FILES,
    '/etc/systemd/system/bell.service': '-> /dev/null',
    '/dev/null': '',
  });
  const { status, stderr } = await cutover('trace', '--root', root, '/etc/systemd/system/bell.service');
  expect(status).toBe(2);
  expect(stderr).toContain(
    '/etc/systemd/system/bell.service is a link to /dev/null, which masks what has this name',
  );
});
