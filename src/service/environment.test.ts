import { describe, expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { loadService, readService } from './service.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';
const FILES = {
  '/etc/lamp': 'LAMP=on\n',
  '/etc/round': '-> other-round',
  '/etc/other-round': '-> round',
  '/etc/dangling.env': '-> nowhere',
  '/etc/pier/.keep': '',
};
const PATHS = ['/etc/round', '/etc/round/lamp', '/etc/*round', '/etc/pier', '/etc/*.env', '/etc/round/*'];

const environmentOf = (lines: string) =>
  loadService(rootWith({ [UNIT]: `[Service]\n${lines}\nExecStart=/usr/lamp\n`, ...FILES }), 'lighthouse')
    .environment;

// As seen on systemd 252: "Failed to load environment files: Too many levels of symbolic links".
describe('what nobody can read as an environment file', () => {
  test.each(PATHS)('EnvironmentFile=-%s is passed over, and the next file counts', (path) => {
    const { effective, layers } = environmentOf(`EnvironmentFile=-${path}\nEnvironmentFile=/etc/lamp`);
    expect(effective.get('LAMP')?.value.toString()).toBe('on');
    const files = layers.filter((layer) => layer.kind === 'file');
    expect(files.slice(0, -1).every(({ content }) => content === undefined)).toBe(true);
    expect(files.length).toBeGreaterThan(1);
  });

  test.each([
    ['/etc/round', 'EnvironmentFile=/etc/round leads through links in a circle'],
    ['/etc/*round', 'EnvironmentFile=/etc/other-round leads through links in a circle'],
    ['/etc/pier', 'EnvironmentFile=/etc/pier is a directory, not a file'],
    [
      '/etc/*.env',
      'EnvironmentFile=/etc/dangling.env is a link to nowhere, which does not exist in this root',
    ],
  ])('EnvironmentFile=%s stops the service', (path, message) => {
    expect(() => environmentOf(`EnvironmentFile=${path}`)).toThrow(`${UNIT}:2:1: ${message}`);
  });
});

test('each line is reset by the last empty one behind it', () => {
  const { layers } = environmentOf('Environment=LAMP=1\nEnvironment=\nEnvironment=HORN=1\nEnvironment=\n');
  expect(
    layers.flatMap((layer) =>
      layer.kind === 'directive' ? [[layer.directive.place.line, layer.resetBy?.place.line]] : [],
    ),
  ).toEqual([
    [2, 5],
    [4, 5],
  ]);
});

test('what the running manager has counts before what files say that it would have, and after nothing of the unit', () => {
  const host = rootWith({
    [UNIT]: '[Service]\nEnvironment=HORN=unit\nExecStart=/usr/lamp ${LAMP}\n',
    '/etc/systemd/system.conf': '[Manager]\nDefaultEnvironment=LAMP=file WICK=file SOOT=file\n',
  });
  const running = new Map([
    ['LAMP', 'set'],
    ['WICK', 'file'],
    ['HORN', 'set'],
    ['LANG', 'C.UTF-8'],
    ['LD_LIBRARY_PATH', '/opt/lib'],
  ]);
  const { environment, commands } = readService(host, 'lighthouse', running);
  const from = [...environment.effective].map(([name, { value, layer }]) => [
    name,
    value.toString(),
    layer.kind === 'default' ? layer.rule : layer.kind,
  ]);
  expect(from).toEqual([
    ['WICK', 'file', 'DefaultEnvironment= of the manager'],
    ['LANG', 'C.UTF-8', "systemd's own locale"],
    ['LAMP', 'set', 'systemctl show-environment'],
    ['HORN', 'unit', 'directive'],
    ['LD_LIBRARY_PATH', '/opt/lib', 'systemctl show-environment'],
  ]);
  expect(commands[0]?.words.map(String)).toEqual(['/usr/lamp', 'set']);
});
