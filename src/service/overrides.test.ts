import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
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

test('an optional file read after the one that wins is best; one meant for something else comes later', () => {
  const unit = 'EnvironmentFile=/opt/made\nEnvironmentFile=-/etc/proxies\nEnvironmentFile=-/etc/own';
  expect(places(unit, { '/opt/made': 'LAMP=1\n' }, 'LAMP')).toEqual([
    ['/etc/own', 'environment-file'],
    ['/etc/proxies', 'environment-file'],
    [DROP_IN, 'drop-in-environment-file'],
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
  ['EnvironmentFile=/etc/late', []],
  ['UnsetEnvironment=LAMP', []],
])('a later drop-in with %s leaves what it does not beat', (line, expected) => {
  const files = { [LATE]: `[Service]\n${line}\n`, '/etc/late': 'LAMP=late\n' };
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
