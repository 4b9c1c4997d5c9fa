import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { Journal } from '../journal/journal.ts';
import { commitChange } from './commit-change.ts';

test('that no trial start was made is told, and of a gate that there was not nothing', async () => {
  const machine = machineIn({});
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', 'lamp.service'));
  const noTrial = 'lamp.socket opens its sockets for it, and they are in use';
  journal.append({ type: 'done', direction: 'apply', step: 0, facts: { noTrial } });
  const outcome = await commitChange(machine, journal, 'all is well', ['/usr/bin/cutover', 'recover']);
  expect(outcome.verified.notExamined).toEqual([`no trial start was made: ${noTrial}`]);
  expect(Object.keys(outcome)).not.toContain('gate');
  expect(outcome).toMatchObject({ state: 'committed', reason: 'all is well' });
  expect(journal.records.at(-1)).toMatchObject({ type: 'end', outcome });
});
