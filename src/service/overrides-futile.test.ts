import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { OverrideNote } from './override-note.ts';
import { futilePlaces } from './overrides-futile.ts';
import { loadService } from './service.ts';

const ETC = '/etc/systemd/system';
const UNIT = `${ETC}/lighthouse.service`;
const EDITED = `${ETC}/lighthouse.service.d/override.conf`;
const MANAGER = 'systemctl set-environment LAMP=…';

const NOTES: Readonly<Record<string, OverrideNote>> = {
  '/opt/made': { owner: 'lamp-config', survives: false, purpose: 'replaced when it is upgraded' },
  '/opt/other': { owner: 'lamp-config', survives: false, purpose: 'replaced when it is upgraded' },
  '/etc/rewritten': {
    rewritten: '/usr/bin/lamp-env writes it: ExecStartPre= of lamp.service (/lamp.service:3)',
  },
  '/etc/hook': { survives: false, intended: 'special', purpose: 'a hook for other packages' },
  '/var/own': { survives: true, intended: 'operator', purpose: "the operator's own file" },
};

/** Between the files and the rest. */
const BY_GENERATOR = [{ file: 'lamps.yaml', why: 'must' }];

function futile(lines: string, files: Record<string, string> = {}, path = UNIT): [string, string][] {
  const host = rootWith({ [path]: `[Service]\n${lines}\nExecStart=/usr/lamp\n`, ...files });
  const service = loadService(host, 'lighthouse');
  const noteOn = (file: string): OverrideNote | undefined => NOTES[file];
  const places = futilePlaces(host, service, 'LAMP', noteOn, BY_GENERATOR);
  return places.map(({ file, why }) => [file, why]);
}

test('the file that wins and is replaced, files read too early, and those that do not last', () => {
  const lines = [
    'EnvironmentFile=/opt/other',
    'EnvironmentFile=-/etc/early',
    'EnvironmentFile=-/etc/earlier',
    'EnvironmentFile=-/var/own',
    'EnvironmentFile=/opt/made',
    'EnvironmentFile=-/run/lamp',
    'EnvironmentFile=-/etc/rewritten',
    'EnvironmentFile=-/etc/hook',
  ].join('\n');
  expect(futile(lines, { '/opt/other': 'HORN=1\n', '/opt/made': '# lamps\nLAMP=1\n' })).toEqual([
    [
      '/opt/made',
      'wins today, but does not survive an upgrade: belongs to lamp-config, replaced when it is upgraded',
    ],
    ['/var/own', 'read before /opt/made:2, which sets it too'],
    ['/etc/early', 'read before /opt/made:2, which sets it too'],
    ['lamps.yaml', 'must'],
    [EDITED, 'Environment= there loses to every environment file: /opt/made:2 sets it'],
    ['/run/lamp', 'would win, but /run is empty after every boot'],
    [
      '/etc/rewritten',
      'would win, but /usr/bin/lamp-env writes it: ExecStartPre= of lamp.service (/lamp.service:3)',
    ],
    ['/etc/hook', 'would win, but does not survive an upgrade: a hook for other packages'],
    [MANAGER, 'loses to /opt/made:2, and is gone after a reboot'],
  ]);
});

test('a generated file that another one beats', () => {
  const lines = 'EnvironmentFile=/opt/made\nEnvironmentFile=-/var/own';
  expect(futile(lines, { '/opt/made': 'LAMP=1\n', '/var/own': 'LAMP=2\n' })[0]).toEqual([
    '/opt/made',
    'read before /var/own:1, which sets it too; and does not survive an upgrade: belongs to lamp-config, replaced when it is upgraded',
  ]);
});

test('without an environment file that sets it, a later drop-in and the unit file of a package', () => {
  const late = `${ETC}/lighthouse.service.d/zz.conf`;
  const path = '/usr/lib/systemd/system/lighthouse.service';
  const lateLine = { [late]: '[Service]\nEnvironment=LAMP=2\n' };
  expect(futile('Environment=LAMP=1', lateLine, path)).toEqual([
    ['lamps.yaml', 'must'],
    [EDITED, `read before ${late}:2, which sets it too`],
    [path, 'Environment= there would win, but the file belongs to a package, replaced when that is upgraded'],
    [MANAGER, `loses to ${late}:2, and is gone after a reboot`],
  ]);
});

test('a variable that nothing sets', () => {
  expect(futile('')).toEqual([
    ['lamps.yaml', 'must'],
    [
      MANAGER,
      'wins in every service that starts after it, not in this one alone, and is gone after a reboot',
    ],
  ]);
});

test('what UnsetEnvironment= takes away', () => {
  const taken = `but UnsetEnvironment= in ${UNIT}:3 takes LAMP away last of all`;
  expect(futile('EnvironmentFile=-/etc/own\nUnsetEnvironment=LAMP')).toEqual([
    ['/etc/own', `read, ${taken}`],
    [EDITED, `Environment= there is read, ${taken}`],
  ]);
});

test.each([
  ['', true],
  ['EnvironmentFile=-/etc/environment', false],
  ['PAMName=login', false],
])('with "%s" /etc/environment is in vain: %s', (lines, expected) => {
  const files = futile(lines, { '/etc/environment': 'LAMP=1\n' }).map(([file]) => file);
  expect(files.includes('/etc/environment')).toBe(expected);
});

test('no text tells a value', () => {
  const lines = 'Environment=LAMP=gull\nEnvironmentFile=/opt/made\nEnvironmentFile=-/etc/own';
  expect(
    JSON.stringify(futile(lines, { '/opt/made': 'LAMP=heron\n', '/etc/own': 'LAMP=tern\n' })),
  ).not.toMatch(/gull|heron|tern/);
});
