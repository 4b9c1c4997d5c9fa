import { expect, test } from 'vitest';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import { armConfirmation, disarmConfirmation, stopTrying } from './confirmation-timer.ts';

const CHANGE = '20160615-152745-000-6a9c1f';
const UNITS = '/etc/systemd/system';
const SERVICE = `cutover-confirm-${CHANGE}.service`;
const TIMER = `cutover-confirm-${CHANGE}.timer`;

test('a timer that systemd does not start is an error, and what systemd said', async () => {
  const machine = machineIn({}, { restart: async (unit) => `Unit ${unit} is masked.` });
  await expect(armConfirmation(machine, CHANGE, Date.now(), ['/usr/bin/cutover', 'recover'])).rejects.toThrow(
    `the timer for the confirmation does not start: Unit ${TIMER} is masked.`,
  );
});

test('where arming was cut short before there was a timer, no timer is stopped and all goes', async () => {
  const stopped: string[] = [];
  const stop = async (units: readonly string[]): Promise<void> => {
    stopped.push(...units);
  };
  const machine = machineIn({ [`${UNITS}/${SERVICE}`]: '', [`${UNITS}/${TIMER}.new`]: '' }, { stop });
  await disarmConfirmation(machine, CHANGE);
  expect(machine.host.list(UNITS)).toEqual(['other.service']);
  expect(stopped).toEqual([]);
});

test('one that was armed is stopped, and nothing of it is left', async () => {
  const stopped: string[] = [];
  const stop = async (units: readonly string[]): Promise<void> => {
    stopped.push(...units);
  };
  const machine = machineIn({}, { stop });
  await armConfirmation(machine, CHANGE, Date.now(), ['/usr/bin/cutover', 'recover']);
  expect(machine.host.list(UNITS)).toEqual([SERVICE, TIMER, 'other.service', 'timers.target.wants']);
  await disarmConfirmation(machine, CHANGE);
  expect(machine.host.list(UNITS)).toEqual(['other.service']);
  expect(stopped).toEqual([TIMER]);
});

test('a timer whose time has come is taken away, one that is still to come stays, and there may be none', async () => {
  const files = { [`${UNITS}/${SERVICE}`]: '', [`${UNITS}/${TIMER}`]: '' };
  for (const [activeState, left] of [
    ['activating', ['other.service']],
    ['inactive', [SERVICE, TIMER, 'other.service']],
  ] as const) {
    const machine = machineIn(files, { show: async () => unitFacts({ activeState }) });
    await stopTrying(machine, CHANGE);
    expect(machine.host.list(UNITS)).toEqual(left);
  }
  const none = machineIn({}, { show: async () => unitFacts({ activeState: 'activating' }) });
  await stopTrying(none, CHANGE);
  expect(none.host.list(UNITS)).toEqual(['other.service']);
});
