import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { liveHost } from '../host/rooted-host.ts';
import { rootWith } from '../../test/root-with.ts';
import { startTimeOf } from './start-time-of.ts';

test('a process has the same start time as long as it runs, and none afterwards', async () => {
  const child = spawn('sleep', ['1000']);
  const pid = child.pid ?? 0;
  const time = startTimeOf(liveHost(), pid);
  expect(time).toMatch(/^\d+$/);
  expect(startTimeOf(liveHost(), pid)).toBe(time);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(startTimeOf(liveHost(), pid)).toBeUndefined();
});

test('a name with parentheses and blanks does not move the fields', () => {
  const fields = ['S', ...Array.from({ length: 18 }, () => '0'), '4711', '0'].join(' ');
  expect(startTimeOf(rootWith({ '/proc/7/stat': `7 (a) (b S) ${fields}\n` }), 7)).toBe('4711');
});

test('one that has ended, and nobody has asked how, does not run', () => {
  const fields = ['Z', ...Array.from({ length: 18 }, () => '0'), '4711', '0'].join(' ');
  expect(startTimeOf(rootWith({ '/proc/7/stat': `7 (lamp) ${fields}\n` }), 7)).toBeUndefined();
});
