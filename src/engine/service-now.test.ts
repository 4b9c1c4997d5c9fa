import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import { Journal } from '../journal/journal.ts';
import { guardOf } from '../plan/guard.ts';
import { serviceNow } from './service-now.ts';

const LAMP = 'lamp.service';

/** Of a service that ran, and was stopped with its socket and its oiler, where these run now. */
async function nowWhere(...running: readonly string[]) {
  return await nowOf(LAMP, running);
}

async function nowOf(
  service: string,
  running: readonly string[] = [],
  files: Parameters<typeof machineIn>[0] = {},
) {
  const machine = machineIn(files, {
    show: async (unit) => unitFacts({ activeState: running.includes(unit) ? 'active' : 'inactive' }),
  });
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', service));
  journal.append({
    type: 'intent',
    direction: 'apply',
    step: 0,
    action: { kind: 'unit-stop', unit: service },
    foreseen: { alsoStopped: ['lamp.socket', 'oiler.service'] },
  });
  return await serviceNow(machine, journal);
}

test('whatever is down of what ran is named, to be started', async () => {
  expect(await nowWhere()).toEqual({
    runs: false,
    text: `${LAMP} is not running: start it with systemctl start ${LAMP} lamp.socket oiler.service`,
  });
  expect(await nowWhere('lamp.socket')).toEqual({
    runs: false,
    text: `${LAMP} is not running: start it with systemctl start ${LAMP} oiler.service`,
  });
  expect(await nowWhere(LAMP, 'lamp.socket')).toEqual({
    runs: true,
    text: `${LAMP} is running, but what was stopped with it is not: start it with systemctl start oiler.service`,
  });
  expect(await nowWhere(LAMP, 'lamp.socket', 'oiler.service')).toEqual({
    runs: true,
    text: `${LAMP} is running`,
  });
});

test('a name that a shell would read otherwise is quoted', async () => {
  const { text } = await nowOf(String.raw`my\x2dlamp.service`);
  expect(text).toBe(
    String.raw`my\x2dlamp.service is not running: start it with systemctl start 'my\x2dlamp.service' lamp.socket oiler.service`,
  );
});

test('no start is named that the guard of the change would skip', async () => {
  const { path, content, flag } = guardOf(LAMP);
  const again = 'cutover rollback 20160615-152745-000-6a9c1f';
  const guard =
    `Cutover's guard keeps it down until the way back has come to its end: ${again}; ` +
    `to try that once more, and if it fails leave all as it is, without the guard: ${again} --accept-differences`;
  expect(await nowOf(LAMP, [], { [path]: content })).toEqual({
    runs: false,
    text: `${LAMP} is not running: ${guard}`,
  });
  expect(await nowOf(LAMP, [LAMP], { [path]: content })).toEqual({
    runs: true,
    text: `${LAMP} is running, and would not be started again: ${guard}`,
  });
  const start = `start it with systemctl start ${LAMP} lamp.socket oiler.service`;
  expect(await nowOf(LAMP, [], { [path]: content, [flag]: '' })).toEqual({
    runs: false,
    text: `${LAMP} is not running: ${start}. After the next boot it would not start: Cutover's guard ${path} is still there`,
  });
});
