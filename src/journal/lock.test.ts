import { expect, onTestFinished, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { liveMachine } from '../host/machine/live-machine.ts';
import type { Machine } from '../host/machine.ts';
import { makeHome } from './home.ts';
import { lockHolder, takeLock } from './lock.ts';

/** Of a process that is gone. */
const HOLDER = {
  v: 1,
  pid: 4_000_000,
  startTime: '1',
  bootId: 'x',
  since: '2016-06-15T15:27:45.000Z',
  purpose: 'apply to redis.service',
};

/** A machine whose Cutover lives in a directory of this test. */
function machineOf(): Machine {
  const machine = liveMachine(`${rootWith({}).root}/cutover`);
  makeHome(machine);
  return machine;
}

test('the lock is for one, says whose it is, and is free again', async () => {
  const machine = machineOf();
  const lock = await takeLock(machine, 'apply to nginx.service');
  expect(lock.takenOverFrom).toBeUndefined();
  expect(lockHolder(machine)).toMatch(/^process \d+, since \S+ \(apply to nginx\.service\)$/);
  await expect(takeLock(machine, 'rollback')).rejects.toThrow(
    `the lock ${machine.home}/lock is held by ${lockHolder(machine)}`,
  );
  await lock.release();
  expect(lockHolder(machine)).toBeUndefined();
  const again = await takeLock(machine, 'rollback');
  expect(again.takenOverFrom).toBeUndefined();
  await again.release();
});

test('of a lock whose holder died it is said whose it was', async () => {
  const machine = machineOf();
  machine.files.createFile(`${machine.home}/lock`, JSON.stringify(HOLDER));
  expect(lockHolder(machine)).toBeUndefined();
  const lock = await takeLock(machine, 'rollback of redis.service');
  expect(lock.takenOverFrom).toBe('process 4000000, since 2016-06-15T15:27:45.000Z (apply to redis.service)');
  await lock.release();
});

/** Somebody holds the kernel's lock, and this stands in the file. */
async function heldWith(text: string): Promise<Machine> {
  const machine = machineOf();
  const path = `${machine.home}/lock`;
  machine.files.createFile(path, text);
  const held = await machine.files.lock(path);
  onTestFinished(async () => await held?.release());
  return machine;
}

test('what a process that was killed has started holds the lock until it ends, and is waited for', async () => {
  const machine = await heldWith(JSON.stringify(HOLDER));
  await expect(takeLock(machine, 'recover', 150)).rejects.toThrow(
    `the lock ${machine.home}/lock is held by a program that was started by process 4000000, since 2016-06-15T15:27:45.000Z (apply to redis.service), which is gone`,
  );
});

test('so is one that has not said who it is, or only half of it', async () => {
  for (const text of ['', JSON.stringify(HOLDER).slice(0, 20)]) {
    const machine = await heldWith(text);
    await expect(takeLock(machine, 'recover', 0)).rejects.toThrow(
      expect.objectContaining({
        message: `the lock ${machine.home}/lock is held by a process that has not said who it is`,
        why: 'Two changes at once would undo each other.',
        next: 'cutover status',
      }),
    );
  }
});

test('a lock that is let go of while it is waited for is taken', async () => {
  const machine = machineOf();
  const held = await machine.files.lock(`${machine.home}/lock`);
  const taken = takeLock(machine, 'recover');
  setTimeout(() => void held?.release(), 150);
  await (await taken).release();
});
