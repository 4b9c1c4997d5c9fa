import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { findInits } from './machine-processes.ts';
import { removeOwnCgroups } from './own-cgroups.ts';

/** Every machine has a directory here, named after the process that made it: `<pid>-<number>-<name>`. */
const base = '/tmp/cutover-machines';

const mine = new Set<string>();
let made = 0;

/** Makes the directory of a new machine; it and all that hangs on it goes when this process exits. */
export function newMachineDirectory(name: string): string {
  if (made === 0) {
    removeLeftovers();
    process.on('exit', () => mine.forEach(removeMachine));
  }
  made += 1;
  const directory = `${base}/${process.pid}-${made}-${name}`;
  mkdirSync(directory, { recursive: true });
  mine.add(directory);
  return directory;
}

/** Kills the machine in a directory, if it runs, and removes its mounts, control groups and files. */
export function removeMachine(directory: string): void {
  patiently(() => killInits(directory));
  for (const mount of mountsUnder(directory)) unmount(mount);
  patiently(() => removeOwnCgroups(directory));
  rmSync(directory, { recursive: true, force: true });
  mine.delete(directory);
}

/** Machines whose process was killed before it could clean up. */
function removeLeftovers(): void {
  mkdirSync(base, { recursive: true });
  for (const entry of readdirSync(base)) {
    if (!isAlive(Number.parseInt(entry, 10))) removeMachine(`${base}/${entry}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** With its first process, every process of a PID namespace is killed by the kernel. */
function killInits(directory: string): void {
  const inits = findInits(directory);
  inits.forEach(kill);
  if (inits.length > 0)
    throw new Error(`The machine in ${directory} does not die (process ${inits.join(', ')}).`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Deepest first. In mountinfo a space in a path is `\040`; the paths here have none. */
function mountsUnder(directory: string): readonly string[] {
  return mountPoints()
    .filter((mount) => mount.startsWith(`${directory}/`))
    .toReversed();
}

function mountPoints(): readonly string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return mounts.map((line) => line.split(' ')[4] ?? '');
}

/** Lazily where somebody still looks at it: it is out of sight at once, and gone when they leave. */
function unmount(mount: string): void {
  const umount = (...options: readonly string[]) => run('umount', [...options, mount]);
  if (umount().status === 0) return;
  const { status, stderr } = umount('--lazy');
  if (status === 0 || !mountPoints().includes(mount)) return; // another process clears the same leftover
  throw new Error(`Cannot unmount ${mount}: ${stderr.trim()}`);
}

function run(program: string, words: readonly string[]): { status: number | null; stderr: string } {
  return spawnSync(program, words, { encoding: 'utf8' });
}

/** Tries until it works, for four seconds: killed processes take a moment to go. An exit handler cannot await. */
function patiently(action: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      action();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
