import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
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
import { besideOf } from './exchange-file.ts';
import { goBack } from './go-back.ts';
import { stateCopyOf } from './state-copy-of.ts';
import { manifestText } from './state-manifest.ts';
import { asidesOf } from './steps/state-restore.ts';

const LAMP = 'lamp.service';
const CHANGE = '20160615-152745-000-6a9c1f';
const STATE = '/var/lib/lamp';
const STEPS: readonly Step[] = [
  { kind: 'state-snapshot', path: STATE, why: 'it is rewritten' },
  { kind: 'unit-restart', unit: LAMP },
];

/** How the way back of a change ends of which nothing was begun. */
async function endOfWayBack(machine: Machine, journal: Journal, acceptDifferences = false) {
  const way = {
    reason: 'taken back as asked',
    direction: 'rollback',
    stopFirst: false,
    applied: [],
  } as const;
  return await goBack({ machine, journal, ...way, acceptDifferences, onProgress: () => undefined });
}

test('of a service that had failed before it is told that systemd has forgotten that', async () => {
  const unit = unitFacts({ activeState: 'failed', subState: 'failed', mainPid: 0 });
  const machine = machineIn({}, { show: async () => unitFacts({ ...unit, activeState: 'inactive' }) });
  const begin = beginRecord(CHANGE, LAMP, STEPS);
  const journal = Journal.create(machine, { ...begin, before: { ...begin.before, unit } });
  expect(await endOfWayBack(machine, journal, false)).toMatchObject({
    state: 'rolled-back',
    reason:
      'taken back as asked; the service had failed before the change and was not started: systemctl no longer lists it as failed',
  });
});

test('a service that kept failing before is not waited for, and that is told', async () => {
  const unit = unitFacts({ activeState: 'activating', subState: 'auto-restart', mainPid: 0 });
  const machine = machineIn({}, { show: async () => unit });
  const begin = beginRecord(CHANGE, LAMP, STEPS);
  const journal = Journal.create(machine, { ...begin, before: { ...begin.before, unit } });
  for (const [step, action] of STEPS.entries())
    journal.append({ type: 'intent', direction: 'apply', step, action, foreseen: {} });
  const outcome = await endOfWayBack(machine, journal, false);
  expect(outcome).toMatchObject({
    state: 'rolled-back',
    reason:
      'taken back as asked; the service kept failing before the change: it was started again, and not waited for',
  });
  expect(outcome).not.toHaveProperty('gateBack');
});

test.each([[false], [true]])(
  'of a service that was not running before it is told that it was not started; differences accepted: %s',
  async (accept) => {
    const unit = unitFacts({ activeState: 'inactive', subState: 'dead', mainPid: 0 });
    const machine = machineIn({}, { show: async () => unit });
    const begin = beginRecord(CHANGE, LAMP, STEPS);
    const journal = Journal.create(machine, { ...begin, before: { ...begin.before, unit } });
    expect(await endOfWayBack(machine, journal, accept)).toMatchObject({
      state: 'rolled-back',
      reason: 'taken back as asked; the service was not running before the change and was not started',
      downtimeMs: 0,
    });
  },
);

test('state that was exchanged and can not be thrown away is told of, and the change is taken back all the same', async () => {
  const [aside = ''] = asidesOf(STATE, CHANGE);
  const machine = machineIn({ [`${aside}/oil`]: 'much' });
  const removeTree = (path: string): void => {
    throw new HostError(path, 'io', 'input/output error');
  };
  const failing = { ...machine, files: { ...machine.files, removeTree } };
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, STEPS));
  const outcome = await endOfWayBack(failing, journal);
  expect(outcome).toMatchObject({
    state: 'rolled-back',
    reason: `taken back as asked; ${aside} is of no use any more and could not be removed: ${aside}: input/output error`,
  });
  expect(journal.records.at(-1)).toMatchObject({ type: 'end', outcome });
  await endOfWayBack(machine, journal);
  expect(machine.host.list('/var/lib')).toEqual(['cutover']);
});

