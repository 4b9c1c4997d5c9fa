import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import type { BackStep } from '../documents/plan.ts';
import { historyOf } from './history.ts';
import { Journal } from './journal.ts';

const unit = 'lamp.service';
const restore = (path: string): BackStep => ({ kind: 'state-restore', path, snapshot: `/s${path}` });
const LIFT: BackStep = { kind: 'guard-lift', unit, path: '/guard', createdDirectories: [] };
const START: BackStep = { kind: 'unit-start', unit };

/** Whether the state is the service's again, after a way back of these steps that came so far: `i` an intent, `d` done. */
function isBack(steps: readonly BackStep[], ...came: readonly `${number}${'i' | 'd'}`[]): boolean {
  const machine = machineIn({});
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', unit));
  journal.append({ type: 'back', reason: 'taken back as asked', attempt: 1, steps: [...steps] });
  for (const each of came) {
    const step = Number.parseInt(each, 10);
    const action = steps[step] ?? START;
    if (each.endsWith('i'))
      journal.append({ type: 'intent', direction: 'rollback', step, action, foreseen: {} });
    else journal.append({ type: 'done', direction: 'rollback', step, facts: {} });
  }
  return historyOf(journal.records).stateIsBack;
}

test('state is back with the service from the intent to lift the guard or to start it on, when all of it was put back', () => {
  const steps = [restore('/a'), restore('/b'), LIFT, START];
  expect(isBack(steps, '0i', '0d', '1i', '1d')).toBe(false);
  expect(isBack(steps, '0i', '0d', '1i', '1d', '2i')).toBe(true);
  expect(isBack([restore('/a'), START], '0i', '0d', '1i')).toBe(true);
});

test('it is not where the guard was lifted before, as earlier versions did, nor where only a part was put back', () => {
  expect(isBack([LIFT, restore('/a'), START], '0i', '0d', '1i')).toBe(false);
  expect(isBack([LIFT, restore('/a'), START], '0i', '0d', '1i', '1d')).toBe(false);
  expect(isBack([restore('/a'), restore('/b'), START], '0i', '0d', '1i', '2i')).toBe(false);
  expect(isBack([START], '0i', '0d')).toBe(false);
});

test('state that is left as it is belongs to the service when the guard is lifted', () => {
  expect(isBack([LIFT, START], '0i')).toBe(false);
  expect(isBack([LIFT, START], '0i', '0d')).toBe(true);
});
