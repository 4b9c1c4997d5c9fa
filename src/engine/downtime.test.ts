import { expect, test } from 'vitest';
import type { JournalRecord } from '../journal/record.ts';
import { downtimeMs, factsSinceLastEnd } from './downtime.ts';

test('a stop and the start after it', () => {
  expect(downtimeMs([{}, { stoppedAt: 1000 }, {}, { startedAt: 1180 }, {}], 9000, true)).toBe(180);
});

test('a change and its way back add up', () => {
  const facts = [{ stoppedAt: 1000 }, { startedAt: 1100 }, { stoppedAt: 3000 }, { startedAt: 3050 }];
  expect(downtimeMs(facts, 9000, true)).toBe(150);
});

test('a service that was stopped twice and started once was down all the while', () => {
  expect(
    downtimeMs(
      [{ stoppedAt: 1000 }, { complaint: 'no' }, { stoppedAt: 3000 }, { startedAt: 3050 }],
      9000,
      true,
    ),
  ).toBe(2050);
});

test('a service that was not started is down until now', () => {
  expect(downtimeMs([{ stoppedAt: 1000 }], 9000, false)).toBe(8000);
  expect(downtimeMs([], 9000, true)).toBe(0);
});

test('a service that was started and does not run is down since its last stop', () => {
  const facts = [{ stoppedAt: 1000 }, { startedAt: 1100 }, { stoppedAt: 3000 }, { startedAt: 3050 }];
  expect(downtimeMs(facts, 9000, false)).toBe(6100);
});

test('a stop that was cut short counts from its intent', () => {
  const common = { v: 1, n: 1, prev: '', hash: '', direction: 'apply', step: 0 } as const;
  const intent: JournalRecord = {
    ...common,
    type: 'intent',
    at: '2016-06-15T15:27:45.000Z',
    action: { kind: 'unit-stop', unit: 'dcos-mesos-slave.service' },
    foreseen: {},
  };
  const done: JournalRecord = { ...common, type: 'done', at: intent.at, facts: { stoppedAt: 1466004465250 } };
  expect(factsSinceLastEnd([intent])).toEqual([{ stoppedAt: 1466004465000 }]);
  expect(factsSinceLastEnd([intent, done])).toEqual([{ stoppedAt: 1466004465250 }]);
});
