import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compared, holds, plainResult } from './flags.ts';

/** The signed and unsigned comparisons of the manual, by the low bits of the opcode that asks for them. */
const MEANING: readonly [condition: number, name: string, meant: (left: number, right: number) => boolean][] =
  [
    [2, 'below', (left, right) => left < right],
    [3, 'not below', (left, right) => left >= right],
    [4, 'equal', (left, right) => left === right],
    [5, 'not equal', (left, right) => left !== right],
    [6, 'below or equal', (left, right) => left <= right],
    [7, 'above', (left, right) => left > right],
    [12, 'less', (left, right) => signed(left) < signed(right)],
    [13, 'greater or equal', (left, right) => signed(left) >= signed(right)],
    [14, 'less or equal', (left, right) => signed(left) <= signed(right)],
    [15, 'greater', (left, right) => signed(left) > signed(right)],
  ];

test.each(MEANING)('condition %i is %s', (condition, _, meant) => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(255), (left, right) => {
      expect(holds(compared(BigInt(left), BigInt(right), 1), condition)).toBe(meant(left, right));
    }),
  );
});

test('of a result only zero and sign are known, of an unknown comparison nothing', () => {
  expect([2, 4, 8, 12].map((condition) => holds(plainResult(0x80n, 1), condition))).toEqual([
    undefined,
    false,
    true,
    undefined,
  ]);
  expect(holds(compared(1n, undefined, 8), 4)).toBeUndefined();
});

function signed(byte: number): number {
  return (byte << 24) >> 24;
}
