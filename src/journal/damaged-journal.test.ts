import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { rootWith } from '../../test/root-with.ts';
import { HostError } from '../host/host.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import type { Machine } from '../host/machine.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { readChain, recordLine } from './chain.ts';
import { readChanges, readJournals } from './changes.ts';
import { changeDirectory } from './change-directory.ts';
import { makeHome } from './home.ts';
import { Journal } from './journal.ts';
import type { NewRecord } from './record.ts';

const CHANGE = '20160615-152745-000-6a9c1f';
const OTHER = '20160616-152745-000-6a9c1f';
const BEGIN = beginRecord(CHANGE, 'redis.service');
const FAILED: NewRecord = { type: 'failed', direction: 'apply', step: 0, reason: 'cold', facts: {} };

function machineOf(): Machine {
  const machine = liveMachine(`${rootWith({}).root}/cutover`);
  makeHome(machine);
  return machine;
}

/** A line whose hash is right, whatever it says. */
function lineOf(body: string): string {
  return `${body.slice(0, -1)},"hash":"${createHash('sha256').update(body).digest('hex')}"}\n`;
}

const fault = (reason: string, line = 1) => ({ result: 'fault', line, reason });

test('a line with a hash that is right is no record all the same when it does not say what one says', () => {
  const common = `"n":0,"at":"","prev":"${'0'.repeat(64)}"`;
  const reasonOf = (body: string) => readChain(Buffer.from(lineOf(body)));
  expect(reasonOf(`{"v":2,${common},"type":"failed","direction":"apply","step":0,"facts":{}}`)).toEqual(
    fault('it is no record: reason: Invalid input: expected string, received undefined'),
  );
  expect(
    reasonOf(`{"v":2,${common},"type":"failed","reason":"","direction":"apply","step":0,"facts":{},"x":1}`),
  ).toEqual(fault('it is no record: Unrecognized key: "x"'));
  expect(reasonOf('{"v":2,"n":0,"type":"failed"}')).toEqual(
    fault(
      'it is no record: at: Invalid input: expected string, received undefined; prev: Invalid input: expected string, received undefined; direction: Invalid option: expected one of "apply"|"rollback"',
    ),
  );
  expect(reasonOf('{"v":2,lit}')).toEqual(
    fault('it is no record: Invalid input: expected object, received undefined'),
  );
});

test('a record of another journal does not follow', () => {
  const first = recordLine(BEGIN, undefined, new Date(0));
  const other = recordLine(BEGIN, undefined, new Date(1));
  const next = recordLine(FAILED, other.record, new Date(2));
  expect(readChain(Buffer.from(first.line + next.line))).toEqual(
    fault('it does not follow the record before it', 2),
  );
});

test('a journal begins once, with its first record', () => {
  const begin = recordLine(BEGIN, undefined, new Date(0));
  const again = recordLine(BEGIN, begin.record, new Date(1));
  expect(readChain(Buffer.from(begin.line + again.line))).toEqual(
    fault("a record of type begin can't stand here", 2),
  );
  expect(readChain(Buffer.from(recordLine(FAILED, undefined, new Date(0)).line))).toEqual(
    fault("a record of type failed can't stand here"),
  );
});

test('a journal that stands under the name of another change is not acted on', () => {
  const machine = machineOf();
  const { directory } = Journal.create(machine, BEGIN);
  const moved = changeDirectory(machine.home, OTHER);
  machine.files.rename(directory.journal, moved.journal);
  expect(() => readChanges(machine.host, machine.home)).toThrow(
    expect.objectContaining({
      message: `${moved.records}:1:1: record 0 of this journal can't be trusted: it is of change ${CHANGE}`,
      next: `Compare ${moved.snapshots} with the machine by hand, then move ${moved.journal} away.`,
    }),
  );
});

test('a change that was killed before its first record never began', () => {
  const machine = machineOf();
  machine.files.makeDirectory(changeDirectory(machine.home, CHANGE).journal, 0o700);
  expect(readJournals(machine.host, machine.home)).toEqual({ changes: [], damaged: [] });
});

test('that somebody may not read journals says nothing of them', () => {
  const machine = machineOf();
  const { directory } = Journal.create(machine, BEGIN);
  class Denying extends RootedHost {
    override readFile = (path: string): never => {
      throw new HostError(path, 'denied', 'permission denied');
    };
  }
  expect(() => readJournals(new Denying('/', 'live'), machine.home)).toThrow(
    new HostError(directory.records, 'denied', 'permission denied'),
  );
});

test('a step that was begun again after it was done is not done', () => {
  const machine = machineOf();
  const action = { kind: 'daemon-reload' } as const;
  const journal = Journal.create(machine, beginRecord(CHANGE, 'redis.service', [action]));
  const intent: NewRecord = { type: 'intent', direction: 'apply', step: 0, action, foreseen: {} };
  const doneOf = () => readChanges(machine.host, machine.home)[0]?.history.begun.map(({ done }) => done);
  journal.append(intent);
  journal.append({ type: 'done', direction: 'apply', step: 0, facts: { startedAt: 1 } });
  expect(doneOf()).toEqual([{ startedAt: 1 }]);
  journal.append(intent);
  expect(doneOf()).toEqual([undefined]);
});
