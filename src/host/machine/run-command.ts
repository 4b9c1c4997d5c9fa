import { spawn } from 'node:child_process';
import type { CommandEnd } from '../machine.ts';

const OUTPUT_LIMIT = 256 * 1024 * 1024;
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs one of the platform's own tools and waits. In a process group of its own, so that an interrupt typed
 * at the terminal does not cut a step in two; with the C locale, so that its answers can be read. `inherited` are
 * descriptors that it is handed.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  limitMs: number,
  inherited: readonly number[] = [],
): Promise<CommandEnd> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...inherited],
      env: { PATH, LC_ALL: 'C.UTF-8' },
    });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], size: 0 };
    let complaint = '';
    const timer = setTimeout(() => {
      complaint = `${command} took longer than ${limitMs / 1000} s`;
      child.kill('SIGKILL');
    }, limitMs);
    const keep = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
      output.size += chunk.length;
      if (output.size <= OUTPUT_LIMIT) output[stream].push(chunk);
      else {
        complaint = `${command} printed more than ${OUTPUT_LIMIT} bytes`;
        child.kill('SIGKILL');
      }
    };
    child.stdout?.on('data', keep('stdout'));
    child.stderr?.on('data', keep('stderr'));
    const finish = (status: number | undefined) => {
      clearTimeout(timer);
      const stderr = Buffer.concat(output.stderr).toString('utf8').trim();
      resolve({
        status: complaint === '' ? status : undefined,
        stdout: Buffer.concat(output.stdout).toString('utf8'),
        stderr: complaint === '' ? stderr : complaint,
      });
    };
    child.on('error', (error) => {
      complaint = `${command}: ${error.message}`;
      finish(undefined);
    });
    child.on('close', (code) => finish(code ?? undefined));
  });
}
