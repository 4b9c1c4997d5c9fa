import { expect, test } from 'vitest';
import type { Outcome } from '../../documents/outcome.ts';
import { outcomeText } from './outcome-text.ts';

const PLAIN = { colour: false, width: undefined };
const BASE: Outcome = {
  apiVersion: 'cutover/v1',
  kind: 'Outcome',
  change: '20260612-0001',
  service: 'lighthouse.service',
  direction: 'rollback',
  state: 'rolled-back',
  reason: 'taken back as asked',
  verified: { items: 27, differences: [], accepted: [], notExamined: [] },
  downtimeMs: 141.6,
  journal: '/var/lib/cutover/journal/20260612-0001/records.jsonl',
};

test('a verified way back, with the difference that was accepted', () => {
  const accepted = [{ id: 'lamp-id', path: '/var/lib/lamp/id', difference: 'the lamp has a new id' }];
  const gateBack = { passed: true, conditions: [{ title: 'it glows', holds: true, detail: '200' }], log: [] };
  expect(outcomeText(PLAIN, { ...BASE, gateBack, verified: { ...BASE.verified, accepted } })).toBe(
    `  gate after going back: passed
    holds  it glows: 200
  accepted [lamp-id] /var/lib/lamp/id: the lamp has a new id
  verified 27 items: 0 differences beyond the 1 accepted
  down for 142 ms; journal: /var/lib/cutover/journal/20260612-0001/records.jsonl

rolled back, verified: taken back as asked
`,
  );
});

test('when an operator is needed, every difference is named', () => {
  const differences = [
    { path: '/etc/lamp.conf', what: 'mode', expected: '0644', found: '0600' },
    {
      path: '/etc/lamp.conf',
      what: 'content',
      expected: `3 bytes, sha256 ${'0123456789abcdef'.repeat(4)}`,
      found: 'none',
    },
  ];
  const text = outcomeText(PLAIN, {
    ...BASE,
    state: 'needs-operator',
    verified: { ...BASE.verified, differences },
  });
  expect(text).toContain(
    `  differs /etc/lamp.conf: mode was 0644, is 0600
  differs /etc/lamp.conf: content was 3 bytes, sha256 0123456789ab…, is none
  verified 27 items: 2 differences
`,
  );
  expect(text).toContain(
    `
needs an operator: taken back as asked
  next: mend what differs, then: cutover rollback 20260612-0001
        or accept what differs:  cutover rollback 20260612-0001 --accept-differences
`,
  );
});

test('a service that is down still has been down so far', () => {
  const reason = 'taken back as asked; lighthouse.service is not running';
  expect(outcomeText(PLAIN, { ...BASE, state: 'needs-operator', reason })).toContain(
    '  down for 142 ms so far; ',
  );
  expect(outcomeText(PLAIN, { ...BASE, reason })).toContain('  down for 142 ms; ');
});

test('a reason that is longer than a line has a line for each of its parts, and no command is broken', () => {
  const reason =
    "taken back as asked; going back did not end well: the copy /var/lib/cutover/snapshots/20260612-0001/state/5 can't be used; " +
    'lighthouse.service is not running: start it with systemctl start lighthouse.service';
  expect(outcomeText(PLAIN, { ...BASE, state: 'needs-operator', reason })).toContain(
    `
needs an operator: taken back as asked
  going back did not end well: the copy /var/lib/cutover/snapshots/20260612-0001/state/5 can't be used
  lighthouse.service is not running: start it with systemctl start lighthouse.service
  next: mend the cause`,
  );
});

test('an operator who is needed is told what to type, once', () => {
  const needed = { ...BASE, state: 'needs-operator' } as const;
  expect(outcomeText(PLAIN, needed)).toContain(
    'needs an operator: taken back as asked\n  next: mend the cause, then: cutover rollback 20260612-0001\n',
  );
  const gateBack = { passed: false, conditions: [], log: [] };
  expect(outcomeText(PLAIN, { ...needed, gateBack })).toContain(
    `
  next: mend the cause, then: cutover rollback 20260612-0001
        or accept what differs: cutover rollback 20260612-0001 --accept-differences
`,
  );
  const reason = 'stopped halfway. When that is mended: cutover rollback 20260612-0001';
  expect(outcomeText(PLAIN, { ...needed, reason })).not.toContain('next:');
});

test('a gate that failed shows what the service said last', () => {
  const gate = {
    passed: false,
    conditions: [{ title: 'it glows', holds: false, detail: 'refused' }],
    log: ['lamp: no oil'],
  };
  expect(outcomeText(PLAIN, { ...BASE, gate })).toContain(
    '  gate: failed\n    fails  it glows: refused\n    its last log lines\n      lamp: no oil\n',
  );
});

test('of a service that was never down it is not said how long', () => {
  expect(outcomeText(PLAIN, { ...BASE, downtimeMs: 0 })).toBe(
    `  verified 27 items: 0 differences
  journal: /var/lib/cutover/journal/20260612-0001/records.jsonl

rolled back, verified: taken back as asked
`,
  );
});
