import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';

const LIMIT_MS = 300;

test('a program that ends by itself has its status and both its outputs', async () => {
  const end = await runCommand('sh', ['-c', 'echo said; echo complained >&2; exit 3'], 60_000);
  expect(end).toEqual({ status: 3, stdout: 'said\n', stderr: 'complained' });
});

test('a program that is not there is an end without a status', async () => {
  const end = await runCommand('/nowhere/program', [], 60_000);
  expect(end).toEqual({
    status: undefined,
    stdout: '',
    stderr: '/nowhere/program: spawn /nowhere/program ENOENT',
  });
});

test('a program that hangs is killed with the programs it has started', async () => {
  // The shell waits for another process, which holds the same pipes: killed alone it would leave that one behind.
  const end = await runCommand('sh', ['-c', 'sleep 1000 & echo $!; wait; echo over'], LIMIT_MS);
  expect(end).toMatchObject({ status: undefined, stderr: 'sh took longer than 0.3 s' });
  expect(isAlive(Number(end.stdout))).toBe(false);
});

test('what outlives that, and keeps the pipes open, is not waited for', async () => {
  const end = await runCommand('sh', ['-c', 'setsid sh -c "echo \\$\\$; exec sleep 1000" & wait'], LIMIT_MS);
  expect(end).toMatchObject({ status: undefined, stderr: 'sh took longer than 0.3 s' });
  process.kill(Number(end.stdout), 'SIGKILL');
});

/** A zombie is not: nobody has asked yet how it ended. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
