import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import { Journal } from '../journal/journal.ts';
import { status } from './status.ts';

const CHANGE = '20160615-152745-000-6a9c1f';

test.each([
  ['needs-operator', { reason: 'the disk is full' }, { reason: 'the disk is full', activeState: 'active' }],
  ['rolled-back', { leftAsItIs: true }, { leftAsItIs: true }],
  ['committed', { reason: 'the gate is green' }, {}],
  ['awaiting-confirmation', {}, {}],
  ['awaiting-confirmation', { confirmBefore: '2016-06-15T15:30:00.000Z' }, { overdue: true }],
  ['awaiting-confirmation', { confirmBefore: '2216-06-15T15:30:00.000Z' }, {}],
] as const)('of a change that is %s with %j is told beside its state: %j', async (state, end, told) => {
  const machine = machineIn({});
  const journal = Journal.create(machine, beginRecord(CHANGE, 'lamp.service'));
  journal.append(endOf(journal, state, end));
  expect((await status(machine)).changes).toEqual([
    {
      change: CHANGE,
      service: 'lamp.service',
      startedAt: journal.begin.at,
      state,
      inForce: false,
      journal: journal.directory.records,
      ...('confirmBefore' in end ? { confirmBefore: end.confirmBefore } : {}),
      ...told,
    },
  ]);
});

test('of one that was interrupted it is told what its service does, where systemd says so', async () => {
  const show = async () => unitFacts({ activeState: 'inactive' });
  const refusing = async () => {
    throw new Error('no answer');
  };
  for (const [answer, told] of [
    [show, { activeState: 'inactive' }],
    [refusing, {}],
  ] as const) {
    const machine = machineIn({}, { show: answer });
    Journal.create(machine, beginRecord(CHANGE, 'lamp.service'));
    const [change] = (await status(machine)).changes;
    expect(change).toMatchObject({ state: 'interrupted', ...told });
    expect(Object.keys(change ?? {}).includes('activeState')).toBe('activeState' in told);
  }
});
