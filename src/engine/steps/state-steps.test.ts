import { expect, test } from 'vitest';
import { type BegunChange, begunChange, textAt, whileSomebody } from '../../../test/begun-change.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import type { Irreversible } from '../../documents/plan.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { asidesOf } from './state-restore.ts';

const machine = liveMachine();
const { host, files } = machine;
const failed = (reason: string) => ({ result: 'failed', facts: [{}], reason });

interface StateOfLamp {
  readonly root: string;
  readonly state: string;
  readonly change: BegunChange;
  /** The copy of the state. */
  readonly copy: string;
  readonly restored: () => ReturnType<BegunChange['goBack']>;
}

/** A change that has copied the state of a lamp, which has these files. */
async function copiedState(
  files: Readonly<Record<string, string>>,
  irreversible: (state: string) => readonly Irreversible[] = () => [],
): Promise<StateOfLamp> {
  const { root } = rootWith({ '/lib/readme': '', ...files });
  const state = `${root}/lib/lamp`;
  const change = await begunChange(root, [{ kind: 'state-snapshot', path: state, why: 'it glows' }], {
    irreversible: irreversible(state),
  });
  expect(await change.apply()).toMatchObject({ result: 'done' });
  const copy = `${change.journal.directory.snapshots}/state/0`;
  const restored = async () => await change.goBack([{ kind: 'state-restore', path: state, snapshot: copy }]);
  return { root, state, change, copy, restored };
}

const nextAside = ({ state, change }: StateOfLamp): string =>
  asidesOf(state, change.journal.begin.change)[0] ?? '';

test('a state that there was none of is put aside', async () => {
  const lamp = await copiedState({});
  addToRoot(lamp.root, { '/lib/lamp/hours': '7' });
  expect(await lamp.restored()).toEqual({ result: 'done', facts: [{}] });
  expect(host.lstat(lamp.state)).toBe(undefined);
  expect(textAt(machine, `${nextAside(lamp)}/hours`)).toBe('7');
});

test('a state that is gone comes back', async () => {
  const lamp = await copiedState({ '/lib/lamp/hours': '7' });
  files.removeTree(lamp.state);
  expect(await lamp.restored()).toEqual({ result: 'done', facts: [{}] });
  expect(textAt(machine, `${lamp.state}/hours`)).toBe('7');
  expect(host.list(`${lamp.root}/lib`)).toEqual(['lamp', 'readme']);
});

test('what somebody does to a state just when it is back is told', async () => {
  const { root, state, change, copy } = await copiedState({ '/lib/lamp/hours': '7' });
  addToRoot(root, { '/lib/lamp/hours': '8' });
  const meanwhile = whileSomebody(change.machine, 'rename', (path) => {
    if (path === state) files.setMode(`${state}/hours`, 0o600);
  });
  const back = [{ kind: 'state-restore', path: state, snapshot: copy }] as const;
  expect(await change.goBack(back, meanwhile)).toEqual(failed(`${state}/hours: mode is 0600, not 0644`));
});

test('a state that looks as it did and holds something else comes back', async () => {
  const lamp = await copiedState({ '/lib/lamp/hours': '7' });
  addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
  await files.copyTimes(`${lamp.copy}/hours`, `${lamp.state}/hours`);
  await files.copyTimes(lamp.copy, lamp.state);
  expect(await lamp.restored()).toEqual({ result: 'done', facts: [{}] });
  expect(textAt(machine, `${lamp.state}/hours`)).toBe('7');
});

test('a state that is as it was stays where it is', async () => {
  const lamp = await copiedState({ '/lib/lamp/hours': '7' });
  const { identity } = host.lstat(lamp.state) ?? {};
  expect(await lamp.restored()).toEqual({ result: 'done', facts: [{}] });
  expect(host.lstat(lamp.state)?.identity).toBe(identity);
});

test('of a copy that was damaged nothing is put back', async () => {
  const lamp = await copiedState({ '/lib/lamp/hours': '7' });
  addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
  files.setMode(`${lamp.copy}/hours`, 0o600);
  expect(await lamp.restored()).toEqual(
    failed(`the copy ${lamp.copy} can't be used: ${lamp.copy}/hours: mode is 0600, not 0644`),
  );
  expect(textAt(machine, `${lamp.state}/hours`)).toBe('8');
});

test('nor where the list of what the copy holds was damaged', async () => {
  const lamp = await copiedState({ '/lib/lamp/hours': '7' });
  addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
  files.append(`${lamp.copy}.manifest`, '{}\n');
  expect(await lamp.restored()).toEqual(
    failed(`${lamp.copy}.manifest is not the manifest that was recorded`),
  );
  expect(textAt(machine, `${lamp.state}/hours`)).toBe('8');
});

test('a copy that the journal does not know is not put back', async () => {
  const { state, change } = await copiedState({ '/lib/lamp/hours': '7' });
  expect(await change.goBack([{ kind: 'state-restore', path: state, snapshot: '/somewhere' }])).toEqual(
    failed('the journal does not know the snapshot /somewhere'),
  );
});

test('when many ways back have each left a state aside, the next leaves the state as it is', async () => {
  const lamp = await copiedState({ '/lib/lamp/hours': '7' });
  addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
  for (const aside of asidesOf(lamp.state, lamp.change.journal.begin.change))
    addToRoot(lamp.root, { [aside.slice(lamp.root.length)]: '' });
  expect(await lamp.restored()).toEqual(
    failed(`too many leftovers beside ${lamp.state}; look at ${lamp.root}/lib`),
  );
  expect(textAt(machine, `${lamp.state}/hours`)).toBe('8');
});

/** Crossed when the lamp has another bulb; then these stay out. */
const newBulb = (link: string, leaveOut: readonly string[]): Irreversible => ({
  id: 'new-bulb',
  title: 'a bulb is used up',
  why: 'it glows once',
  accepted: true,
  crossedWhenLinkChanged: link,
  leaveOut: [...leaveOut],
  difference: 'the lamp has its new bulb',
});

test('what must stay out of a state stays out, wherever a plan says it is', async () => {
  const elsewhere = rootWith({ '/bulb': 'A' }).root;
  const lamp = await copiedState(
    { '/lib/lamp/hours': '7', '/lib/lamp/bulb': '-> A', '/lib/lamp/bulbs/A': 'lit' },
    (state) => [
      newBulb(`${state}/bulb`, [`${elsewhere}/bulb`, `${state}/drawer/spare/A`, `${state}/bulbs/A`]),
    ],
  );
  files.removeFile(`${lamp.state}/bulb`);
  files.makeLink('B', `${lamp.state}/bulb`);
  expect(await lamp.restored()).toEqual({ result: 'done', facts: [{}] });
  expect(host.list(lamp.state)).toEqual(['bulb', 'bulbs', 'hours']);
  expect(host.list(`${lamp.state}/bulbs`)).toEqual([]);
  expect(textAt(machine, `${elsewhere}/bulb`)).toBe('A');
});

test('a point of no return of another state does not count for this one', async () => {
  const other = rootWith({ '/bulb': '-> B' }).root;
  const lamp = await copiedState({ '/lib/lamp/bulbs/A': 'lit' }, (state) => [
    newBulb(`${other}/bulb`, [`${state}/bulbs/A`]),
  ]);
  files.removeTree(`${lamp.state}/bulbs`);
  expect(await lamp.restored()).toEqual({ result: 'done', facts: [{}] });
  expect(textAt(machine, `${lamp.state}/bulbs/A`)).toBe('lit');
});
