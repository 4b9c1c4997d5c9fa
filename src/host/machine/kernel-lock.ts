import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { HostError } from '../host.ts';
import { guardedWrite } from '../host-error-of.ts';
import type { HeldLock } from '../machine.ts';

const TAKEN = 75;

/** Descriptors of the locks that are held. */
const held = new Set<number>();

/** Handed to a program, it holds the locks with this process: whoever takes them then finds nobody at work. */
export function heldLocks(): readonly number[] {
  return [...held];
}

/**
 * An flock(2) on a file, made by util-linux on a descriptor of this process, and so this process's own: however it
 * ends, the kernel lets go when the last program that was handed the descriptor has ended too. undefined when somebody
 * else holds it.
 */
export async function holdKernelLock(path: string): Promise<HeldLock | undefined> {
  const descriptor = guardedWrite(path, () => openSync(path, 'a', 0o600));
  try {
    if (!(await lockDescriptor(path, descriptor))) {
      closeSync(descriptor);
      return undefined;
    }
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  held.add(descriptor);
  return {
    release: async () => {
      if (held.delete(descriptor)) closeSync(descriptor);
    },
  };
}

/** false: it is locked by somebody else. */
async function lockDescriptor(path: string, descriptor: number): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const child = spawn('flock', ['--nonblock', '--conflict-exit-code', String(TAKEN), '3'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', descriptor],
    });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8');
    });
    child.once('error', (error) => reject(new HostError(path, 'io', `flock: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0 || code === TAKEN) resolve(code === 0);
      else reject(new HostError(path, 'io', complaint.trim() || 'flock failed'));
    });
  });
}
