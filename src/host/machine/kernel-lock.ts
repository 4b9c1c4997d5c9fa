import { spawn } from 'node:child_process';
import { HostError } from '../host.ts';
import type { HeldLock } from '../machine.ts';

const TAKEN = 75;

/**
 * An flock(2) on a file, held by a child that lives as long as this process keeps a pipe to it: however this
 * process ends, the kernel lets go. undefined when somebody else holds it. util-linux has the tool.
 */
export async function holdKernelLock(path: string): Promise<HeldLock | undefined> {
  return await new Promise((resolve, reject) => {
    const command = [
      '--nonblock',
      '--conflict-exit-code',
      String(TAKEN),
      path,
      'sh',
      '-c',
      'echo held; exec cat',
    ];
    const child = spawn('flock', command, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8');
    });
    child.stdout.once('data', () => {
      resolve({
        release: async () =>
          await new Promise((released) => {
            child.once('close', () => released());
            child.stdin.end();
          }),
      });
    });
    child.once('error', (error) => reject(new HostError(path, 'io', `flock: ${error.message}`)));
    child.once('close', (code) => {
      if (code === TAKEN) resolve(undefined);
      else reject(new HostError(path, 'io', complaint.trim() || 'flock failed'));
    });
  });
}
