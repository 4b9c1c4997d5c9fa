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
