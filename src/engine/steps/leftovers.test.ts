import { expect, test } from 'vitest';
import {
  begunChange,
  CHANGE,
  removeStep,
  replaceStep,
  textAt,
  writeStep,
} from '../../../test/begun-change.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import type { BackStep } from '../../documents/plan.ts';
import { liveHost } from '../../host/rooted-host.ts';

const live = { host: liveHost() };
const OLD = 'GLOW=dim\n';
const NEW = 'GLOW=bright\n';
const HALF = 'GLOW=br';
const BESIDE = `.lamp.cutover-${CHANGE}-new`;
const DONE = { result: 'done', facts: [{}] };

const lamp = (): string => rootWith({ '/etc/lamp': OLD, '/store/lamp': NEW }).root;

/** A run that was cut short has left these. */
const leave = (root: string, files: Parameters<typeof rootWith>[0]): void => addToRoot(root, files);

test('half a file beside the one that is replaced is made anew', async () => {
  const root = lamp();
  const { apply } = await begunChange(root, [replaceStep(`${root}/etc/lamp`, `${root}/store/lamp`)]);
  leave(root, { [`/etc/${BESIDE}`]: HALF });
  expect(await apply()).toEqual(DONE);
  expect(textAt(live, `${root}/etc/lamp`)).toBe(NEW);
  expect(live.host.list(`${root}/etc`)).toEqual(['lamp']);
});

test('half a copy of a file that is removed is made anew', async () => {
  const root = lamp();
  const { apply, originals } = await begunChange(root, [removeStep(`${root}/etc/lamp`)]);
  leave(root, { [`${originals.slice(root.length)}/0`]: 'GL' });
  expect(await apply()).toEqual(DONE);
  expect(textAt(live, `${originals}/0`)).toBe(OLD);
  expect(live.host.list(`${root}/etc`)).toEqual([]);
});

test('half a file beside the one that is written is made anew, and so is what was copied of that', async () => {
  const root = lamp();
  const { apply, originals } = await begunChange(root, [writeStep(`${root}/etc/lamp`, NEW)]);
  const at = originals.slice(root.length);
  leave(root, { [`/etc/${BESIDE}`]: HALF, [`${at}/0`]: 'GL', [`${at}/.copies/lamp`]: 'G' });
  expect(await apply()).toEqual({ result: 'done', facts: [] });
  expect(textAt(live, `${root}/etc/lamp`)).toBe(NEW);
  expect(live.host.list(`${root}/etc`)).toEqual(['lamp']);
  expect(live.host.list(originals)).toEqual(['0']);
  expect(textAt(live, `${originals}/0`)).toBe(OLD);
});

test('half an original beside the file that it comes back to is made anew', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply, goBack, originals } = await begunChange(root, [writeStep(path, NEW)]);
  await apply();
  leave(root, { [`/etc/${BESIDE}`]: 'GL', [`/etc/.cutover-${CHANGE}-new/0`]: 'GL' });
  const back: BackStep = { kind: 'file-restore', path, original: `${originals}/0`, createdDirectories: [] };
  expect(await goBack([back])).toEqual({ result: 'done', facts: [] });
  expect(textAt(live, path)).toBe(OLD);
  expect(live.host.list(`${root}/etc`)).toEqual(['lamp']);
});
