import { expect, test } from 'vitest';
import type { Plan, Step } from '../documents/plan.ts';
import type { BegunStep } from '../journal/history.ts';
import type { StepFacts } from '../journal/record.ts';
import { invert, type InvertOptions } from './invert.ts';

const unit = 'dcos-mesos-slave.service';
const META = '/var/lib/mesos/slave/meta';
const snapshot = { copy: '/s/state/5', manifest: '/s/state/5.manifest', sha256: '', entries: 1 };
const write = (path: string): Step => ({
  kind: 'file-write',
  role: 'file',
  path,
  content: '',
  mode: 0o644,
  uid: 0,
  gid: 0,
  before: { type: 'absent' },
});
const DID: readonly (readonly [Step, StepFacts, StepFacts])[] = [
  [{ kind: 'store-add', source: '/srv', digest: '', files: 1, bytes: 1, storePath: '/store' }, {}, {}],
  [write('/etc/a.d/one'), { createdDirectories: ['/etc/a.d'] }, {}],
  [write('/etc/a.d/two'), { createdDirectories: [], original: '/s/files/2' }, {}],
  [{ kind: 'daemon-reload' }, {}, {}],
  [{ kind: 'unit-stop', unit }, {}, {}],
  [{ kind: 'state-snapshot', path: META, why: '' }, {}, { snapshot }],
  [{ kind: 'file-remove', path: `${META}/slaves/latest`, why: '', before: { type: 'absent' } }, {}, {}],
  [{ kind: 'unit-start', unit }, {}, {}],
  [{ kind: 'gate', unit, gate: { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] } }, {}, {}],
];
const PLAN: Plan = {
  apiVersion: 'cutover/v1',
  kind: 'Plan',
  service: unit,
  digest: '',
  hostDigest: '',
  watched: [],
  steps: DID.map(([step]) => step),
  gateBack: { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] },
  effects: { restarts: [], downtime: '', readers: [], leftAlone: [] },
  irreversible: [],
};
/** The way back when so many steps were begun, the last of them cut short or not. */
function back(
  count: number,
  cutShort: boolean,
  options: InvertOptions = { startAgain: true, stopFirst: false, prepareState: true },
  did: typeof DID = DID,
): string[] {
  const begun = begunOf(did.slice(0, count));
  const cut = begun.map((each) =>
    cutShort && each.step === count - 1 ? { ...each, done: undefined } : each,
  );
  return invert(PLAN, cut, options).map((step) => ('path' in step ? `${step.kind} ${step.path}` : step.kind));
}

function begunOf(did: typeof DID): BegunStep[] {
  return did.map(([action, foreseen, done], step) => ({ step, action, foreseen, done }));
}

const GUARD_DIRECTORY = '/etc/systemd/system/dcos-mesos-slave.service.d';
const GUARD = `${GUARD_DIRECTORY}/zz-cutover-guard.conf`;
const GUARDED = [`guard-set ${GUARD}`, 'daemon-reload'];
/** Asked for, state is laid beside first: a service that runs goes on meanwhile. */
const PREPARED = [`state-prepare ${META}`, ...GUARDED];
const FILES = ['file-restore /etc/a.d/two', 'file-restore /etc/a.d/one', 'daemon-reload'];
const STATE = [`state-restore ${META}`, 'verify-files', `guard-lift ${GUARD}`];
const CHECKED_START = ['verify-files', 'unit-start', 'verify-unit', 'gate'];
const UNGUARDED_START = ['unit-start', 'daemon-reload', 'verify-unit', 'gate'];

test('a whole change, under a guard until its state is back: files, reload, stop, state, start, gate, as in every change', () => {
  expect(back(9, false)).toEqual([...PREPARED, ...FILES, 'unit-stop', ...STATE, ...UNGUARDED_START]);
  expect(back(9, false, { startAgain: true, stopFirst: false })).toEqual(back(9, false).slice(1));
});

test('a service that is not well is stopped before anything is put back', () => {
  expect(back(9, false, { startAgain: true, stopFirst: true })).toEqual([
    ...GUARDED,
    'unit-stop',
    ...FILES,
    ...STATE,
    ...UNGUARDED_START,
  ]);
});

test('a service that did not run before is not started', () => {
  expect(back(9, false, { startAgain: false, stopFirst: true })).toEqual([
    ...GUARDED,
    'unit-stop',
    ...FILES,
    ...STATE,
    'daemon-reload',
    'verify-unit',
  ]);
});

test('state that was given back to the service is not put back again, nor are files that lie in it', () => {
  const options = { startAgain: true, stopFirst: false, stateIsBack: true };
  const [one, two, reload] = FILES;
  const expected = [one, two, `guard-lift ${GUARD}`, reload, 'unit-stop', ...CHECKED_START];
  expect(back(9, false, options)).toEqual(expected);
  expect(back(10, false, options, WITH_GUARD)).toEqual(expected);
});

/** Of a service without state. */
const RESTARTED: typeof DID = [...DID.slice(0, 4), [{ kind: 'unit-restart', unit }, {}, {}]];