test('of a way back that does not come to its comparison it is told what is not back', async () => {
  const [path, root] = ['/etc/lamp', '/var/lib/lamp'];
  const write: Step = {
    kind: 'file-write',
    role: 'file',
    path,
    content: 'GLOW=bright\n',
    mode: 0o644,
    uid: 0,
    gid: 0,
    before: { type: 'absent' },
  };
  const snapshot: Step = { kind: 'state-snapshot', path: root, why: 'it is rewritten' };
  const machine = machineIn({ [path]: 'GLOW=bright\n' });
  const begin = beginRecord(CHANGE, LAMP, [write, snapshot]);
  const before = { ...begin.before, entries: [{ type: 'absent', path } as const] };
  const journal = Journal.create(machine, { ...begin, before });
  journal.append({ type: 'intent', direction: 'apply', step: 0, action: write, foreseen: {} });
  journal.append({ type: 'intent', direction: 'apply', step: 1, action: snapshot, foreseen: {} });
  const copy = { copy: '/var/lib/cutover/none', manifest: '', sha256: '', entries: 1 };
  journal.append({ type: 'done', direction: 'apply', step: 1, facts: { snapshot: copy } });
  const failing = (files: Partial<Machine['files']>) => ({
    ...machine,
    files: { ...machine.files, ...files },
  });
  const removeFile = (at: string): void => {
    throw new HostError(at, 'io', 'input/output error');
  };
  const notCompared = `the state ${root}: it was not compared`;
  expect(await endOfWayBack(failing({ removeFile }), journal)).toMatchObject({
    state: 'needs-operator',
    verified: {
      items: 1,
      differences: [{ path, what: 'type', expected: 'absent', found: 'file' }],
      notExamined: [notCompared],
    },
  });
  const attributes = async () => await Promise.reject(new HostError(path, 'io', 'getfattr failed'));
  expect(await endOfWayBack(failing({ attributes }), journal)).toMatchObject({
    state: 'needs-operator',
    verified: {
      items: 0,
      differences: [],
      notExamined: [`what is back and what is not: ${path}: getfattr failed`, notCompared],
    },
  });
});

test('a way back that can not come to its end is left as it is when the operator is content with that', async () => {
  const { path: guard } = guardOf(LAMP);
  const started: string[] = [];
  const start = async (units: readonly string[]): Promise<undefined> => {
    started.push(...units);
  };
  const stop = async (): Promise<void> => await Promise.reject(new Error('it does not stop'));
  const none = manifestText([{ type: 'absent', path: '.' }]);
  const machine = machineIn({ [`${STATE}/oil`]: 'much', '/none.manifest': none }, { start, stop });
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, STEPS));
  const [action] = STEPS;
  if (action === undefined) throw new Error('it has steps');
  const sha256 = createHash('sha256').update(none).digest('hex');
  const snapshot = { copy: '/none', manifest: '/none.manifest', sha256, entries: 1 };
  journal.append({ type: 'intent', direction: 'apply', step: 0, action, foreseen: {} });
  journal.append({ type: 'done', direction: 'apply', step: 0, facts: { snapshot } });
  const withGuard = {
    ...machine.systemd,
    show: async () => unitFacts({ activeState: 'inactive', mainPid: 0 }),
  };
  const failed = await endOfWayBack({ ...machine, systemd: withGuard }, journal);
  expect([failed.state, machine.host.lstat(guard)?.type, started]).toEqual(['needs-operator', 'file', []]);
  const again = `cutover rollback ${CHANGE}`;
  expect(failed.reason).toContain(`keeps it down until the way back has come to its end: ${again}; `);
  const left = await endOfWayBack(machine, journal, true);
  expect([left.state, machine.host.lstat(guard), started]).toEqual(['rolled-back', undefined, [LAMP]]);
  expect([left.reason, left.leftAsItIs]).toEqual([
    'taken back as asked; not all of it could be put back',
    true,
  ]);
  expect(left.verified.accepted.at(-1)).toMatchObject({ id: 'accepted-by-operator', path: LAMP });
  machine.files.removeFile(snapshot.manifest); // so that its comparison fails as well
  const unstartable = {
    ...machine.systemd,
    show: withGuard.show,
    start: async () => 'Unit oiler.service is masked.',
  };
  journal.append({
    type: 'intent',
    direction: 'apply',
    step: 1,
    action: { kind: 'unit-stop', unit: LAMP },
    foreseen: { alsoStopped: ['oiler.service'] },
  });
  const down = await endOfWayBack({ ...machine, systemd: unstartable }, journal, true);
  expect([down.state, down.verified.accepted.at(-1)?.difference]).toEqual([
    'rolled-back',
    `oiler.service, which was stopped with ${LAMP}, did not come back: it is inactive: Unit oiler.service is masked.`,
  ]);
  const refusing = { ...machine.systemd, daemonReload: async () => Promise.reject(new Error('no answer')) };
  const refused = await endOfWayBack({ ...machine, systemd: refusing }, journal, true);
  expect([refused.state, refused.reason]).toEqual([
    'needs-operator',
    expect.stringContaining('; nor could it be left as it is: no answer; '),
  ]);
});

