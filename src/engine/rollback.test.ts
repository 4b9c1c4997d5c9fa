import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { machineIn } from '../../test/machine-in.ts';
import { Journal } from '../journal/journal.ts';
import { rollback } from './rollback.ts';

const CHANGE = '20160615-152745-000-6a9c1f';

test('a change that was cut short is taken back for that, and a way back that was cut short as it was asked for', async () => {
  const reasonOf = async (backs: number) => {
    const machine = machineIn({});
    const journal = Journal.create(machine, beginRecord(CHANGE, 'lamp.service'));
    for (let attempt = 1; attempt <= backs; attempt += 1)
      journal.append({ type: 'back', reason: 'taken back as asked', attempt, steps: [] });
    return await rollback(CHANGE, machine, { recoverCommand: ['/usr/bin/cutover', 'recover'] });
  };
  expect(await reasonOf(0)).toMatchObject({ state: 'rolled-back', reason: 'the change was interrupted' });
  expect(await reasonOf(1)).toMatchObject({ state: 'rolled-back', reason: 'taken back as asked' });
});

test('what a way back left that could not write down its end goes when it is asked for again', async () => {
  const unit = '/etc/systemd/system/cutover-recover.service';
  const wanted = '/etc/systemd/system/multi-user.target.wants/cutover-recover.service';
  const machine = machineIn({ [unit]: '[Service]\n', [wanted]: '-> ../cutover-recover.service' });
  const journal = Journal.create(machine, beginRecord(CHANGE, 'lamp.service'));
  journal.append(endOf(journal, 'rolled-back'));
  await expect(
    rollback(CHANGE, machine, { recoverCommand: ['/usr/bin/cutover', 'recover'] }),
  ).rejects.toThrow(`${CHANGE} is rolled back already`);
  expect([machine.host.lstat(unit), machine.host.lstat(wanted)]).toEqual([undefined, undefined]);
});
