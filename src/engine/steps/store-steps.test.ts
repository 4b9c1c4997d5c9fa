import { expect, test } from 'vitest';
import { beforeOpening } from '../../../test/before-opening.ts';
import { begunChange, textAt, whileSomebody } from '../../../test/begun-change.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { tarOf } from '../../../test/tar-writer.ts';
import type { Step } from '../../documents/plan.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { scanReplacement } from '../../plan/scan-replacement.ts';

const machine = liveMachine();
const { host, files } = machine;
const PLANNED = 'a'.repeat(64);
const failed = (reason: string) => ({ result: 'failed', facts: [{}], reason });

interface Planned {
  readonly root: string;
  readonly step: Step;
  readonly storePath: string;
  readonly digest: string;
}

/** A directory with the lamp that shall run, and the step that brings it to the store. */
function lamp2(): Planned {
  const { root } = rootWith({ '/opt/lamp-2/bin/lamp': { text: 'lit', mode: 0o755 } });
  const source = `${root}/opt/lamp-2`;
  const { digest, files: count, bytes } = scanReplacement(host, source);
  const storePath = `${root}/store/sha256-${digest}`;
  return {
    root,
    step: { kind: 'store-add', source, digest, files: count, bytes, storePath },
    storePath,
    digest,
  };
}

function unpackStep(root: string): Step {
  const storePath = `${root}/store/sha256-${PLANNED}`;
  return {
    kind: 'store-unpack',
    archives: [`${root}/lamp.tar`],
    digest: PLANNED,
    files: 1,
    bytes: 3,
    storePath,
  };
}

test('what has changed since the plan was made does not come into the store', async () => {
  const { root, step, digest } = lamp2();
  const { apply } = await begunChange(root, [step]);
  addToRoot(root, { '/opt/lamp-2/bin/lamp': 'out' });
  const now = scanReplacement(host, `${root}/opt/lamp-2`).digest;
  expect(await apply()).toEqual(
    failed(`${root}/opt/lamp-2 has changed since the plan was made (sha256 ${now}, planned ${digest})`),
  );
  expect(host.list(`${root}/store`)).toEqual([]);
});

test('what somebody changed in the store is not used', async () => {
  const { root, step, storePath } = lamp2();
  const { apply } = await begunChange(root, [step]);
  expect(await apply()).toEqual({ result: 'done', facts: [{}] });
  expect(textAt(machine, `${storePath}/bin/lamp`)).toBe('lit');
  addToRoot(root, { [`${storePath.slice(root.length)}/bin/horn`]: 'low' });
  const now = scanReplacement(host, storePath).digest;
  expect(await apply()).toEqual(failed(`${storePath} was changed: its content has sha256 ${now}`));
});

test('what is gone from the store as soon as it has its name is told', async () => {
  const { root, step, storePath } = lamp2();
  const change = await begunChange(root, [step]);
  const on = whileSomebody(change.machine, 'rename', (path) => files.removeTree(path));
  expect(await change.apply(on)).toEqual(failed(`${storePath} is not there`));
});

test('what is gone while it is looked at gets no name', async () => {
  const losing = beforeOpening((path) => files.removeFile(path));
  const { root, step, digest } = lamp2();
  const change = await begunChange(root, [step]);
  expect(await change.apply({ ...change.machine, host: losing })).toEqual(
    failed(`${root}/store/.new-sha256-${digest}/bin/lamp: no such file`),
  );
  expect(host.list(`${root}/store`)).toEqual([`.new-sha256-${digest}`]);
});

test('an archive that is none any more is not unpacked', async () => {
  const { root } = rootWith({ '/lamp.tar': '' });
  const { apply } = await begunChange(root, [unpackStep(root)]);
  expect(await apply()).toEqual(failed(`${root}/lamp.tar: it is empty`));
});

test('nor is one that is gone', async () => {
  const { root } = rootWith({});
  const { apply } = await begunChange(root, [unpackStep(root)]);
  expect(await apply()).toEqual(failed(`${root}/lamp.tar: no such file or directory`));
});

test('an archive with other files than were planned does not come into the store', async () => {
  const { root } = rootWith({ '/lamp.tar': tarOf({ name: './lamp', content: 'lit' }) });
  const { apply } = await begunChange(root, [unpackStep(root)]);
  expect(await apply()).toMatchObject({
    result: 'failed',
    reason: expect.stringMatching(
      `^${root}/lamp.tar has changed since the plan was made \\(sha256 [0-9a-f]{64}, planned ${PLANNED}\\)$`,
    ),
  });
  expect(host.list(`${root}/store`)).toEqual([]);
});
