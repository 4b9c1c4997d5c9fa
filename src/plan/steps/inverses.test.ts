// What leads back from each kind of step.
import { expect, test } from 'vitest';
import type { BackStep, Step } from '../../documents/plan.ts';
import { dutiesOf } from '../duties-of.ts';
import type { Begun } from '../step-duties.ts';

const unit = 'lamp.service';
const before = { type: 'absent' } as const;
const gate = { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] };
const stored = { digest: '', storePath: '/store/lamp' };
const owned = { mode: 0o644, uid: 0, gid: 0, before };
const trialDirectory = '/run/cutover-trial-lamp';
const back = { kind: 'file-restore', path: '/etc/lamp' } as const;
const original = '/snapshots/files/1';

/** Of a change that was begun and done, with a copy of what stood there and a directory made for it. */
const WAYS_BACK: readonly (readonly [Step, readonly BackStep[]])[] = [
  [{ kind: 'store-add', source: '/srv', files: 1, bytes: 1, ...stored }, []],
  [
    {
      kind: 'file-write',
      role: 'drop-in',
      path: '/etc/lamp',
      content: '',
      ...owned,
    },
    [{ ...back, createdDirectories: ['/etc/new'], original }, { kind: 'daemon-reload' }],
  ],
  [
    { kind: 'file-replace', path: '/etc/lamp', source: '/store/lamp', sha256: '', ...owned },
    [{ ...back, createdDirectories: ['/etc/new'], original }],
  ],
  [
    { kind: 'file-remove', path: '/etc/lamp', why: '', before },
    [{ ...back, createdDirectories: [], original }],
  ],
  [
    { kind: 'state-snapshot', path: '/var/lib/lamp', why: '' },
    [
      { kind: 'state-prepare', path: '/var/lib/lamp', snapshot: '/snapshots/state/2' },
      { kind: 'state-restore', path: '/var/lib/lamp', snapshot: '/snapshots/state/2' },
    ],
  ],
  [{ kind: 'state-copy', path: '/var/lib/lamp' }, []],
  [
    { kind: 'guard-set', unit, path: '/etc/guard.conf' },
    [
      { kind: 'guard-lift', unit, path: '/etc/guard.conf', createdDirectories: ['/etc/new'] },
      { kind: 'daemon-reload' },
    ],
  ],
  [{ kind: 'guard-lift', unit, path: '/etc/guard.conf', createdDirectories: [] }, []],
  [{ kind: 'daemon-reload' }, [{ kind: 'daemon-reload' }]],
  [
    { kind: 'unit-stop', unit },
    [
      { kind: 'unit-stop', unit },
      { kind: 'unit-start', unit },
    ],
  ],
  [{ kind: 'unit-start', unit }, [{ kind: 'unit-stop', unit }]],
  [{ kind: 'unit-restart', unit }, [{ kind: 'unit-restart', unit }]],
  [{ kind: 'gate', unit, gate }, []],
];

test.each(WAYS_BACK)('$kind', (step, wayBack) => {
  expect(inverseOf(step)).toEqual(wayBack);
});

test('of a file that was not there nothing is brought back', () => {
  const remove: Step = { kind: 'file-remove', path: '/etc/lamp', why: '', before };
  expect(inverseOf(remove, { original: undefined })).toEqual([{ ...back, createdDirectories: [] }]);
});

test('a snapshot that was not finished is not used', () => {
  const copy: Step = { kind: 'state-snapshot', path: '/var/lib/lamp', why: '' };
  expect(inverseOf(copy, { snapshot: undefined })).toEqual([]);
});

test('a trial start that was cut short is cleared away; one that came to its end has done so itself', () => {
  const trial: Step = {
    kind: 'trial-start',
    unit,
    trialUnit: 'cutover-trial-lamp.service',
    directory: trialDirectory,
    content: '',
    environment: '',
    directories: [],
    gate,
    optional: false,
    notShown: [],
  };
  expect(inverseOf(trial)).toEqual([]);
  expect(inverseOf(trial, { isDone: false })).toEqual([
    { kind: 'trial-remove', trialUnit: 'cutover-trial-lamp.service', directory: trialDirectory },
  ]);
});

function inverseOf(step: Step, begun: Partial<Omit<Begun<Step>, 'step'>> = {}): readonly BackStep[] {
  return dutiesOf(step.kind).invert({
    step,
    isDone: true,
    createdDirectories: ['/etc/new'],
    original,
    snapshot: '/snapshots/state/2',
    ...begun,
  });
}
