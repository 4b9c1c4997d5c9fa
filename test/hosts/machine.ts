import { readFileSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canBoot } from './can-boot.ts';
import { coverage } from './coverage.ts';
import { newMachineDirectory, removeMachine } from './leftovers.ts';
import { mountMachineRoot } from './machine-root.ts';
import { makeOwnCgroups } from './own-cgroups.ts';
import { type CommandOptions, type Completed, mustRun, runCommand } from './run-command.ts';
import { mountDisk } from './mount-disk.ts';
import { type RunningMachine, startMachine } from './start-machine.ts';

export interface RunOptions extends CommandOptions {
  /** Added to PATH, HOME and LANG, which are all that a command gets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The working directory; `/` unless told. */
  readonly directory?: string;
}

/** A systemd machine of its own. Files can be copied, read and written also while it is off. */
export interface Machine {
  readonly name: string;
  /** Its root directory, as seen from the outer machine. */
  readonly root: string;
  /** Likewise with what is mounted inside, such as its /run, while it is on. */
  readonly view: string;
  run(command: readonly string[], options?: RunOptions): Promise<Completed>;
  runShell(script: string, options?: RunOptions): Promise<Completed>;
  /** Like runShell, and returns its stdout; throws with what it said when it does not exit with 0. */
  mustRunShell(script: string, options?: RunOptions): Promise<string>;
  /** Copies a file or a tree, links, owners and attributes included, to exactly `to`; its directory is made. */
  copyIn(from: string, to: string): Promise<void>;
  copyOut(from: string, to: string): Promise<void>;
  writeFile(path: string, text: string, mode?: number): Promise<void>;
  readFile(path: string): Promise<string>;
  /** Every process dies at once; what was written to its disk stays (no page cache is lost). */
  powerCut(): Promise<void>;
  shutDown(): Promise<void>;
  bootAgain(): Promise<void>;
  /** Ends it and leaves nothing of it on the outer machine. */
  throwAway(): Promise<void>;
}

export interface BootOptions {
  readonly name?: string;
  /** Prepared directories whose trees are laid over the running root, in this order. */
  readonly layers?: readonly string[];
  /** Directories, empty at first, that lie on a disk, where a sync costs what it costs; all else is in memory. */
  readonly onDisk?: readonly string[];
}

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const environment = {
  ...(coverage === undefined ? {} : { NODE_V8_COVERAGE: `${coverage}/raw` }),
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};

/** No namespace divides the clock: set in a machine it would be set for all. */
const WITHOUT_CLOCK = ['setpriv', '--bounding-set=-sys_time', '--inh-caps=-sys_time', '--'];

/** Boots a machine from the running root. Throws with the reason, or its console, when it does not come up. */
export async function bootMachine({
  name = 'machine',
  layers = [],
  onDisk = [],
}: BootOptions = {}): Promise<Machine> {
  const possible = canBoot();
  if (!possible.ok) throw new Error(`Cannot boot a test machine: ${possible.reason}`);
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new Error(`'${name}' is no name for a machine: lower-case letters, digits and -`);
  }
  const directory = newMachineDirectory(name);
  try {
    const root = await mountMachineRoot(directory, { name, layers, checkout });
    const cgroups = makeOwnCgroups(directory);
    const readOnly = await directoriesToBind();
    const binds = await directoriesOnDisk(directory, onDisk);
    if (coverage !== undefined) binds[`${coverage}/raw`] = `${coverage}/raw`;
    const start = async () => await startMachine({ name, directory, root, cgroups, readOnly, onDisk: binds });
    return machine(name, directory, root, start, await start());
  } catch (error) {
    removeMachine(directory);
    throw error;
  }
}

/** By their paths inside; a disk is made where there are any. */
async function directoriesOnDisk(
  directory: string,
  paths: readonly string[],
): Promise<Record<string, string>> {
  if (paths.length === 0) return {};
  const disk = await mountDisk(directory);
  const outside = paths.map((path, index) => [path, `${disk}/${index}`] as const);
  for (const [, at] of outside) await mkdir(at);
  return Object.fromEntries(outside);
}

/** The checkout always (a machine has a /tmp of its own); Node where it is not on the root's own mount. */
async function directoriesToBind(): Promise<readonly string[]> {
  const node = dirname(dirname(await realpath(process.execPath)));
  return isOnRootMount(node) ? [checkout] : [checkout, node];
}

function isOnRootMount(path: string): boolean {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  for (let at = path; at !== '/'; at = dirname(at)) if (mounts.includes(at)) return false;
  return true;
}

function machine(
  name: string,
  directory: string,
  root: string,
  start: () => Promise<RunningMachine>,
  booted: RunningMachine,
): Machine {
  let running: RunningMachine | undefined = booted;

  function isOn(): RunningMachine {
    if (running === undefined) throw new Error(`Machine ${name} is off.`);
    return running;
  }
  /** The words that make a command run in the machine, or in its root while it is off. */
  function inside(options: RunOptions = {}): readonly string[] {
    const enter =
      running === undefined
        ? ['chroot', root]
        : ['nsenter', '-t', String(running.init), '-a', ...WITHOUT_CLOCK];
    const variables = Object.entries({ ...environment, ...options.environment }).map(([n, v]) => `${n}=${v}`);
    return [...enter, 'env', '-i', '-C', options.directory ?? '/', ...variables];
  }
  /** The directory of a path, its links followed inside. */
  async function directoryOf(path: string): Promise<string> {
    const { stdout } = await mustRun([...inside(), 'realpath', '-m', '--', dirname(path)]);
    return stdout.trimEnd();
  }
  /** A place inside, as seen from the outer machine. */
  function outside(inDirectory: string, path: string): string {
    return `${view()}${inDirectory}/${basename(path)}`;
  }
  function view(): string {
    return running === undefined ? root : `/proc/${running.init}/root`;
  }
  async function end(how: (on: RunningMachine) => void): Promise<void> {
    const on = isOn();
    running = undefined;
    how(on);
    await on.ended;
  }

  return {
    name,
    root,
    get view() {
      return view();
    },
    run: async (command, options) => {
      isOn();
      return await runCommand([...inside(options), ...command], options);
    },
    runShell: async (script, options) => {
      isOn();
      return await runCommand([...inside(options), 'sh', '-c', script], options);
    },
    mustRunShell: async (script, options) => {
      isOn();
      return (await mustRun([...inside(options), 'sh', '-c', script], options)).stdout;
    },
    copyIn: async (from, to) => {
      const target = await directoryOf(to);
      await mustRun([...inside(), 'mkdir', '-p', '--', target]);
      await mustRun(['cp', '-aT', '--', from, outside(target, to)]);
    },
    copyOut: async (from, to) => {
      await mustRun(['cp', '-aT', '--', outside(await directoryOf(from), from), to]);
    },
    writeFile: async (path, text, mode = 0o644) => {
      const script = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1" && chmod "$2" -- "$1"';
      await mustRun([...inside(), 'sh', '-c', script, 'sh', path, mode.toString(8)], { input: text });
    },
    readFile: async (path) => (await mustRun([...inside(), 'cat', '--', path])).stdout,
    powerCut: async () => await end(({ init }) => process.kill(init, 'SIGKILL')),
    shutDown: async () => await end(({ nspawn }) => nspawn.kill('SIGTERM')),
    bootAgain: async () => {
      if (running !== undefined) throw new Error(`Machine ${name} is on.`);
      running = await start();
    },
    throwAway: async () => {
      const { ended } = running ?? {};
      running = undefined;
      removeMachine(directory);
      await ended;
    },
  };
}
