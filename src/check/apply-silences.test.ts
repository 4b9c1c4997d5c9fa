import { expect, test } from 'vitest';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Finding } from '../documents/check-report.ts';
import { applySilences } from './apply-silences.ts';
import { refuseUnknownSilences } from './refuse-unknown-silences.ts';

const finding: Finding = {
  id: 'sandbox',
  severity: 'blocker',
  subject: '/opt/lamp-2',
  reason: 'It may not run.',
  evidence: [],
  remedy: 'Let it.',
};

test('a silenced finding is a note that says what it was and why it is silenced', () => {
  const silence = { check: 'sandbox', subject: 'lamp', reason: 'mounted by hand' };
  expect(applySilences([finding], [silence])).toEqual([
    { ...finding, severity: 'note', silenced: { was: 'blocker', reason: 'mounted by hand' } },
  ]);
});

test('another subject and another check stay what they are, and the idle silence is said', () => {
  const silences = [
    { check: 'sandbox', subject: 'candle', reason: 'x' },
    { check: 'program', reason: 'x' },
  ];
  const [first, ...idle] = applySilences([finding], silences);
  expect(first).toBe(finding);
  expect(idle.map(({ id, severity, reason }) => `${severity} ${id}: ${reason}`)).toEqual([
    'note sandbox: The spec silences sandbox about candle, and there is nothing to silence.',
    'note program: The spec silences program, and there is nothing to silence.',
  ]);
});

test('a check that there is not can not be silenced', () => {
  const silence = { check: 'sandbx', reason: 'x' };
  expect(() => {
    refuseUnknownSilences([silence], []);
  }).toThrow(new CouldNotRun('silence: names sandbx, which is no check', { next: 'Did you mean sandbox?' }));
});

test('of two that fit, neither is idle', () => {
  const silences = [
    { check: 'sandbox', subject: 'lamp', reason: 'mounted by hand' },
    { check: 'sandbox', reason: 'x' },
  ];
  expect(applySilences([finding], silences)).toHaveLength(1);
});