test('a service without state that is well is compared while it still runs, and restarted', () => {
  expect(back(5, false, undefined, RESTARTED)).toEqual([
    ...FILES,
    'verify-files',
    'unit-restart',
    'verify-unit',
    'gate',
  ]);
  expect(back(5, true, { startAgain: true, stopFirst: true }, RESTARTED)).toEqual([
    'unit-stop',
    ...FILES,
    ...CHECKED_START,
  ]);
  expect(back(5, false, { startAgain: false, stopFirst: true }, RESTARTED)).toEqual([
    'unit-stop',
    ...FILES,
    'verify-files',
    'verify-unit',
  ]);
});

test('what something else has started on new files is restarted too', () => {
  expect(back(2, false, { startAgain: true, stopFirst: true, restart: true })).toEqual([
    'unit-stop',
    'file-restore /etc/a.d/one',
    'daemon-reload',
    ...CHECKED_START,
  ]);
  const asked = { startAgain: true, stopFirst: false, prepareState: true, restart: true };
  expect(back(9, false, asked)).toEqual(back(9, false));
});

test('only what was begun is taken back', () => {
  expect(back(0, false)).toEqual(['verify-files', 'verify-unit']); // it need not be waited for: nothing was touched
  expect(back(2, true)).toEqual([
    'file-restore /etc/a.d/one',
    'daemon-reload',
    'verify-files',
    'verify-unit',
    'gate',
  ]);
});

const GATE = { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] };
const trial: Step = {
  kind: 'trial-start',
  unit,
  trialUnit: 'trial.service',
  directory: '/run/trial',
  content: '',
  environment: '',
  directories: [],
  gate: GATE,
  optional: false,
  notShown: [],
};
const unpack: Step = {
  kind: 'store-unpack',
  archives: ['/a.deb'],
  digest: '',
  files: 1,
  bytes: 1,
  storePath: '/store',
};

test('a change that came no further than the store and a trial leaves the service alone: it is not waited for', () => {
  const prepared: typeof DID = [...DID.slice(0, 1), [unpack, {}, {}], [trial, {}, {}]];
  expect(back(3, true, undefined, prepared)).toEqual(['trial-remove', 'verify-files', 'verify-unit']);
  expect(back(3, false, undefined, prepared)).toEqual(['verify-files', 'verify-unit']);
  const restarted = { startAgain: true, stopFirst: true, restart: true };
  expect(back(3, true, restarted, prepared).slice(0, 3)).toEqual([
    'unit-stop',
    'trial-remove',
    'verify-files',
  ]);
});

/** The same change as it is planned: the guard comes before its files. */
const WITH_GUARD: typeof DID = [
  [trial, {}, {}],
  [{ kind: 'guard-set', unit, path: GUARD }, { createdDirectories: [GUARD_DIRECTORY] }, {}],
  ...DID.slice(1),
];

test('a guard is lifted when the files are back, and before systemd reads them, where no state is to be put back', () => {
  const lifted = [...FILES.slice(0, 2), `guard-lift ${GUARD}`, 'daemon-reload'];
  expect(back(6, false, undefined, WITH_GUARD)).toEqual([...lifted, 'unit-stop', ...CHECKED_START]);
  const first = back(6, false, { startAgain: true, stopFirst: true }, WITH_GUARD);
  expect(first).toEqual(['unit-stop', ...lifted, ...CHECKED_START]);
});

test('a guard that stands is set again, closed, where state is to be put back; the directory that was made for it goes', () => {
  expect(back(10, false, undefined, WITH_GUARD)).toEqual([
    ...PREPARED,
    ...FILES,
    'unit-stop',
    ...STATE,
    ...UNGUARDED_START,
  ]);
  const begun = begunOf(WITH_GUARD);
  expect(invert(PLAN, begun, { startAgain: true, stopFirst: false })).toContainEqual({
    kind: 'guard-lift',
    unit,
    path: GUARD,
    createdDirectories: [GUARD_DIRECTORY],
  });
});

test('what waits for a service that did not run is started in its place', () => {
  const options = { startAgain: false, stopFirst: false, alsoStart: ['lamp.socket'] };
  expect(back(5, false, options, RESTARTED)).toEqual([
    ...FILES,
    'unit-stop',
    'verify-files',
    'unit-start',
    'verify-unit',
  ]);
  expect(back(5, false, { ...options, startAgain: true }, RESTARTED)).not.toContain('unit-start');
});

test('a snapshot that was cut short is not used: nothing has touched the state yet', () => {
  expect(back(6, true)).toEqual([...FILES, 'unit-stop', ...CHECKED_START]);
});

test('what is put back, from where, and which directories go with it', () => {
  const begun = begunOf(DID.slice(0, 3));
  expect(invert(PLAN, begun, { startAgain: true, stopFirst: false }).slice(0, 2)).toEqual([
    { kind: 'file-restore', path: '/etc/a.d/two', original: '/s/files/2', createdDirectories: [] },
    { kind: 'file-restore', path: '/etc/a.d/one', createdDirectories: ['/etc/a.d'] },
  ]);
});
