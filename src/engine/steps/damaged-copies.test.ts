import { expect, test } from 'vitest';
import { begunChange, replaceStep, textAt, writeStep } from '../../../test/begun-change.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import type { BackStep } from '../../documents/plan.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { keepCopy } from '../keep-original.ts';

const machine = liveMachine();
const { host, files } = machine;
const OLD = 'GLOW=dim\n';
const NEW = 'GLOW=bright\n';

const lamp = (): string => rootWith({ '/etc/lamp': OLD, '/store/lamp': NEW }).root;
const failed = (reason: string) => ({ result: 'failed', facts: [{}], reason });

test('an original that was damaged is not put back', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  const { apply, goBack, originals } = await begunChange(root, [writeStep(path, NEW)]);
  await apply();
  const original = `${originals}/0`;
  files.setMode(original, 0o600);
  const back: BackStep = { kind: 'file-restore', path, original, createdDirectories: [] };
  expect(await goBack([back])).toEqual(failed(`the copy ${original} can't be used: mode is 0600, not 0644`));
  expect(textAt(machine, path)).toBe(NEW);
});

test('a copy that the disk gives back otherwise than it was written is no copy', async () => {
  const root = lamp();
  const [from, to] = [`${root}/etc`, `${root}/kept`];
  const whenCopied = async (): Promise<void> => files.setMode(`${to}/lamp`, 0o600);
  await expect(keepCopy({ machine }, from, to, { whenCopied })).rejects.toThrow(
    `the copy of ${from} is not equal to it: ${to}/lamp: mode is 0600, not 0644`,
  );
});

test.each([
  ['file that is written to', '/etc/lamp', (root: string) => addToRoot(root, { '/etc/lamp': NEW })],
  ['directory that a file goes from', '/etc', (root: string) => files.removeFile(`${root}/etc/lamp`)],
])('a %s while it is copied has no copy that counts', async (_title, path, act) => {
  const root = lamp();
  const whenCopied = async (): Promise<void> => act(root);
  await expect(keepCopy({ machine }, `${root}/etc`, `${root}/kept`, { whenCopied })).rejects.toThrow(
    `${root}${path} was written to while it was copied`,
  );
});

test('what is written to an original until its copy is on disk is in neither, so the copy does not count', async () => {
  const root = lamp();
  const syncFileSystem = async (directory: string): Promise<void> => {
    await files.syncFileSystem(directory);
    addToRoot(root, { '/etc/lamp': NEW });
  };
  const slow = { ...machine, files: { ...files, syncFileSystem } };
  await expect(keepCopy({ machine: slow }, `${root}/etc`, `${root}/kept`)).rejects.toThrow(
    `${root}/etc/lamp was written to while it was copied`,
  );
});

test('where the journal does not say what stood at a path, nothing is done there', async () => {
  const root = lamp();
  const path = `${root}/etc/lamp`;
  for (const step of [writeStep(path, NEW), replaceStep(path, `${root}/store/lamp`)]) {
    const change = await begunChange(root, [step], { unknown: [path] });
    expect(await change.apply()).toEqual(failed(`the journal does not say what stood at ${path}`));
    expect(textAt(machine, path)).toBe(OLD);
    files.removeTree(change.machine.home);
  }
  expect(host.list(`${root}/etc`)).toEqual(['lamp']);
});
