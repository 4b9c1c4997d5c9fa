import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { Journal } from '../journal/journal.ts';
import { guardOf } from '../plan/guard.ts';
import { compareWatched } from './compare-watched.ts';
import { readEntries } from './read-entries.ts';

const LAMP = 'lamp.service';
const { path: GUARD } = guardOf(LAMP);
const DROP_INS = `/etc/systemd/system/${LAMP}.d`;

/** What differs of the directory of drop-ins, which was there before or was not, with these files now. */
async function differing(was: 'there' | 'absent', files: Parameters<typeof machineIn>[0]): Promise<string[]> {
  const machine = machineIn(files);
  const { entries: now } = await readEntries(machine, [DROP_INS]);
  const entries = was === 'there' ? [...now] : [{ type: 'absent' as const, path: DROP_INS }];
  const begin = beginRecord('20160615-152745-000-6a9c1f', LAMP);
  const journal = Journal.create(machine, { ...begin, before: { ...begin.before, entries } });
  const { differences } = await compareWatched({ machine, journal });
  return differences.map(({ path, what }) => `${path}: ${what}`);
}

test('a directory that holds the guard of a way back alone is no difference, whether or not there was one before', async () => {
  expect(await differing('absent', { [GUARD]: '' })).toEqual([]);
  expect(await differing('there', { [GUARD]: '' })).toEqual([]);
});

test('one that holds anything else is', async () => {
  expect(await differing('absent', { [GUARD]: '', [`${DROP_INS}/own.conf`]: '' })).toEqual([
    `${DROP_INS}: type`,
  ]);
  expect(await differing('absent', { [`${DROP_INS}/own.conf`]: '' })).toEqual([`${DROP_INS}: type`]);
});
