import { expect, test } from 'vitest';
import {
  begunChange,
  removeStep,
  replaceStep,
  textAt,
  whileSomebody,
  writeStep,
} from '../../../test/begun-change.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import type { BackStep } from '../../documents/plan.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';

const { host, files } = liveMachine();
const OLD = 'GLOW=dim\n';
const NEW = 'GLOW=bright\n';
const THEIRS = 'GLOW=off\n';

const lamp = (): string => rootWith({ '/etc/lamp': OLD, '/store/lamp': NEW }).root;
const failed = (reason: string, facts: readonly object[] = [{}]) => ({ result: 'failed', facts, reason });

/** A change of a horn and a lamp, and the machine as it is when somebody writes the lamp once a file has its new content. */
async function somebodyWritesWhen(renamed: string) {
  const root = rootWith({ '/etc/lamp': OLD, '/etc/horn': OLD }).root;
  const [horn, path] = [`${root}/etc/horn`, `${root}/etc/lamp`];
  const { apply, machine, journal } = await begunChange(root, [writeStep(horn, NEW), writeStep(path, NEW)]);
  const on = whileSomebody(machine, 'rename', (to) => {
    if (to === `${root}${renamed}`) addToRoot(root, { '/etc/lamp': THEIRS });
  });
  return { path, apply, journal, on };
}

test('a file that somebody wrote since the plan was made is not replaced', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply } = await begunChange(root, [replaceStep(path, `${root}/store/lamp`)]);
  addToRoot(root, { '/etc/lamp': THEIRS });
  expect(await apply()).toEqual(failed(`${path} changed while the change was prepared`));
  expect(textAt({ host }, path)).toBe(THEIRS);
});

test('nor is one that is gone', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply } = await begunChange(root, [replaceStep(path, `${root}/store/lamp`)]);
  files.removeFile(path);
  expect(await apply()).toEqual(failed(`${path} changed while the change was prepared`));
  expect(host.list(`${root}/etc`)).toEqual([]);
});

test('what takes the place of a file must be what was planned', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply } = await begunChange(root, [replaceStep(path, `${root}/store/lamp`)]);
  addToRoot(root, { '/store/lamp': THEIRS });
  expect(await apply()).toEqual(failed(`${path} is not what was written to it`));
});

test('a file that somebody writes right after the change did is told', async () => {
  const { path, apply, journal, on } = await somebodyWritesWhen('/etc/lamp');
  expect(await apply(on)).toEqual(failed(`${path} is not what was written to it`));
  expect(journal.records.at(-1)).toMatchObject({ type: 'failed', step: 1 });
});

test('one of several that somebody writes while the first is renamed is not written over', async () => {
  const { path, apply, journal, on } = await somebodyWritesWhen('/etc/horn');
  expect(await apply(on)).toEqual(failed(`${path} changed while the change was prepared`));
  expect(journal.records.at(-1)).toMatchObject({ type: 'failed', step: 1 });
  expect(textAt({ host }, path)).toBe(THEIRS);
});

test('a file that is gone already needs no removal, and no copy', async () => {
  const root = lamp();
  const { apply, journal, originals } = await begunChange(root, [removeStep(`${root}/etc/lamp`)]);
  files.removeFile(`${root}/etc/lamp`);
  expect(await apply()).toEqual({ result: 'done', facts: [{}] });
  expect(journal.records[1]).toMatchObject({ type: 'intent', foreseen: {} });
  expect(host.list(originals)).toBe(undefined);
});

test('a file that is made again while it is removed is told', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply, machine } = await begunChange(root, [removeStep(path)]);
  const on = whileSomebody(machine, 'removeFile', () => addToRoot(root, { '/etc/lamp': THEIRS }));
  expect(await apply(on)).toEqual(failed(`${path} is still there`));
});

test('a file that somebody removed before it was written cannot come back, which is told', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply, goBack } = await begunChange(root, [writeStep(path, NEW)]);
  files.removeFile(path);
  expect(await apply()).toEqual(failed(`${path} changed while the change was prepared`));
  expect(await goBack([{ kind: 'file-restore', path, createdDirectories: [] }])).toEqual(
    failed(`${path} is not as it was before the change`),
  );
});

test('two paths that somebody made one by a link are not both as they were', async () => {
  const root = rootWith({ '/etc/lamp/glow': OLD, '/opt/other': '' }).root;
  const [glow, second] = [`${root}/etc/lamp/glow`, `${root}/etc/lantern/glow`];
  addToRoot(root, { '/etc/lantern/readme': '' });
  const { apply, goBack, journal, originals } = await begunChange(root, [
    writeStep(glow, NEW),
    writeStep(second, NEW),
  ]);
  await apply();
  files.removeTree(`${root}/etc/lantern`);
  addToRoot(root, { '/etc/lantern': `-> ${root}/etc/lamp` });
  expect(
    await goBack([
      { kind: 'file-restore', path: glow, original: `${originals}/0`, createdDirectories: [] },
      { kind: 'file-restore', path: second, createdDirectories: [] },
    ]),
  ).toEqual(failed(`${glow} is not as it was before the change`));
  expect(textAt({ host }, `${journal.directory.snapshots}/found/1-0`)).toBe(NEW);
});

test('a directory that somebody made in the place of a file is kept, and the file comes back', async () => {
  const root = lamp();
  const [path, made] = [`${root}/etc/lamp`, `${root}/etc/horn`];
  const { apply, goBack, originals, journal } = await begunChange(root, [
    writeStep(path, NEW),
    writeStep(made, NEW),
  ]);
  await apply();
  for (const each of [path, made]) files.removeFile(each);
  addToRoot(root, { '/etc/lamp/deep/oil': THEIRS, '/etc/horn/call': THEIRS });
  const steps: BackStep[] = [
    { kind: 'file-restore', path, original: `${originals}/0`, createdDirectories: [] },
    { kind: 'file-restore', path: made, createdDirectories: [] },
  ];
  expect(await goBack(steps)).toEqual({ result: 'done', facts: [] });
  expect(textAt({ host }, path)).toBe(OLD);
  expect(host.list(`${root}/etc`)).toEqual(['lamp']);
  const found = `${journal.directory.snapshots}/found`;
  expect(textAt({ host }, `${found}/1-0/deep/oil`)).toBe(THEIRS);
  expect(textAt({ host }, `${found}/1-1/call`)).toBe(THEIRS);
});
