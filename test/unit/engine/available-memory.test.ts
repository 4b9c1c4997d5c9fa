import { freemem } from 'node:os';
import { expect, test } from 'vitest';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { rootWith } from '../../root-with.ts';
import { availableMemory } from '../../../src/engine/available-memory.ts';

test('the live machine says what Node has been told of it', () => {
  const ratio = availableMemory(liveHost()) / freemem();
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test.each([
  ['where it is said', 'MemFree:        9 kB\nMemAvailable:   1234 kB\nBuffers:  8 kB\n', 1234 * 1024],
  ['where it is not', 'MemFree:        9 kB\n', 0],
])('%s', (_where, text, bytes) => {
  expect(availableMemory(rootWith({ '/proc/meminfo': text }))).toBe(bytes);
});

test('where nothing says anything', () => {
  expect(availableMemory(rootWith({}))).toBe(0);
});
