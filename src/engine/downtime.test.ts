import { expect, test } from 'vitest';
import { downtimeMs } from './downtime.ts';

test('a stop and the start after it', () => {
  expect(downtimeMs([{}, { stoppedAt: 1000 }, {}, { startedAt: 1180 }, {}], 9000)).toBe(180);
});

test('a change and its way back add up', () => {
  const facts = [{ stoppedAt: 1000 }, { startedAt: 1100 }, { stoppedAt: 3000 }, { startedAt: 3050 }];
  expect(downtimeMs(facts, 9000)).toBe(150);
});

test('a service that was stopped twice and started once was down all the while', () => {
  expect(
    downtimeMs([{ stoppedAt: 1000 }, { complaint: 'no' }, { stoppedAt: 3000 }, { startedAt: 3050 }], 9000),
  ).toBe(2050);
});

test('a service that was not started is down until now', () => {
  expect(downtimeMs([{ stoppedAt: 1000 }], 9000)).toBe(8000);
  expect(downtimeMs([], 9000)).toBe(0);
});