test('where the service did not run what waits for it is brought back, and what the state was exchanged for is named', async () => {
  const [aside = ''] = asidesOf(STATE, CHANGE);
  const started: string[] = [];
  const start = async (units: readonly string[]): Promise<undefined> => {
    started.push(...units);
  };
  const unit = unitFacts({ activeState: 'inactive', mainPid: 0 });
  const show = async (name: string) => (name === 'lamp.socket' ? unitFacts() : unit);
  const machine = machineIn({ [`${aside}/oil`]: 'new' }, { start, show });
  const begin = beginRecord(CHANGE, LAMP, STEPS);
  const journal = Journal.create(machine, { ...begin, before: { ...begin.before, unit } });
  const [action] = STEPS;
  if (action === undefined) throw new Error('it has steps');
  const snapshot = { copy: '/gone', manifest: '/gone.manifest', sha256: '', entries: 1 };
  const foreseen = { alsoStopped: ['lamp.socket', 'oiler.service'] };
  journal.append({ type: 'intent', direction: 'apply', step: 0, action, foreseen });
  journal.append({ type: 'done', direction: 'apply', step: 0, facts: { snapshot } });
  expect(await endOfWayBack(machine, journal, true)).toMatchObject({
    state: 'rolled-back',
    leftAsItIs: true,
    reason: expect.stringContaining(
      `not all of it could be put back; what the state was exchanged for: ${aside}`,
    ),
  });
  expect(started).toEqual(['lamp.socket']);
});

test.each(['well', 'failing'])(
  'a way back that ends %s leaves nothing of what came to nothing',
  async (how) => {
    const reload = async (): Promise<void> => {
      if (how === 'failing') throw new Error('no answer');
    };
    const beside = besideOf(STATE, CHANGE, 'new');
    const machine = machineIn(
      { [`${STATE}/oil`]: 'much', [`${beside}/oil`]: 'half' },
      { daemonReload: reload },
    );
    const [snapshot] = STEPS;
    if (snapshot === undefined) throw new Error('it has steps');
    const write: Step = { kind: 'guard-set', unit: LAMP, path: guardOf(LAMP).path };
    const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, [snapshot, write]));
    const first = stateCopyOf(journal, 0);
    machine.files.makeDirectory(journal.directory.snapshots, 0o700);
    machine.files.makeDirectory(dirname(first), 0o700);
    machine.files.createFile(first, 'of a first copy');
    journal.append({ type: 'intent', direction: 'apply', step: 1, action: write, foreseen: {} });
    const { state } = await endOfWayBack(machine, journal);
    expect(state).toBe(how === 'well' ? 'rolled-back' : 'needs-operator');
    expect([machine.host.lstat(beside), machine.host.lstat(first)]).toEqual([undefined, undefined]);
  },
);

test('of a state that has gone since its first copy that copy is left, and told', async () => {
  const machine = machineIn({});
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, STEPS));
  const first = stateCopyOf(journal, 0);
  machine.files.makeDirectory(journal.directory.snapshots, 0o700);
  machine.files.makeDirectory(dirname(first), 0o700);
  machine.files.createFile(first, 'of a first copy');
  const { reason } = await endOfWayBack(machine, journal);
  expect(reason).toBe(`taken back as asked; ${STATE} is not there; a copy of it is ${first}`);
  expect(machine.host.lstat(first)?.type).toBe('file');
});

test('a way back that is refused before anything is touched says so, as does the next', async () => {
  const machine = machineIn({ [`${STATE}/oil`]: 'much' });
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, STEPS));
  const [action] = STEPS;
  if (action === undefined) throw new Error('it has steps');
  const snapshot = { copy: '/gone', manifest: '/gone.manifest', sha256: '', entries: 1 };
  journal.append({ type: 'intent', direction: 'apply', step: 0, action, foreseen: {} });
  journal.append({ type: 'done', direction: 'apply', step: 0, facts: { snapshot } });
  journal.append(endOf(journal, 'committed'));
  for (let tries = 0; tries < 2; tries += 1) {
    const { state, reason, verified } = await endOfWayBack(machine, journal);
    expect([state, verified.differences]).toEqual(['needs-operator', []]);
    expect(reason).toContain(
      '; nothing was touched, and the change is still in force; lamp.service is running',
    );
  }
});

test('a guard that stands though all is back, and can not be lifted, is told alone', async () => {
  const daemonReload = async (): Promise<void> => await Promise.reject(new Error('no answer'));
  const machine = machineIn({ [guardOf(LAMP).path]: '' }, { daemonReload });
  const journal = Journal.create(machine, beginRecord(CHANGE, LAMP, STEPS));
  expect(await endOfWayBack(machine, journal, true)).toMatchObject({
    state: 'needs-operator',
    reason: expect.stringMatching(/^taken back as asked; going back did not end well: no answer; /),
  });
});
