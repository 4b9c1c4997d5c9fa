import { expect, test } from 'vitest';
import { matchesPattern } from './matches-pattern.ts';

test.each([
  ['*.env', 'lamp.env', true],
  ['*.env', 'lamp.txt', false],
  ['??-lamp', '10-lamp', true],
  ['??-lamp', '1-lamp', false],
  ['[a-c]*', 'beacon', true],
  ['[!a-c]*', 'beacon', false],
  ['[z-a]*', 'beacon', false],
  ['[]x]', ']', true],
  ['[', '[', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['*', '', true],
  ['lamp*lamp', 'lamp', false],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(matchesPattern(pattern, name)).toBe(expected);
});

test('a pattern of many stars takes no time', () => {
  expect(matchesPattern(`${'*a'.repeat(60)}b`, 'a'.repeat(255))).toBe(false);
});
