import { expect, test } from 'vitest';
import { firstOf } from './first-of.ts';

test('as many as are asked for, and how many are left', () => {
  expect(firstOf([], 2)).toBe('');
  expect(firstOf(['a', 'b'], 2)).toBe('a, b');
  expect(firstOf(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  expect(firstOf([1, 2, 3], 2, (one) => `-${one}`, ' ')).toBe('-1 -2 and 1 more');
});
