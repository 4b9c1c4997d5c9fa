import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { rootWith } from '../../test/root-with.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import { readJournals } from '../journal/changes.ts';
import { makeHome } from '../journal/home.ts';
import { Journal } from '../journal/journal.ts';
import { damagedChange } from './damaged-change.ts';

const CHANGE = '20160615-152745-000-6a9c1f';

test.each([
  ['of its first record too, names no service', 0, '{}\n', undefined],
  ['after it, names its service', undefined, '{}\n', 'lamp.service'],
])('what is said of a journal that is damaged %s', (_title, cutTo, added, service) => {
  const home = `${rootWith({}).root}/cutover`;
  const machine = liveMachine(home);
  makeHome(machine);
  const { directory } = Journal.create(machine, beginRecord(CHANGE, 'lamp.service'));
  if (cutTo !== undefined) machine.files.truncate(directory.records, cutTo);
  machine.files.append(directory.records, added);
  const line = cutTo === undefined ? 2 : 1;
  const said = readJournals(machine.host, home).damaged.map(damagedChange);
  expect(JSON.parse(JSON.stringify(said))).toEqual([
    {
      change: CHANGE,
      ...(service === undefined ? {} : { service }),
      journal: directory.records,
      reason: expect.stringMatching(
        `^${directory.records}:${line}:1: record ${line - 1} of this journal can't be trusted: `,
      ),
      next: `Compare ${directory.snapshots} with the machine by hand, then move ${directory.journal} away.`,
    },
  ]);
});
