import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import { Journal } from '../journal/journal.ts';
import { mustStillBeDown, whyNotDown } from './why-not-down.ts';

const LAMP = 'lamp.service';

test('a service is down when it is not active and has no process', async () => {
  const why = async (activeState: string, mainPid: number) =>
    await whyNotDown(
      { systemd: { ...machineIn({}).systemd, show: async () => unitFacts({ activeState, mainPid }) } },
      LAMP,
    );
  expect(await why('inactive', 0)).toBe(undefined);
  expect(await why('failed', 0)).toBe(undefined);
  expect(await why('failed', 7)).toBe(`${LAMP} is failed, its process 7`);
  expect(await why('activating', 0)).toBe(`${LAMP} is activating, its process 0`);
});

test('a service that was stopped and runs again is worked on by somebody; one that was never stopped may run', async () => {
  const machine = machineIn({}, { show: async () => unitFacts({ mainPid: 7 }) });
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', LAMP));
  await mustStillBeDown({ machine, journal });
  const action = { kind: 'unit-stop', unit: LAMP } as const;
  journal.append({ type: 'intent', direction: 'apply', step: 0, action, foreseen: {} });
  await expect(mustStillBeDown({ machine, journal })).rejects.toThrow(
    `something has started the service while its state was worked on: ${LAMP} is active, its process 7`,
  );
});
