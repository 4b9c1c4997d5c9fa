import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import type { Outcome } from '../documents/outcome.ts';
import type { BackStep, Step } from '../documents/plan.ts';
import type { UnitFacts } from '../host/machine.ts';
import { readChanges } from '../journal/changes.ts';
import { Journal } from '../journal/journal.ts';
import { isWell } from './is-well.ts';

const STATE: Step = { kind: 'state-snapshot', path: '/var/lib/lamp', why: '' };
const RESTART: Step = { kind: 'unit-restart', unit: 'lamp.service' };

/** Whether the lamp is well whose change began with `action` and ended so. */
async function afterEnd(
  state: Outcome['state'],
  action: Step,
  unit: Partial<UnitFacts> = {},
  alsoStopped: string[] = [],
) {
  const machine = machineIn({}, { show: async () => unitFacts(unit) });
  const journal = Journal.create(
    machine,
    beginRecord('20160615-152745-000-6a9c1f', 'lamp.service', [action]),
  );
  journal.append({ type: 'intent', direction: 'apply', step: 0, action, foreseen: { alsoStopped } });
  const more = state === 'awaiting-confirmation' ? { confirmBefore: '2030-01-01T00:00:00Z' } : {};
  journal.append(endOf(journal, state, more));
  const [change] = readChanges(machine.host, machine.home);
  return change === undefined ? undefined : await isWell(machine, change);
}

test('a service that runs is well after a change that is in force', async () => {
  expect(await afterEnd('committed', STATE)).toBe(true);
  expect(await afterEnd('awaiting-confirmation', STATE, { subState: 'exited' })).toBe(true);
  expect(await afterEnd('committed', STATE, { subState: 'auto-restart', activeState: 'activating' })).toBe(
    false,
  );
  expect(await afterEnd('committed', STATE, { subState: 'start-post' })).toBe(false);
});

test('after a way back that did not end well it is where no state is at stake', async () => {
  expect(await afterEnd('needs-operator', RESTART)).toBe(true);
  expect(await afterEnd('needs-operator', RESTART, { activeState: 'failed' })).toBe(false);
  expect(await afterEnd('needs-operator', STATE)).toBe(false);
  expect(await afterEnd('needs-operator', RESTART, {}, ['wick.service'])).toBe(false);
});

test('nor is it where a way back has given the state to the service', async () => {
  const machine = machineIn({}, { show: async () => unitFacts() });
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', 'lamp.service', [STATE]));
  journal.append({ type: 'intent', direction: 'apply', step: 0, action: STATE, foreseen: {} });
  const steps: BackStep[] = [
    { kind: 'state-restore', path: '/var/lib/lamp', snapshot: '/copy' },
    { kind: 'unit-start', unit: 'lamp.service' },
  ];
  journal.append({ type: 'back', reason: 'taken back as asked', attempt: 1, steps });
  journal.append({ type: 'done', direction: 'rollback', step: 0, facts: {} });
  const isWellAfter = async (action: BackStep) => {
    journal.append({ type: 'intent', direction: 'rollback', step: 1, action, foreseen: {} });
    journal.append(endOf(journal, 'needs-operator'));
    const [change] = readChanges(machine.host, machine.home);
    return change === undefined ? undefined : await isWell(machine, change);
  };
  expect(await isWellAfter({ kind: 'verify-files' })).toBe(false);
  expect(await isWellAfter({ kind: 'unit-start', unit: 'lamp.service' })).toBe(true);
});

test('it is not said of a change that is taken back', async () => {
  expect(await afterEnd('rolled-back', RESTART)).toBe(false);
});
