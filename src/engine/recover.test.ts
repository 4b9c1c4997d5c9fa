import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { endOf } from '../../test/end-of.ts';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import type { Step } from '../documents/plan.ts';
import { HostError } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import { Journal } from '../journal/journal.ts';
import { guardOf } from '../plan/guard.ts';
import { recover } from './recover.ts';

const LAMP = 'lamp.service';
const CHANGE = '20160615-152745-000-6a9c1f';
const RECOVER = { recoverCommand: ['/usr/bin/cutover', 'recover'] };
const GUARD = guardOf(LAMP).path;
const GATE = { stableMs: 0, timeoutMs: 1, restarts: 0, probes: [] };
const STEPS: readonly Step[] = [
  { kind: 'gate', unit: LAMP, gate: GATE },
  { kind: 'guard-lift', unit: LAMP, path: GUARD, createdDirectories: [] },
];

/** A machine on which the lamp is down, as its guard has kept a boot from starting it; a start ends so. */
function afterBoot(start: () => { readonly complaint?: string; readonly activeState: string }): Machine {
  let activeState = 'inactive';
  return machineIn(
    { [GUARD]: '', [guardOf(LAMP).flag]: '' },
    {
      show: async () => unitFacts({ activeState }),
      start: async () => {
        const end = start();
        ({ activeState } = end);
        return end.complaint;
      },
    },
  );
}

const itRuns = () => ({ activeState: 'active' });

/** A change of the lamp that was cut short while its gate was open, or after it was passed. */
function interrupted(machine: Machine, gate: 'is open' | 'was passed'): Journal {
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, STEPS));
  const [action] = STEPS;
  if (action !== undefined)
    journal.append({ type: 'intent', direction: 'apply', step: 0, action, foreseen: {} });
  if (gate === 'was passed')
    journal.append({
      type: 'done',
      direction: 'apply',
      step: 0,
      facts: { gate: { passed: true, conditions: [], log: [] } },
    });
  return journal;
}

test('a change that had passed its gate is completed: its guard is lifted and the service started', async () => {
  const machine = afterBoot(itRuns);
  interrupted(machine, 'was passed');
  const { outcomes } = await recover(machine, RECOVER);
  expect(outcomes).toMatchObject([
    {
      state: 'committed',
      reason: 'the gate was passed before the change was interrupted; the rest is done now',
      gate: { passed: true },
    },
  ]);
  expect(machine.host.lstat(GUARD)).toBe(undefined);
  expect(machine.host.lstat(guardOf(LAMP).flag)).toBe(undefined);
  expect(await recover(machine, RECOVER)).toEqual({ outcomes: [], damaged: [], needOperator: [] });
});

test('where the service runs already it is not started again', async () => {
  const machine = machineIn(
    {
      [GUARD]: '',
    },
    {
      start: async () => {
        throw new Error('it was started');
      },
      show: async () => unitFacts(),
    },
  );
  interrupted(machine, 'was passed');
  expect((await recover(machine, RECOVER)).outcomes).toMatchObject([{ state: 'committed' }]);
});

test('one that does not come up any more is taken back, and why is told', async () => {
  for (const [end, why] of [
    [{ activeState: 'failed', complaint: 'Job for lamp.service failed.' }, 'Job for lamp.service failed.'],
    [{ activeState: 'inactive' }, 'it ended by itself'],
  ] as const) {
    const machine = afterBoot(() => end);
    interrupted(machine, 'was passed');
    const { outcomes } = await recover(machine, RECOVER);
    expect(outcomes).toMatchObject([{ direction: 'rollback' }]);
    expect(outcomes[0]?.reason).toContain(`after an interruption ${LAMP} did not come up again: ${why}; `);
  }
});

test('one whose guard can not be lifted is taken back', async () => {
  const machine = afterBoot(itRuns);
  interrupted(machine, 'was passed');
  const removeFile = (path: string): void => {
    if (path === GUARD) throw new HostError(path, 'io', 'read-only file system');
    machine.files.removeFile(path);
  };
  const { outcomes } = await recover({ ...machine, files: { ...machine.files, removeFile } }, RECOVER);
  expect(outcomes[0]?.reason).toMatch(new RegExp(`^${GUARD}: read-only file system; `));
  expect(machine.host.lstat(GUARD)).not.toBe(undefined);
});

test('a gate that was open is not passed: the change goes back', async () => {
  const machine = machineIn({});
  interrupted(machine, 'is open');
  const { outcomes } = await recover(machine, RECOVER);
  expect(outcomes).toMatchObject([{ direction: 'rollback', reason: 'the change was interrupted' }]);
});

test('a way back that was interrupted goes on for its own reason, however often', async () => {
  for (const reason of ['taken back as asked', 'taken back as asked; the way back was interrupted']) {
    const machine = machineIn({});
    const journal = interrupted(machine, 'was passed');
    journal.append({ type: 'back', reason, attempt: 1, steps: [] });
    const { outcomes } = await recover(machine, RECOVER);
    expect(outcomes).toMatchObject([
      { state: 'rolled-back', reason: 'taken back as asked; the way back was interrupted' },
    ]);
  }
});

test('a change that needs the operator is left as it is, and named', async () => {
  const machine = machineIn({});
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP));
  journal.append(endOf(journal, 'needs-operator'));
  expect(await recover(machine, RECOVER)).toEqual({ outcomes: [], damaged: [], needOperator: [CHANGE] });
});

test('a change that waits is taken back when its time is up, and not when none is told', async () => {
  for (const [confirmBefore, reasons] of [
    ['2016-06-15T15:30:00.000Z', ['it was not confirmed in time']],
    [new Date(Date.now() + 60_000).toISOString(), []],
    [undefined, []],
  ] as const) {
    const machine = machineIn({});
    const journal = Journal.create(machine, beginRecord(CHANGE, LAMP));
    const until = confirmBefore === undefined ? {} : { confirmBefore };
    journal.append(endOf(journal, 'awaiting-confirmation', until));
    const { outcomes } = await recover(machine, RECOVER);
    expect(outcomes.map(({ reason }) => reason)).toEqual(reasons);
  }
});

test('one whose differences were to be accepted goes on as that', async () => {
  const machine = machineIn({ '/etc/lamp': 'GLOW=dim' });
  const begin = beginRecord(CHANGE, LAMP, STEPS);
  const entries = [{ type: 'absent', path: '/etc/lamp' } as const];
  const journal = Journal.create(machine, { ...begin, before: { ...begin.before, entries } });
  const back = { type: 'back', reason: 'taken back as asked', steps: [], acceptDifferences: true } as const;
  journal.append({ ...back, attempt: 1, steps: [] });
  const { outcomes } = await recover(machine, RECOVER);
  expect(outcomes).toMatchObject([
    {
      state: 'rolled-back',
      verified: { accepted: [{ path: '/etc/lamp', difference: 'type was absent, is file' }] },
    },
  ]);
});
