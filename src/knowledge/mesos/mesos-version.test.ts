import { expect, test } from 'vitest';
import { compareVersions, isAtLeast, type MesosVersion, parseMesosVersion } from './mesos-version.ts';

function version(text: string): MesosVersion {
  const parsed = parseMesosVersion(text);
  if (parsed === undefined) throw new Error(`${text} is no version`);
  return parsed;
}

test.each([
  ['0.28.1', '1.0.0', -1],
  ['0.28.2', '0.28.1', 1],
  ['1.0.0', '1.0.0', 0],
  ['1.0.0-rc2', '1.0.0', 0],
  ['1.3.0-rc1', '1.3.0', -1],
  ['1.3.0', '1.3.0-rc1', 1],
  ['1.4.0-rc1', '1.4.0-rc2', -1],
  ['1.4.0+debian', '1.4.0', 0],
  ['1.10.0', '1.9.0', 1],
])('a module of %s to an agent of %s: %i', (module, agent, order) => {
  expect(Math.sign(compareVersions(version(module), version(agent)))).toBe(order);
});

test.each(['', 'libmesos', '1.2.3.4', '1..2', '1.0.0-', 'v1.0.0'])('%j is no version', (text) => {
  expect(parseMesosVersion(text)).toBeUndefined();
});

test('a release candidate is older than its release from 1.3.0 on', () => {
  expect(compareVersions(version('1.3.0-rc1'), version('1.3.0'))).toBe(-1);
  expect(compareVersions(version('1.2.0-rc1'), version('1.2.0'))).toBe(0);
});

test('a release candidate counts as its release', () => {
  expect(isAtLeast(version('1.0.0-rc2'), '1.0.0')).toBe(true);
  expect(isAtLeast(version('0.28.9'), '1.0.0')).toBe(false);
  expect(isAtLeast(version('1.10.0'), '1.9.0')).toBe(true);
});
