import { expect, test } from 'vitest';
import type { Step } from '../documents/plan.ts';
import { stepGroups } from './step-groups.ts';

const write = (path: string, content = ''): Step => ({
  kind: 'file-write',
  role: 'file',
  path,
  content,
  mode: 0o644,
  uid: 0,
  gid: 0,
  before: { type: 'absent' },
});
const numbers = (steps: readonly Step[], from = 0): number[][] =>
  stepGroups(steps, from).map((group) => group.map(({ step }) => step));

test('consecutive file-writes are taken together, every other step alone', () => {
  const reload: Step = { kind: 'daemon-reload' };
  const steps = [write('/a'), write('/b'), reload, reload, write('/c'), write('/d')];
  expect(numbers(steps)).toEqual([[0, 1], [2], [3], [4, 5]]);
  expect(numbers(steps, 1)).toEqual([[1], [2], [3], [4, 5]]);
});

test('a path that comes twice is written one after the other', () => {
  expect(numbers([write('/a'), write('/b'), write('/a')])).toEqual([[0, 1], [2]]);
});

test('a group is no longer than a record should be', () => {
  const many = Array.from({ length: 4001 }, (_, n) => write(`/${n}`));
  expect(numbers(many).map((group) => group.length)).toEqual([2000, 2000, 1]);
  const large = 'x'.repeat(3 * 1024 * 1024);
  const deep = Array.from({ length: 100 }, (_, n) => write(`/${'deep/'.repeat(800)}${n}`));
  expect(numbers(deep).map((group) => group.length)).toEqual([65, 35]);
  expect(numbers([write('/a', large), write('/b', large), write('/c')])).toEqual([[0], [1, 2]]);
});
