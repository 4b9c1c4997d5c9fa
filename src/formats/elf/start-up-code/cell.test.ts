import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesIn, type Cell, common, UNKNOWN, withBytes } from './cell.ts';

const write = fc
  .record({
    from: fc.nat(7),
    size: fc.integer({ min: 1, max: 8 }),
    value: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  })
  .filter(({ from, size }) => from + size <= 8);

test('a cell keeps the bytes that an array of bytes would keep', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 6 }), (writes) => {
      const { cell, bytes } = written(writes);
      for (let byte = 0; byte < 8; byte += 1) expect(bytesIn(cell, byte, 1)).toBe(bytes[byte]);
    }),
  );
});

test('two cells have in common the bytes that are equal in both', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 3 }), fc.array(write, { maxLength: 3 }), (some, others) => {
      const [one, other] = [written(some), written(others)];
      const both = common(one.cell, other.cell);
      for (let byte = 0; byte < 8; byte += 1) {
        const expected = one.bytes[byte] === other.bytes[byte] ? one.bytes[byte] : undefined;
        expect(bytesIn(both, byte, 1)).toBe(expected);
      }
    }),
  );
});

function written(writes: readonly { from: number; size: number; value: bigint | null }[]) {
  const bytes: (bigint | undefined)[] = Array.from({ length: 8 });
  let cell: Cell = UNKNOWN;
  for (const { from, size, value } of writes) {
    cell = withBytes(cell, from, size, value ?? undefined);
    for (let byte = 0; byte < size; byte += 1) {
      bytes[from + byte] = value === null ? undefined : (value >> BigInt(byte * 8)) & 0xffn;
    }
  }
  return { cell, bytes };
}
