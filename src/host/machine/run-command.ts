import { type ChildProcess, spawn } from 'node:child_process';
import type { CommandEnd } from '../machine.ts';
import { TOOL_ENVIRONMENT } from '../tool-environment.ts';

const OUTPUT_LIMIT = 256 * 1024 * 1024;
/** For what outlives SIGKILL: a call that hangs in the kernel, a program in a process group of its own that keeps the pipes. */
const DEATH_MS = 2000;

/**
 * Runs one of the platform's own tools and waits. In a process group of its own, so that an interrupt typed
 * at the terminal does not cut a step in two; with the C locale, so that its answers can be read. `inherited` are
 * descriptors that it is handed. After `limitMs` the group is killed, and what is left of it then is not waited for.
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
      env: TOOL_ENVIRONMENT,
    });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], size: 0 };
    let complaint = '';
    let death: NodeJS.Timeout | undefined;
    const end = (why: string): void => {
      if (death !== undefined) return;
      complaint = why;
      killGroup(child);
      death = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        finish(undefined);
      }, DEATH_MS);
    };
    const timer = setTimeout(() => end(`${command} took longer than ${limitMs / 1000} s`), limitMs);
    const keep = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
      output.size += chunk.length;
      if (output.size <= OUTPUT_LIMIT) output[stream].push(chunk);
      else end(`${command} printed more than ${OUTPUT_LIMIT} bytes`);
    };
    child.stdout?.on('data', keep('stdout'));
    child.stderr?.on('data', keep('stderr'));
    const finish = (status: number | undefined) => {
      clearTimeout(timer);
      clearTimeout(death);
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

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
