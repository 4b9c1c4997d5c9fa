import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findInits } from './machine-processes.ts';
import { runCommand } from './run-command.ts';

/** A machine that runs: its nspawn process, and its first process as numbered outside. */
export interface RunningMachine {
  readonly init: number;
  readonly nspawn: ChildProcess;
  /** Resolves when every process of the machine has ended. */
  readonly ended: Promise<void>;
}

export interface StartOptions {
  readonly name: string;
  readonly directory: string;
  readonly root: string;
  readonly cgroups: readonly string[];
  /** Directories of the outer machine to be seen at the same place inside, read-only. */
  readonly readOnly: readonly string[];
  /** Directories inside, each with the one of the outer machine that is seen there. */
  readonly onDisk: Readonly<Record<string, string>>;
}

const bootTimeout = 30_000;

/** Boots the root and resolves when systemd inside says that all is started. */
export async function startMachine(options: StartOptions): Promise<RunningMachine> {
  const console = `${options.directory}/console.log`;
  const output = openSync(console, 'w');
  const nspawn = spawn('sh', ['-c', joinCgroups, 'sh', ...commandLine(options)], {
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'] ?? '', SYSTEMD_LOG_LEVEL: 'warning' },
    detached: true, // an interrupt from the keyboard is for the tests, which then end it in order
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    nspawn.on('exit', () => resolve());
    nspawn.on('error', () => resolve());
  });
  try {
    const init = await untilReady(options, nspawn);
    return { init, nspawn, ended };
  } catch (error) {
    nspawn.kill('SIGKILL');
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Machine ${options.name} did not boot: ${why}\nIts console:\n${tail(console)}`, {
      cause: error,
    });
  }
}

/** Joins the control groups named before `--`, then becomes the command after it. */
const joinCgroups =
  'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit; shift; done; shift; exec "$@"';

function commandLine({ name, root, cgroups, readOnly, onDisk }: StartOptions): readonly string[] {
  // nspawn shuts the machine down when it gets the signal TERM: nothing survives the tests.
  const nspawn = ['setpriv', '--pdeathsig', 'TERM', 'systemd-nspawn', '--quiet', '--boot'];
  const machine = ['--machine', name, '--directory', root];
  const scope = ['--register=no', ...(cgroups.length > 0 ? ['--keep-unit'] : [])];
  const apart = ['--private-network', '--console=pipe', '--kill-signal=SIGRTMIN+3'];
  const untouched = ['--resolv-conf=off', '--timezone=off', '--link-journal=no'];
  const binds = [
    ...readOnly.map((directory) => `--bind-ro=${escape(directory)}`),
    ...Object.entries(onDisk).map(([inside, outside]) => `--bind=${escape(outside)}:${escape(inside)}`),
  ];
  return [...cgroups, '--', ...nspawn, ...machine, ...scope, ...apart, ...untouched, ...binds];
}

/** In --bind-ro= a colon parts source from destination: systemd-nspawn(1). */
function escape(path: string): string {
  return path.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
}

async function untilReady({ directory }: StartOptions, nspawn: ChildProcess): Promise<number> {
  const deadline = Date.now() + bootTimeout;
  while (Date.now() < deadline) {
    if (nspawn.exitCode !== null || nspawn.signalCode !== null) throw new Error('systemd-nspawn ended');
    const [init] = findInits(directory);
    if (init !== undefined && existsSync(`/proc/${init}/root/run/systemd/private`)) {
      await untilStarted(init, deadline - Date.now());
      return init;
    }
    await sleep(20);
  }
  throw new Error(`systemd did not come up within ${bootTimeout / 1000} s`);
}

/** `degraded` (a unit has failed) is a machine that has booted: the test sees what it makes of it. */
async function untilStarted(init: number, timeout: number): Promise<void> {
  const wait = ['nsenter', '-t', String(init), '-a', 'systemctl', 'is-system-running', '--wait'];
  const { stdout, stderr } = await runCommand(wait, { timeout });
  const state = stdout.trim();
  if (state !== 'running' && state !== 'degraded') throw new Error(`its state is '${state}' ${stderr}`);
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
}
