import { expect, test } from 'vitest';
import type { Outcome } from '../documents/outcome.ts';
import type { JournalRecord, StepFacts } from '../journal/record.ts';
import { downtimeMs, factsSinceWellEnd } from './downtime.ts';

const AT = '2016-06-15T15:27:45.000Z';
const COMMON = { v: 1, n: 1, prev: '', hash: '' } as const;
const OUTCOME: Outcome = {
  apiVersion: 'cutover/v1',
  kind: 'Outcome',
  change: '20160615-152745-000-6a9c1f',
  service: 'lamp.service',
  direction: 'rollback',
  state: 'needs-operator',
  reason: '',
  verified: { items: 0, differences: [], accepted: [], notExamined: [] },
  downtimeMs: 0,
  journal: '',
};

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
  expect(factsSinceWellEnd([intent])).toEqual([{ stoppedAt: 1466004465000 }]);
  expect(factsSinceWellEnd([intent, done])).toEqual([{ stoppedAt: 1466004465250 }]);
});

test('after an end that needs the operator the service may be down still; one that ran at its next stop was up in between', () => {
  const begin: JournalRecord = { ...COMMON, type: 'back', at: AT, reason: 'asked', attempt: 1, steps: [] };
  const stop = (facts: StepFacts): JournalRecord => ({
    ...COMMON,
    type: 'done',
    at: AT,
    direction: 'rollback',
    step: 0,
    facts,
  });
  const end = (state: Outcome['state']): JournalRecord => ({
    ...COMMON,
    type: 'end',
    at: AT,
    outcome: { ...OUTCOME, state },
  });
  const stopped = { stoppedAt: 1000, stoppedPid: 7 };
  const again = { stoppedAt: 3000, stoppedPid: 0 };
  const records = [
    begin,
    stop(stopped),
    end('needs-operator'),
    begin,
    stop(again),
    stop({ startedAt: 4000 }),
  ];
  expect(factsSinceWellEnd(records)).toEqual([stopped, again, { startedAt: 4000 }]);
  expect(factsSinceWellEnd([begin, stop(stopped), end('committed'), begin, stop(again)])).toEqual([again]);
  expect(downtimeMs(factsSinceWellEnd(records), 9000, true)).toBe(3000);
  expect(downtimeMs([stopped, { stoppedAt: 3000, stoppedPid: 8 }, { startedAt: 4000 }], 9000, true)).toBe(
    1000,
  );
});
