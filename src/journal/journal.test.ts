import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { rootWith } from '../../test/root-with.ts';
import { HostError } from '../host/host.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import type { Machine } from '../host/machine.ts';
import { readChain } from './chain.ts';
import { changeId } from './change-directory.ts';
import { readChanges, readJournals } from './changes.ts';
import { historyOf } from './history.ts';
import { makeHome } from './home.ts';
import { Journal } from './journal.ts';
import type { NewRecord } from './record.ts';
import { singleRecords } from './single-records.ts';

const CHANGE = '20160615-152745-000-6a9c1f';
const SERVICE = 'dcos-mesos-slave.service';
const BEGIN = beginRecord(CHANGE, SERVICE, [{ kind: 'daemon-reload' }, { kind: 'unit-stop', unit: SERVICE }]);
const intent = (step: number): NewRecord => ({
  type: 'intent',
  direction: 'apply',
  step,
  action: { kind: 'daemon-reload' },
  foreseen: {},
});

/** A machine whose Cutover lives in a directory of this test. */
function machineOf(): Machine {
  return liveMachine(`${rootWith({}).root}/cutover`);
}

function journalOf(machine: Machine): Journal {
  makeHome(machine);
  const journal = Journal.create(machine, BEGIN);
  journal.append(intent(0));
  journal.append({ type: 'done', direction: 'apply', step: 0, facts: {} });
  return journal;
}

const bytesOf = (machine: Machine, journal: Journal) =>
  Buffer.from(machine.host.readFile(journal.directory.records));

/** The journal's bytes are now these. */
function rewrite(machine: Machine, { directory }: Journal, bytes: Uint8Array): void {
  machine.files.removeFile(directory.records);
  machine.files.createFile(directory.records, bytes);
}

test('a change is named after its time and its plan', () => {
  expect(changeId(new Date('2016-06-15T15:27:45.000Z'), '6a9c1f77')).toBe(CHANGE);
});

test('records begin with their version, are numbered and chained', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const lines = bytesOf(machine, journal).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  for (const [n, line] of lines.entries()) expect(line.startsWith(`{"v":4,"n":${n},"at":"`)).toBe(true);
  expect(journal.records.map((record) => record.prev)).toEqual([
    '0'.repeat(64),
    journal.records[0]?.hash,
    journal.records[1]?.hash,
  ]);
  expect(Journal.open(machine, CHANGE).records).toEqual(journal.records);
});

test('a torn last line never took effect, and is cut off before the next', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const whole = bytesOf(machine, journal);
  const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
  for (let length = lastLine + 1; length < whole.length; length += 1) {
    rewrite(machine, journal, whole.subarray(0, length));
    expect(readChanges(machine.host, machine.home)[0]?.history.begun).toMatchObject([
      { step: 0, done: undefined },
    ]);
  }
  const opened = Journal.open(machine, CHANGE);
  opened.append({ type: 'failed', direction: 'apply', step: 0, reason: 'cut short', facts: {} });
  expect(readChain(bytesOf(machine, journal))).toMatchObject({ result: 'ok', torn: false });
  expect(opened.records.map((record) => record.type)).toEqual(['begin', 'intent', 'failed']);
});

test('a last line of which a part was never written out is torn too', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const bytes = bytesOf(machine, journal);
  bytes.fill(0, bytes.length - 20, bytes.length - 1);
  expect(readChain(bytes)).toMatchObject({ result: 'ok', torn: true, records: [{ n: 0 }, { n: 1 }] });
});

test('any other byte that is changed is found, and the record is named', () => {
  const machine = machineOf();
  const bytes = bytesOf(machine, journalOf(machine));
  for (let at = 0; at < bytes.length - 1; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const line = bytes.subarray(0, at).toString('latin1').split('\n').length;
    expect(readChain(changed)).toMatchObject({ result: 'fault', line });
  }
});

test('a record that is taken out or put elsewhere is found', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const [first = '', second = '', third = ''] = bytesOf(machine, journal).toString().split('\n');
  const chain = (...lines: string[]) => readChain(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  expect(chain(first, third)).toEqual({ result: 'fault', line: 2, reason: 'its number is 2' });
  expect(chain(second, third)).toEqual({ result: 'fault', line: 1, reason: 'its number is 1' });
  expect(chain(first, second, second)).toEqual({ result: 'fault', line: 3, reason: 'its number is 1' });
  rewrite(machine, journal, Buffer.from(`${first}\n${third}\n`));
  expect(() => readChanges(machine.host, machine.home)).toThrow(
    `${journal.directory.records}:2:1: record 1 of this journal can't be trusted: its number is 2`,
  );
});

