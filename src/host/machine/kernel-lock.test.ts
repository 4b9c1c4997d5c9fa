import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heldLocks, holdKernelLock } from './kernel-lock.ts';
import { runCommand } from './run-command.ts';

test('a program that was handed the lock holds it after the process that took it has let go', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cutover-lock-'));
  const path = join(directory, 'lock');
  try {
    const lock = await holdKernelLock(path);
    expect(heldLocks()).toHaveLength(1);
    expect(await holdKernelLock(path)).toBeUndefined();
    const goesOn = runCommand('sleep', ['2'], 10_000, heldLocks());
    await lock?.release();
    expect(heldLocks()).toEqual([]);
    expect(await holdKernelLock(path)).toBeUndefined();
    await goesOn;
    const again = await holdKernelLock(path);
    expect(again).toBeDefined();
    await again?.release();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
