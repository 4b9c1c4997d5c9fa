import { expect, test } from 'vitest';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import { beginRecord } from '../../test/begin-record.ts';
import type { Gate } from '../documents/plan.ts';
import type { UnitFacts, UnitLog } from '../host/machine.ts';
import { Journal } from '../journal/journal.ts';
import { execute } from './execute.ts';
import { gateReport } from './gate.ts';

const LAMP = 'lamp.service';
const GATE: Gate = { stableMs: 0, timeoutMs: 1, restarts: 0, probes: [] };
const ENDLESS: Gate = { ...GATE, stableMs: 60_000, timeoutMs: 60_000 };

/** What a gate reports of a unit of which systemd says this. */
async function reportOf(facts: Partial<UnitFacts>, log: UnitLog = { read: true, lines: [] }) {
  const machine = machineIn({}, { show: async () => unitFacts(facts), log: async () => log });
  return await gateReport(machine, LAMP, GATE, 0);
}

test('why there is no log stands in the place of the log', async () => {
  const reason = 'journalctl: command not found';
  const report = await reportOf({ activeState: 'failed', result: 'exit-code' }, { read: false, reason });
  expect(report).toMatchObject({ passed: false, log: [`(no log: ${reason})`] });
});

test('of a unit of which no process has ended yet no end is told', async () => {
  const { conditions } = await reportOf({ activeState: 'activating', subState: 'start', result: 'success' });
  expect(conditions[0]?.detail).toBe('activating (start), result success');
});

test('of one whose process has ended it is told how', async () => {
  const detailOf = async (code: string, status: number) => {
    const facts = { activeState: 'failed', subState: 'failed', lastExit: { code, status } };
    return (await reportOf({ ...facts, result: code })).conditions[0]?.detail;
  };
  expect(await detailOf('exited', 3)).toBe('failed (failed), result exited, last process exited with 3');
  expect(await detailOf('killed', 9)).toBe('failed (failed), result killed, last process killed by signal 9');
});

test('the time of a start that has not come to its end counts, and is told', async () => {
  const starting = { activeState: 'activating', subState: 'start', startingSince: 1_000_000 };
  const machine = machineIn({}, { show: async () => unitFacts(starting) });
  const processes = { ...machine.processes, sinceBootMs: () => 62_500 };
  const report = await gateReport({ ...machine, processes }, LAMP, ENDLESS, 0);
  expect(report).toMatchObject({
    passed: false,
    conditions: [{ detail: 'activating (start), for 61.5 s' }, {}],
  });
});

test('a unit without a process is steady since it became active', async () => {
  const steady = { activeState: 'active', subState: 'exited', mainPid: 0 };
  const told = await reportOf({ ...steady, activeSince: 1_500_000 });
  expect(told).toMatchObject({
    passed: true,
    conditions: [
      {
        title: 'active, and not started anew for 0 s',
        detail: 'active (exited), since 1.5 s after the boot, for 0.0 s',
      },
      { title: 'at most 0 restarts', detail: '0 seen' },
    ],
  });
});

test('a signal ends a gate at once, with what it has seen so far', async () => {
  let looks = 0;
  const machine = machineIn(
    {},
    {
      show: async () => {
        looks += 1;
        return unitFacts();
      },
    },
  );
  const step = { kind: 'gate', unit: LAMP, gate: ENDLESS } as const;
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', LAMP, [step]));
  const interruptedBy = () => (looks > 1 ? 'SIGTERM' : undefined);
  const { plan } = journal.begin;
  const context = { machine, journal, plan, attempt: 0, interruptedBy };
  const execution = await execute({ direction: 'apply', steps: plan.steps }, context, () => undefined);
  expect(execution).toMatchObject({
    result: 'failed',
    reason: 'interrupted by SIGTERM',
    facts: [
      {
        gate: {
          passed: false,
          conditions: [{ title: 'active, and one process for 60 s', holds: false }, {}],
        },
      },
    ],
  });
});
