import { expect, test } from 'vitest';
import { begunChange, CHANGE, textAt, whileSomebody } from '../../../test/begun-change.ts';
import { machineIn } from '../../../test/machine-in.ts';
import { addToRoot, DIRECTORY } from '../../../test/root-with.ts';
import type { Machine } from '../../host/machine.ts';
import type { BackStep } from '../../documents/plan.ts';
import { guardOf } from '../../plan/guard.ts';
import type { StepContext } from '../step-action.ts';
import { guardSet, openGuard } from './guard-steps.ts';

const unit = 'lamp.service';
const { path, flag, content } = guardOf(unit);
const DROP_INS = `/etc/systemd/system/${unit}.d`;
const SET = { kind: 'guard-set', unit, path } as const;
const LIFT: BackStep = { kind: 'guard-lift', unit, path, createdDirectories: [] };

/** A change of the lamp that has begun, on a machine with these files. */
async function begunWith(
  files: Parameters<typeof machineIn>[0],
  answers: Parameters<typeof machineIn>[1] = {},
) {
  const machine = machineIn(files, answers);
  const { goBack, ...change } = await begunChange(machine.host.root, [SET]);
  const context: StepContext = { ...change.context, machine };
  return {
    machine,
    context,
    goBack: async (steps: readonly BackStep[], on: Machine = machine) => await goBack(steps, on),
  };
}

test('a guard stands closed, whatever an earlier change left open', async () => {
  const { machine, context } = await begunWith({ [flag]: '' });
  await guardSet.apply(SET, context, {});
  expect([machine.host.lstat(flag), textAt(machine, path)]).toEqual([undefined, content]);
});

test('a socket that listens for the service counts as stopped with it, for systemd may take it down meanwhile', async () => {
  const companions = async () => ({ dependents: ['oiler.service'], triggers: ['lamp.socket'] });
  const { context } = await begunWith({ [DROP_INS]: DIRECTORY }, { companions });
  expect(await guardSet.foresee(SET, context)).toEqual({
    createdDirectories: [],
    alsoStopped: ['lamp.socket'],
  });
});

test('a guard that is gone when it was set is told', async () => {
  const { context } = await begunWith({});
  expect(await guardSet.verify(SET, context, {})).toBe(`${path} is not there`);
});

test('a guard that is open already is not opened again', async () => {
  const { machine, context } = await begunWith({ [flag]: 'as it was' });
  openGuard(context);
  expect(textAt(machine, flag)).toBe('as it was');
});

test('a guard that is lifted is open as long as systemd has not forgotten it', async () => {
  const { machine, goBack } = await begunWith({ [path]: content });
  await goBack([LIFT]);
  expect([machine.host.lstat(path), textAt(machine, flag)]).toEqual([undefined, '']);
});

test('a guard that is there again when it was lifted is told', async () => {
  const { machine, goBack } = await begunWith({ [path]: content });
  const on = whileSomebody(machine, 'removeFile', () => addToRoot(machine.host.root, { [path]: '' }));
  expect(await goBack([LIFT], on)).toEqual({
    result: 'failed',
    facts: [{}],
    reason: `${path} is still there`,
  });
});

test('half a guard is taken away where it is lifted, though the journal knows of none that was set', async () => {
  const { machine, goBack } = await begunWith({
    [DROP_INS]: DIRECTORY,
    [`${DROP_INS}/.zz-cutover-guard.conf.cutover-${CHANGE}-new`]: '[Uni',
  });
  expect(await goBack([LIFT])).toEqual({ result: 'done', facts: [{}] });
  expect(machine.host.list(DROP_INS)).toEqual([]);
});

test('the directory that a way back has made for its guard goes with it, and so does one that the change has made', async () => {
  const { machine, goBack } = await begunWith({});
  expect(await goBack([SET, LIFT])).toEqual({ result: 'done', facts: [{}, {}] });
  expect(machine.host.lstat(DROP_INS)).toBe(undefined);
  addToRoot(machine.host.root, { [path]: content });
  expect(await goBack([{ ...LIFT, createdDirectories: [DROP_INS] }])).toEqual({
    result: 'done',
    facts: [{}],
  });
  expect(machine.host.lstat(DROP_INS)).toBe(undefined);
});
