import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { machineIn } from '../../test/machine-in.ts';
import type { Machine } from '../host/machine.ts';
import { Journal } from '../journal/journal.ts';
import { confirm } from './confirm.ts';
import { rollback } from './rollback.ts';

const LAMP = 'lamp.service';
const FIRST = '20160615-152745-000-6a9c1f';
const SECOND = '20160616-152745-000-6a9c1f';
const RECOVER = { recoverCommand: ['/usr/bin/cutover', 'recover'] };

/** A committed change of a service; its journal may be damaged in a record. */
function addChange(machine: Machine, change: string, service: string, damaged?: 'first' | 'second'): Journal {
  const journal = Journal.create(machine, beginRecord(change, service));
  const { length } = machine.host.readFile(journal.directory.records);
  journal.append(endOf(journal, 'committed'));
  const text = new TextDecoder().decode(machine.host.readFile(journal.directory.records));
  const at = damaged === 'first' ? length - 5 : length + 20;
  if (damaged === undefined) return journal;
  machine.files.removeFile(journal.directory.records);
  machine.files.createFile(journal.directory.records, `${text.slice(0, at)}?${text.slice(at + 1)}`);
  return journal;
}

test('what is not known may be what a journal tells of that can not be read at all', async () => {
  const machine = machineIn({});
  const { directory } = addChange(machine, FIRST, LAMP, 'first');
  for (const verb of [confirm, rollback])
    await expect(verb('lamp', machine, RECOVER)).rejects.toThrow(
      `${directory.records}:1:1: record 0 of this journal can't be trusted: it does not end with a hash`,
    );
});

test('a change is not taken back beside another of its service that nothing is known of', async () => {
  const machine = machineIn({});
  const { directory } = addChange(machine, FIRST, LAMP, 'second');
  addChange(machine, SECOND, LAMP);
  await expect(rollback(SECOND, machine, RECOVER)).rejects.toThrow(
    expect.objectContaining({
      what: "record 1 of this journal can't be trusted: its hash is not that of its bytes",
      place: { file: directory.records, line: 2, column: 1 },
      next: `Compare ${directory.snapshots} with the machine by hand, then move ${directory.journal} away.`,
    }),
  );
});

test('a name that is in no journal is told, with one that is like it', async () => {
  const machine = machineIn({});
  addChange(machine, FIRST, LAMP);
  await expect(rollback('limp.service', machine, RECOVER)).rejects.toThrow(
    expect.objectContaining({
      message: 'there is no change of limp.service in the journal; did you mean lamp.service?',
      next: 'cutover status',
    }),
  );
  await expect(rollback('harbour-master', machine, RECOVER)).rejects.toThrow(
    /^there is no change of harbour-master in the journal$/,
  );
});

test('what does not wait can not be confirmed', async () => {
  const machine = machineIn({});
  addChange(machine, FIRST, LAMP);
  const what = 'nothing waits to be confirmed';
  await expect(confirm('lamp', machine)).rejects.toThrow(`${what}: lamp is committed`);
  await expect(confirm('horn', machine)).rejects.toThrow(
    expect.objectContaining({
      message: `${what}: there is no change of horn in the journal`,
      next: 'cutover status',
    }),
  );
});

test('a change that waits is confirmed, whether its end says until when or not', async () => {
  for (const [confirmBefore, reason] of [
    [
      '2016-06-15T15:30:00.000Z',
      'confirmed in time: it would have been taken back at 2016-06-15T15:30:00.000Z',
    ],
    [undefined, 'confirmed in time: it would have been taken back at its deadline'],
  ] as const) {
    const machine = machineIn({});
    const journal = Journal.create(machine, beginRecord(FIRST, LAMP));
    const until = confirmBefore === undefined ? {} : { confirmBefore };
    journal.append(endOf(journal, 'awaiting-confirmation', until));
    const { outcome } = endOf(journal, 'committed', { reason });
    expect(await confirm('lamp', machine)).toEqual(outcome);
    expect(Journal.open(machine, FIRST).records.at(-1)).toMatchObject({ type: 'end', outcome });
  }
});

test('a service may be asked for by another name of it', async () => {
  const machine = machineIn({
    '/usr/lib/systemd/system/lamp.service': '[Service]\nExecStart=/bin/lamp\n',
    '/etc/systemd/system/lantern.service': '-> /usr/lib/systemd/system/lamp.service',
  });
  const journal = addChange(machine, FIRST, LAMP);
  journal.append(endOf(journal, 'awaiting-confirmation'));
  expect(await confirm('lantern', machine)).toMatchObject({ change: FIRST, state: 'committed' });
  await expect(confirm('lantern.service', machine)).rejects.toThrow(
    'nothing waits to be confirmed: lamp.service is committed',
  );
});
