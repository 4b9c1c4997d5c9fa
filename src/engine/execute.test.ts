import { expect, test } from 'vitest';
import { begunChange, CHANGE, removeStep, textAt, writeStep } from '../../test/begun-change.ts';
import { addToRoot, rootWith } from '../../test/root-with.ts';
import type { Step } from '../documents/plan.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import { execute } from './execute.ts';
import type { ProgressEvent } from './progress.ts';

const machine = liveMachine();
const OLD = 'GLOW=dim\n';

test('a signal that came before a step keeps it from being begun', async () => {
  const { root } = rootWith({ '/etc/lamp': OLD });
  const { journal, context } = await begunChange(root, [removeStep(`${root}/etc/lamp`)]);
  const { steps } = context.plan;
  const told: ProgressEvent[] = [];
  const end = await execute(
    { direction: 'apply', steps },
    { ...context, interruptedBy: () => 'SIGTERM' },
    (event) => told.push(event),
  );
  expect(end).toEqual({ result: 'failed', facts: [], reason: 'interrupted by SIGTERM' });
  expect(told).toEqual([]);
  expect(journal.records.map(({ type }) => type)).toEqual(['begin']);
  expect(textAt(machine, `${root}/etc/lamp`)).toBe(OLD);
});

test.each([
  ['removed', (path: string): Step => removeStep(path)],
  ['written', (path: string): Step => writeStep(path, '')],
])('a file to be %s on whose way links lead round in a ring is not begun', async (_title, stepOf) => {
  const { root } = rootWith({ '/etc/lamp/glow': OLD });
  const path = `${root}/etc/lamp/glow`;
  const { apply, journal } = await begunChange(root, [stepOf(path)]);
  machine.files.removeTree(`${root}/etc/lamp`);
  addToRoot(root, { '/etc/lamp': `-> ${root}/etc/light`, '/etc/light': `-> ${root}/etc/lamp` });
  const reason = `${path}: too many levels of symbolic links`;
  expect(await apply()).toEqual({ result: 'failed', facts: [{}], reason });
  expect(journal.records.map(({ type }) => type)).toEqual(['begin', 'failed']);
  expect(journal.records[1]).toMatchObject({ step: 0, reason, facts: {} });
});

test('of several steps the one that failed is told', async () => {
  const { root } = rootWith({ '/etc/lamp': OLD, '/etc/horn': OLD });
  const steps = [writeStep(`${root}/etc/horn`, ''), writeStep(`${root}/etc/lamp`, '')];
  const { journal, context } = await begunChange(root, steps);
  const inTheWay = `${root}/etc/.lamp.cutover-${CHANGE}-new`;
  addToRoot(root, { [`${inTheWay.slice(root.length)}/note`]: 'this is no file of Cutover' });
  const told: string[] = [];
  const end = await execute({ direction: 'apply', steps }, context, ({ phase, step, text }) =>
    told.push(`${step} ${phase}: ${text}`),
  );
  const reason = `${inTheWay}: it is a directory`;
  expect(end).toEqual({ result: 'failed', facts: [{}], reason });
  expect(told).toEqual([
    `0 begin: replace ${root}/etc/horn`,
    `1 begin: replace ${root}/etc/lamp`,
    `1 failed: ${reason}`,
  ]);
  expect(journal.records.at(-1)).toMatchObject({ type: 'failed', step: 1, reason });
  expect(textAt(machine, `${root}/etc/horn`)).toBe(OLD);
});

test('of several steps the one that can not be begun is told', async () => {
  const { root } = rootWith({ '/etc/horn': OLD, '/etc/lamp/glow': OLD });
  const steps = [writeStep(`${root}/etc/horn`, ''), writeStep(`${root}/etc/lamp/glow`, '')];
  const { journal, apply } = await begunChange(root, steps);
  machine.files.removeTree(`${root}/etc/lamp`);
  addToRoot(root, { '/etc/lamp': `-> ${root}/etc/light`, '/etc/light': `-> ${root}/etc/lamp` });
  const reason = `${root}/etc/lamp/glow: too many levels of symbolic links`;
  expect(await apply()).toEqual({ result: 'failed', facts: [{}], reason });
  expect(journal.records.at(-1)).toMatchObject({ type: 'failed', step: 1, reason });
});

test('of several steps the one whose directory can not be made is told', async () => {
  const { root } = rootWith({ '/etc/horn': OLD, '/etc/lamp/wick': OLD });
  const steps = [writeStep(`${root}/etc/horn`, ''), writeStep(`${root}/etc/lamp/glow`, '')];
  const { journal, apply } = await begunChange(root, steps);
  machine.files.removeTree(`${root}/etc/lamp`);
  addToRoot(root, { '/etc/lamp': `-> ${root}/etc/gone` });
  const reason = `${root}/etc/lamp: already exists`;
  expect(await apply()).toEqual({ result: 'failed', facts: [{}], reason });
  expect(journal.records.at(-1)).toMatchObject({ type: 'failed', step: 1, reason });
});
