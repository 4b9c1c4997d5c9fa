import { expect, test } from 'vitest';
import type { GateReport } from '../documents/outcome.ts';
import { didNotComeBack } from './did-not-come-back.ts';
import { whatFailed } from './what-failed.ts';

const condition = (title: string, holds: boolean): GateReport['conditions'][number] => ({
  title,
  holds,
  detail: holds ? 'it is' : 'it is not',
});
const reportOf = (...conditions: GateReport['conditions']): GateReport => ({
  passed: false,
  conditions,
  log: [],
});

test('the first condition that does not hold is told, and how many more there are', () => {
  const [lit, warm, loud] = [condition('lit', true), condition('warm', false), condition('loud', false)];
  expect(whatFailed(reportOf(lit, warm))).toBe('warm: it is not');
  expect(whatFailed(reportOf(lit, warm, loud))).toBe('warm: it is not (and 1 more)');
});

test('a gate fails where everything holds, but not for long enough', () => {
  expect(whatFailed(reportOf(condition('lit', true)))).toBe('time was up');
});

const gone = { unit: 'lamp.socket', service: 'lamp.service', activeState: 'failed' };

test('a unit that does not come back is told with what systemd said of its start', () => {
  expect(didNotComeBack(gone, 'Job for lamp.socket failed.', { startedAt: 1 })).toMatchObject({
    message:
      'lamp.socket, which was stopped with lamp.service, did not come back: it is failed: Job for lamp.socket failed.',
    facts: { startedAt: 1 },
  });
});

test('and so is one that systemd started without a word, which ended again', () => {
  expect(didNotComeBack(gone, undefined, {}).message).toBe(
    'lamp.socket, which was stopped with lamp.service, did not come back: it is failed',
  );
});
