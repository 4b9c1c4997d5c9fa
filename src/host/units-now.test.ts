import { expect, test } from 'vitest';
import { readUnitsNow } from './units-now.ts';

const SHOWN = `Id=lamp.service
ActiveState=active
ConditionResult=yes
ConditionTimestampMonotonic=12

Id=fog.target
ActiveState=inactive
ConditionResult=no
ConditionTimestampMonotonic=0

Id=frost.service
ActiveState=inactive
ConditionResult=no
ConditionTimestampMonotonic=13

Id=wick.service
ActiveState=activating
ConditionResult=yes
ConditionTimestampMonotonic=14
`;

test('which units run, and which a condition has kept from it', () => {
  const now = readUnitsNow(SHOWN);
  expect(now.loaded).toEqual(['lamp.service', 'fog.target', 'frost.service', 'wick.service']);
  expect(now.loaded.filter((unit) => now.runs(unit))).toEqual(['lamp.service', 'wick.service']);
  expect(now.loaded.filter((unit) => now.wasSkipped(unit))).toEqual(['frost.service']);
  expect([now.runs('never-heard-of.service'), now.wasSkipped('never-heard-of.service')]).toEqual([
    false,
    false,
  ]);
});
