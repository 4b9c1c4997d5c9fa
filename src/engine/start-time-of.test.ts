import { expect, test } from 'vitest';
import { liveHost } from '../host/rooted-host.ts';
import { rootWith } from '../../test/root-with.ts';
import { startTimeOf } from './start-time-of.ts';

test('a process has the same start time as long as it runs', () => {
  const time = startTimeOf(liveHost(), process.pid);
  expect(time).toMatch(/^\d+$/);
  expect(startTimeOf(liveHost(), process.pid)).toBe(time);
});

test('a number that no process has gives none', () => {
  expect(startTimeOf(liveHost(), 2 ** 30)).toBeUndefined();
});

test('a name with parentheses and blanks does not move the fields', () => {
  const fields = ['S', ...Array.from({ length: 18 }, () => '0'), '4711', '0'].join(' ');
  expect(startTimeOf(rootWith({ '/proc/7/stat': `7 (a) (b S) ${fields}\n` }), 7)).toBe('4711');
});

test('one that has ended, and nobody has asked how, does not run', () => {
  const fields = ['Z', ...Array.from({ length: 18 }, () => '0'), '4711', '0'].join(' ');
  expect(startTimeOf(rootWith({ '/proc/7/stat': `7 (lamp) ${fields}\n` }), 7)).toBeUndefined();
});
