import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { Journal } from '../journal/journal.ts';
import type { Step } from '../documents/plan.ts';
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

test('what changed since it was written does not take a change back, and the reason says so', async () => {
  const remove = (path: string): Step => ({
    kind: 'file-remove',
    path,
    why: '',
    before: { type: 'absent' },
  });
  const outcomeOf = async (paths: readonly string[]) => {
    const machine = machineIn({ '/etc/a': '', '/etc/b': '' });
    const begin = beginRecord('20160615-152745-000-6a9c1f', 'lamp.service', paths.map(remove));
    const journal = Journal.create(machine, begin);
    return await commitChange(machine, journal, 'the gate is green', ['/usr/bin/cutover', 'recover']);
  };
  expect(await outcomeOf(['/etc/a'])).toMatchObject({
    state: 'committed',
    reason: 'the gate is green; /etc/a changed since',
    verified: { items: 3, differences: [{ path: '/etc/a' }] },
  });
  expect(await outcomeOf(['/etc/a', '/etc/b', '/etc/c'])).toMatchObject({
    reason: 'the gate is green; 2 places changed since',
    verified: { items: 5 },
  });
});
