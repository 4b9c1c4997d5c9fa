import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface Completed {
  /** The exit code; 128 plus the signal's number when a signal ended it, as a shell says it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly input?: string;
  /** Milliseconds until the command is killed and an Error thrown; 60 000 unless told. */
  readonly timeout?: number;
}

/** Runs a command to its end. Throws when it cannot be started or takes too long; a bad exit is a value. */
export async function runCommand(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<Completed> {
  const [program, ...args] = command;
  if (program === undefined) throw new Error('runCommand: the command is empty');
  const timeout = options.timeout ?? 60_000;
  return await new Promise((resolve, reject) => {
    // A process group of its own, so that a timeout reaches what the command has started.
    const child = spawn(program, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeout);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {}); // a command may end without reading its input
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const completed = {
        status: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      };
      if (late) reject(new Error(`\`${command.join(' ')}\` took over ${timeout} ms.${said(completed)}`));
      else resolve(completed);
    });
  });
}

/** Like runCommand, and throws with what the command said when it does not exit with 0. */
export async function mustRun(command: readonly string[], options: CommandOptions = {}): Promise<Completed> {
  const completed = await runCommand(command, options);
  if (completed.status === 0) return completed;
  throw new Error(`\`${command.join(' ')}\` exited with ${completed.status}.${said(completed)}`);
}

function said({ stdout, stderr }: Completed): string {
  const text = `${stdout}${stderr}`.trimEnd();
  return text === '' ? ' It said nothing.' : `\n${text}`;
}
