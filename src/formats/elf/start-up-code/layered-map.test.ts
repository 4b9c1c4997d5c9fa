import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayeredMap } from './layered-map.ts';

const change = fc.record({
  key: fc.nat(9),
  value: fc.option(fc.nat(3)),
  copyFirst: fc.boolean(),
  of: fc.nat(3),
});

test('copies behave like separate maps, and what differs is among the keys apart', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const maps = [{ real: new LayeredMap<number>(), model: new Map<number, number>() }];
      for (const { key, value, copyFirst, of } of changes) {
        const chosen = maps[of % maps.length];
        if (chosen === undefined) continue;
        if (copyFirst && maps.length < 4)
          maps.push({ real: chosen.real.copy(), model: new Map(chosen.model) });
        if (value === null) chosen.real.delete(key);
        else chosen.real.set(key, value);
        if (value === null) chosen.model.delete(key);
        else chosen.model.set(key, value);
      }
      for (const one of maps) {
        for (let key = 0; key < 10; key += 1) expect(one.real.get(key)).toBe(one.model.get(key));
        for (const other of maps) {
          const apart = one.real.keysApart(other.real);
          for (let key = 0; key < 10; key += 1) {
            if (one.model.get(key) !== other.model.get(key)) expect(apart.has(key)).toBe(true);
          }
        }
      }
    }),
  );
});
