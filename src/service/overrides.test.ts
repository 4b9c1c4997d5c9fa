import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { OverrideNote } from './override-note.ts';
import { type OverridePlace, overridePlaces } from './overrides.ts';
import { loadService } from './service.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';
const DROP_IN = '/etc/systemd/system/lighthouse.service.d/90-cutover.conf';

function places(unit: string, files: Record<string, string>, name: string): [string, OverridePlace['how']][] {
  const service = loadService(
    rootWith({ [UNIT]: `[Service]\n${unit}\nExecStart=/usr/lamp\n`, ...files }),
    'lighthouse',
  );
  const noteOn = (path: string): { intended: 'special' } | undefined =>
    path === '/etc/proxies' ? { intended: 'special' } : undefined;
  return overridePlaces(service, name, noteOn).map(({ file, how }) => [file, how]);
}

test('an optional file read after the one that wins is best; one meant for something else is last', () => {
  const unit = 'EnvironmentFile=/opt/made\nEnvironmentFile=-/etc/proxies\nEnvironmentFile=-/etc/own';
  expect(places(unit, { '/opt/made': 'LAMP=1\n' }, 'LAMP')).toEqual([
    ['/etc/own', 'environment-file'],
    [DROP_IN, 'drop-in-environment-file'],
    ['/etc/proxies', 'environment-file'],
  ]);
});

/** Notes on the files of the test below, by their paths. */
const NOTES: Readonly<Record<string, OverrideNote>> = {
  '/opt/made': { owner: 'lamp-config', survives: false, purpose: 'replaced when it is upgraded' },
  '/etc/default/lamp': { owner: 'lamp', survives: true, purpose: 'a configuration file of the package' },
  '/var/lib/lamp/own': { survives: true, intended: 'operator', purpose: "the operator's own file" },
  '/var/lib/lamp/later': { survives: true, intended: 'operator', purpose: "the operator's own file" },
  '/etc/proxies': { survives: true, intended: 'special', purpose: 'meant for proxies' },
  '/etc/rewritten': { rewritten: '/usr/bin/lamp-env writes it' },
};

test('the order: meant for it, optional, of a package, a drop-in, mandatory, meant for something else', () => {
  const unit = [
    '/opt/made',
    '-/etc/proxies',
    '/etc/must',
    '-/etc/default/lamp',
    '-/etc/first',
    '-/etc/second',
    '-/var/lib/lamp/own',
    '-/run/lamp',
    '-/etc/rewritten',
    '-/var/lib/lamp/later',
  ];
  const lines = unit.map((file) => `EnvironmentFile=${file}`).join('\n');
  const files = { '/opt/made': 'LAMP=1\n', '/etc/must': 'HORN=1\n', '/etc/default/lamp': '' };
  const service = loadService(
    rootWith({ [UNIT]: `[Service]\n${lines}\nExecStart=/usr/lamp\n`, ...files }),
    'lighthouse',
  );
  const after = 'read after the one that wins';
  expect(overridePlaces(service, 'LAMP', (path) => NOTES[path]).map(({ file, why }) => [file, why])).toEqual([
    ['/var/lib/lamp/later', `absent, optional; ${after}; the operator's own file`],
    ['/var/lib/lamp/own', `absent, optional; ${after}; the operator's own file`],
    ['/etc/second', `absent, optional; ${after}; no package is known to own it`],
    ['/etc/first', `absent, optional; ${after}; no package is known to own it`],
    ['/etc/default/lamp', `${after}; a configuration file of the package; belongs to lamp`],
    [
      DROP_IN,
      'a drop-in with EnvironmentFile= of its own (Environment= would lose to the environment files)',
    ],
    ['/etc/must', `${after}; no package is known to own it; the service does not start without it`],
    ['/etc/proxies', `absent, optional; ${after}; meant for proxies`],
  ]);
});

test('a file of a kind that sets it today comes before its likes', () => {
  const unit = 'EnvironmentFile=-/etc/own\nEnvironmentFile=-/etc/later';
  expect(places(unit, { '/etc/own': 'LAMP=1\n' }, 'LAMP').map(([file]) => file)).toEqual([
    '/etc/own',
    '/etc/later',
    DROP_IN,
  ]);
});

test('a file read before one that sets the variable is no place for an override', () => {
  const unit = 'EnvironmentFile=-/etc/own\nEnvironmentFile=/opt/made';
  expect(places(unit, { '/opt/made': 'LAMP=1\n' }, 'LAMP')).toEqual([[DROP_IN, 'drop-in-environment-file']]);
});

test('where no file sets the variable, a drop-in with Environment= wins', () => {
  expect(places('Environment=LAMP=1', {}, 'LAMP')).toEqual([[DROP_IN, 'drop-in-environment']]);
});

const LATE = '/etc/systemd/system/lighthouse.service.d/99-late.conf';

test.each([
  ['Environment=LAMP=late', [[DROP_IN, 'drop-in-environment-file']]],
  ['Environment=', [[DROP_IN, 'drop-in-environment-file']]],
  ['EnvironmentFile=', [[DROP_IN, 'drop-in-environment']]],
  ['EnvironmentFile=/etc/late', [['/etc/late', 'environment-file']]],
  ['EnvironmentFile=/opt/late', []],
  ['UnsetEnvironment=LAMP', []],
])('a later drop-in with %s leaves what it does not beat', (line, expected) => {
  const files = { [LATE]: `[Service]\n${line}\n`, '/etc/late': 'LAMP=late\n', '/opt/late': 'LAMP=late\n' };
  expect(places('Environment=LAMP=1', files, 'LAMP')).toEqual(expected);
});

test('what UnsetEnvironment= takes away only a drop-in that resets it brings back', () => {
  const unit = 'EnvironmentFile=-/etc/own\nUnsetEnvironment=HORN LAMP';
  const service = loadService(
    rootWith({ [UNIT]: `[Service]\n${unit}\nExecStart=/usr/lamp\n` }),
    'lighthouse',
  );
  expect(overridePlaces(service, 'LAMP', () => undefined)).toEqual([
    {
      file: DROP_IN,
      exists: false,
      survives: true,
      why: `a drop-in with Environment=; no environment file sets the variable; it must begin with UnsetEnvironment= (${UNIT}:3:1 takes LAMP away) and list the other entries again`,
      how: 'drop-in-environment',
    },
  ]);
  expect(places(unit, { [DROP_IN]: '[Service]\nUnsetEnvironment=\n' }, 'LAMP')).toEqual([
    ['/etc/own', 'environment-file'],
    [DROP_IN, 'drop-in-environment'],
  ]);
});

test('a pattern that matches nothing is no file to write', () => {
  const unit = 'EnvironmentFile=-/etc/lamps/*.env';
  expect(places(unit, {}, 'LAMP')).toEqual([[DROP_IN, 'drop-in-environment']]);
  expect(places(unit, { '/etc/lamps/1.env': 'LAMP=1\n' }, 'LAMP')[0]).toEqual([
    '/etc/lamps/1.env',
    'environment-file',
  ]);
});
