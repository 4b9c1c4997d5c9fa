import { expect, test } from 'vitest';
import { explainCheck } from './explain-check.ts';

test('a check explains itself, and an unknown one is refused with the nearest name', () => {
  const oil = { id: 'lamp-oil', title: 'There is oil', explains: 'Without oil there is no light.' };
  const knowledge = [{ id: 'lamps', checks: [oil] }];
  expect(explainCheck('lamp-oil', knowledge)).toEqual(oil);
  expect(explainCheck('program', knowledge).explains).toMatch(/^The command of the unit is followed/);
  expect(() => explainCheck('lamp-oyl', knowledge)).toThrow(
    'There is no check lamp-oyl; did you mean lamp-oil?',
  );
});