test('of a damaged journal the service is known as long as its first record is sound', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const whole = bytesOf(machine, journal);
  const damagedAt = (at: number) => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    rewrite(machine, journal, bytes);
    return readJournals(machine.host, machine.home).damaged;
  };
  const second = whole.indexOf('\n') + 1;
  expect(damagedAt(second + 5)).toMatchObject([{ directory: { change: CHANGE }, service: BEGIN.service }]);
  expect(damagedAt(second - 5)).toMatchObject([{ directory: { change: CHANGE }, service: undefined }]);
});

test('a journal that can not be read is a damaged one', () => {
  const machine = machineOf();
  const { directory } = journalOf(machine);
  machine.files.removeFile(directory.records);
  machine.files.makeDirectory(directory.records, 0o700);
  expect(readJournals(machine.host, machine.home)).toMatchObject({
    changes: [],
    damaged: [
      { service: undefined, problem: { what: expect.stringContaining("this journal can't be read: ") } },
    ],
  });
});

test('a version that is not known is not read', () => {
  expect(readChain(Buffer.from('{"v":5,"n":0}\n'))).toEqual({
    result: 'fault',
    line: 1,
    reason: 'it is of version 5, and only 1, 2, 3, 4 are known',
  });
});

test('the intents of several steps are one line: torn, none of them was begun', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const before = bytesOf(machine, journal).length;
  const stop = { kind: 'unit-stop', unit: BEGIN.service } as const;
  const steps = [1, 2].map((step) => ({ step, action: stop, foreseen: {} }));
  journal.append({ type: 'intents', direction: 'apply', steps });
  const whole = bytesOf(machine, journal);
  const begun = () => historyOf(Journal.open(machine, CHANGE).records).begun;
  expect(singleRecords(journal.records).map(({ type }) => type)).toEqual([
    'begin',
    'intent',
    'done',
    'intent',
    'intent',
  ]);
  journal.append({ type: 'dones', direction: 'apply', steps: [{ step: 1, facts: {} }] });
  expect(singleRecords(journal.records).at(-1)).toMatchObject({ type: 'done', step: 1, facts: {} });
  for (let length = before + 1; length < whole.length; length += 50) {
    rewrite(machine, journal, whole.subarray(0, length));
    expect(begun().map(({ step }) => step)).toEqual([0]);
  }
});

test('a journal of version 1 is read, and gone on with', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  let prev = '0'.repeat(64);
  const old = bytesOf(machine, journal).toString().trimEnd().split('\n');
  const lines = old.map((line) => {
    const body = line
      .replace('{"v":4', '{"v":1')
      .replace(/"prev":"[0-9a-f]*"/, `"prev":"${prev}"`)
      .replace(/,"hash":"[0-9a-f]*"\}$/, '}');
    prev = createHash('sha256').update(body).digest('hex');
    return `${body.slice(0, -1)},"hash":"${prev}"}\n`;
  });
  rewrite(machine, journal, Buffer.from(lines.join('')));
  const opened = Journal.open(machine, CHANGE);
  expect(opened.records.map(({ v }) => v)).toEqual([1, 1, 1]);
  opened.append({ type: 'failed', direction: 'apply', step: 1, reason: 'cut short', facts: {} });
  expect(Journal.open(machine, CHANGE).records.map(({ v }) => v)).toEqual([1, 1, 1, 4]);
});

test('a change whose first record was never finished never began', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  rewrite(machine, journal, bytesOf(machine, journal).subarray(0, 100));
  expect(readChanges(machine.host, machine.home)).toEqual([]);
  expect(() => Journal.open(machine, CHANGE)).toThrow(`change ${CHANGE} never began`);
});

test('a record that is written and can not be synced does not stay in the journal', () => {
  const machine = machineOf();
  const journal = journalOf(machine);
  const whole = bytesOf(machine, journal);
  const { files } = machine;
  const failing: Machine = {
    ...machine,
    files: {
      ...files,
      append: (path, content) => {
        files.append(path, content);
        throw new HostError(path, 'io', 'input/output error');
      },
    },
  };
  const opened = Journal.open(failing, CHANGE);
  expect(() => opened.append(intent(1))).toThrow('input/output error');
  expect(bytesOf(machine, journal)).toEqual(whole);
  Journal.open(machine, CHANGE).append(intent(1));
  expect(readChanges(machine.host, machine.home)).toMatchObject([{ state: 'interrupted' }]);
});
