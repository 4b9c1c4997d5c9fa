import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import { keepCopy } from './keep-original.ts';

test('a copy that can not be made says why, and leaves nothing of itself', async () => {
  const { root } = rootWith({ '/lamp': 'glows' });
  const machine = liveMachine();
  const to = `${root}/copies/1`;
  await expect(keepCopy({ machine }, `${root}/gone`, to)).rejects.toThrow(
    `cp: cannot stat '${root}/gone': No such file or directory`,
  );
  expect(machine.host.list(`${root}/copies`)).toEqual([]);
  expect(await keepCopy({ machine }, `${root}/lamp`, to)).toMatchObject([
    { type: 'file', path: '.', size: 5 },
  ]);
});
