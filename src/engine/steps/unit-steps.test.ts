import { expect, test } from 'vitest';
import { beginRecord } from '../../../test/begin-record.ts';
import { machineIn } from '../../../test/machine-in.ts';
import { unitFacts } from '../../../test/unit-facts.ts';
import type { Systemd } from '../../host/machine.ts';
import type { Direction } from '../../journal/record.ts';
import { Journal } from '../../journal/journal.ts';
import { execute } from '../execute.ts';

const LAMP = 'lamp.service';
const SOCKET = 'lamp.socket';
const OILER = 'oiler.service';
type Job =
  | { readonly kind: 'daemon-reload' }
  | { readonly kind: 'unit-stop' | 'unit-start' | 'unit-restart'; readonly unit: string };

/** How one step ends on a machine with these files, whose systemd answers so. */
async function endOf(
  direction: Direction,
  step: Job,
  answers: Partial<Systemd>,
  files: Parameters<typeof machineIn>[0] = {},
) {
  const machine = machineIn(files, answers);
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', LAMP, [step]));
  const context = { machine, journal, plan: journal.begin.plan, attempt: 0 };
  return await execute({ direction, steps: [step] }, context, () => undefined);
}

let process = 100;
/** Units but these are active, on another process each time. */
const allBut = (...down: readonly string[]) => ({
  show: async (unit: string) => {
    process += 1;
    return unitFacts({ activeState: down.includes(unit) ? 'failed' : 'active', mainPid: process });
  },
});

test('a reload after which systemd has not loaded what is there is none', async () => {
  const show = async () => unitFacts({ needsReload: true });
  expect(await endOf('apply', { kind: 'daemon-reload' }, { show })).toMatchObject({
    result: 'failed',
    reason: `systemd has not loaded the files of ${LAMP} as they are now`,
  });
});

test('a service whose process outlives its stop is not stopped, though systemd knows of no process any more', async () => {
  const shown = [unitFacts({ mainPid: 7 }), unitFacts({ activeState: 'failed', mainPid: 0 })];
  const show = async () => shown.shift() ?? unitFacts({ activeState: 'failed', mainPid: 0 });
  const files = { '/proc/7/stat': `7 (lamp) S ${'0 '.repeat(18)}4711 0` };
  expect(await endOf('apply', { kind: 'unit-stop', unit: LAMP }, { show }, files)).toMatchObject({
    result: 'failed',
    reason: `${LAMP} was stopped, and its process 7 goes on`,
    facts: [{ stoppedPid: 7 }],
  });
});

test('a socket is started alone where the service did not run before', async () => {
  const started: string[] = [];
  const start = async (units: readonly string[]): Promise<undefined> => {
    started.push(...units);
  };
  expect(await endOf('rollback', { kind: 'unit-start', unit: SOCKET }, { start })).toMatchObject({
    result: 'done',
    facts: [{ alsoStarted: [SOCKET] }],
  });
  expect(started).toEqual([SOCKET]);
});

test('one that does not come back is told of, with what systemd says', async () => {
  const answers = { ...allBut(SOCKET), start: async () => `Unit ${SOCKET} is masked.` };
  expect(await endOf('rollback', { kind: 'unit-start', unit: SOCKET }, answers)).toMatchObject({
    result: 'failed',
    reason: `${SOCKET}, which was stopped with ${LAMP}, did not come back: it is failed: Unit ${SOCKET} is masked.`,
  });
});

test('a start on the way back that fails for a dependency is made as a restart, and any other not', async () => {
  const restarted: string[] = [];
  const restart = async (unit: string): Promise<undefined> => {
    restarted.push(unit);
  };
  const back = async (complaint: string) =>
    await endOf('rollback', { kind: 'unit-start', unit: LAMP }, { start: async () => complaint, restart });
  expect(await back('Job for lamp.service failed.')).toMatchObject({
    result: 'done',
    facts: [{ complaint: 'Job for lamp.service failed.' }],
  });
  expect(restarted).toEqual([]);
  await back('A dependency job for lamp.service failed.');
  expect(restarted).toEqual([LAMP]);
});

const WITH_OILER = { companions: async () => ({ dependents: [OILER], triggers: [] }) };
const RESTART = { kind: 'unit-restart', unit: LAMP } as const;

test('a restart that fails is for the gate to judge, and what systemd says is kept', async () => {
  const complaint = 'Job for lamp.service failed.';
  expect(await endOf('apply', RESTART, { ...allBut(), restart: async () => complaint })).toMatchObject({
    result: 'done',
    facts: [{ complaint }],
  });
});

test('a restart that takes longer than a start may is waited for until the stop is over, and no longer', async () => {
  const complaint = 'systemctl took longer than 90 s';
  const stopping = unitFacts({ activeState: 'deactivating' });
  const starting = unitFacts({ activeState: 'activating', mainPid: 7 });
  const shown = [unitFacts(), stopping, stopping];
  const answers = { show: async () => shown.shift() ?? starting, restart: async () => complaint };
  expect(await endOf('apply', RESTART, answers)).toMatchObject({ result: 'done', facts: [{ complaint }] });
  expect(shown).toEqual([]);
});

test('a restart that systemd refused, or that never reached it, is not for the gate: the old process would pass', async () => {
  const refused = 'Transaction for lamp.service/restart is destructive.';
  for (const [complaint, why] of [
    [undefined, ''],
    [refused, `: ${refused}`],
  ] as const)
    expect(await endOf('apply', RESTART, { restart: async () => complaint })).toMatchObject({
      result: 'failed',
      reason: `${LAMP} was not restarted, it goes on as before${why}`,
    });
});

test('what was stopped with the service and is not restarted with it is started, and it is told where it stays down', async () => {
  const down = new Set([OILER]);
  const show = async (unit: string) => await allBut(...down).show(unit);
  const start = async ([unit = '']: readonly string[]): Promise<undefined> => {
    down.delete(unit);
  };
  expect(await endOf('apply', RESTART, { ...WITH_OILER, show, start })).toMatchObject({
    result: 'done',
    facts: [{ alsoStarted: [OILER] }],
  });
  expect(await endOf('apply', RESTART, { ...WITH_OILER, ...allBut(OILER) })).toMatchObject({
    result: 'failed',
    reason: `${OILER}, which was stopped with ${LAMP}, did not come back: it is failed`,
  });
});

test('a way back after which nobody listens at a socket has not come to its end', async () => {
  const answers = {
    ...allBut(),
    companions: async () => ({ dependents: [], triggers: [SOCKET] }),
    listeningFiles: async () => ['/run/lamp'],
  };
  expect(await endOf('rollback', RESTART, answers)).toMatchObject({
    result: 'failed',
    reason: 'nobody listens at /run/lamp any more, although its socket unit is active',
  });
});
