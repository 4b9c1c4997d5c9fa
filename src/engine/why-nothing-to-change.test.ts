import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { machineIn } from '../../test/machine-in.ts';
import type { Outcome } from '../documents/outcome.ts';
import { HostError } from '../host/host.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { readUnitsNow } from '../host/units-now.ts';
import { changeDirectory } from '../journal/change-directory.ts';
import { Journal } from '../journal/journal.ts';
import { takeLock } from '../journal/lock.ts';
import { whyNothingToChange } from './why-nothing-to-change.ts';

const SERVICE = String.raw`my\x2dlamp.service`;
const RUNS = readUnitsNow(`Id=${SERVICE}\nActiveState=active\n`);
const CHANGE = '20260612-080001-000-6a9c1f';
const NOTHING = `there is nothing to change: ${SERVICE} is as the spec wants it`;

/** A machine with a change of the service, which ended so or has no end. */
function machineWith(state: Outcome['state'] | 'interrupted', service = SERVICE) {
  const machine = machineIn({});
  const journal = Journal.create(machine, beginRecord(CHANGE, service));
  if (state !== 'interrupted') journal.append(endOf(journal, state));
  return machine;
}

test.each([
  ['interrupted', `change ${CHANGE} of ${SERVICE} was interrupted and is unfinished`, 'cutover recover'],
  [
    'awaiting-confirmation',
    `change ${CHANGE} of ${SERVICE} waits to be confirmed`,
    `cutover confirm '${SERVICE}', or cutover rollback '${SERVICE}'`,
  ],
  [
    'needs-operator',
    `change ${CHANGE} of ${SERVICE} was not taken back to the end, and needs the operator`,
    `cutover rollback ${CHANGE}; to be content with what still differs then, with --accept-differences`,
  ],
] as const)('a change of the service that is %s goes first', (state, message, next) => {
  expect(whyNothingToChange(machineWith(state), SERVICE, RUNS)).toMatchObject({ message, next });
  expect(whyNothingToChange(machineWith(state, 'harbour.service'), SERVICE, RUNS).message).toBe(NOTHING);
});

test('a change that somebody is at work on is not called interrupted', async () => {
  const machine = machineWith('interrupted');
  const lock = await takeLock(machine, `apply to ${SERVICE}`);
  const said = whyNothingToChange(machine, SERVICE, RUNS);
  await lock.release();
  expect(said.message).toMatch(
    /^the lock \/var\/lib\/cutover\/lock is held by process \d+, since .* \(apply to /,
  );
});

test('nor is one whose journal can not be trusted passed over', () => {
  const machine = machineWith('committed');
  machine.files.append(changeDirectory(machine.home, CHANGE).records, '{}\n');
  expect(whyNothingToChange(machine, SERVICE, RUNS).message).toContain("can't be trusted");
});

test('a service that does not run is told of, unless nobody can say', () => {
  const machine = machineWith('committed');
  expect(whyNothingToChange(machine, SERVICE, readUnitsNow(''))).toMatchObject({
    message: `${NOTHING}, but it is not running`,
    next: `systemctl start '${SERVICE}'`,
  });
  expect(whyNothingToChange(machine, SERVICE, RUNS)).toMatchObject({ message: NOTHING, next: undefined });
  expect(whyNothingToChange(machine, SERVICE, undefined).message).toBe(NOTHING);
});

test('where the journal can not be read, that is said', () => {
  const machine = machineWith('interrupted');
  const saidAfter = (error: HostError) => {
    class Unread extends RootedHost {
      override list(): never {
        throw error;
      }
    }
    return whyNothingToChange({ ...machine, host: new Unread(machine.host.root) }, SERVICE, RUNS);
  };
  expect(saidAfter(new HostError('/var/lib/cutover', 'denied', 'permission denied'))).toMatchObject({
    message: `${NOTHING}, but whether a change of it is unfinished is not known`,
    why: 'Only root can read the journal.',
    next: 'sudo cutover status',
  });
  const broken = new HostError('/var/lib/cutover', 'io', 'input/output error');
  expect(() => saidAfter(broken)).toThrow(broken);
});
