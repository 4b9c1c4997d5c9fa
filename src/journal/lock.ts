import { z } from 'zod';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { HostError } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import { makeHome } from './home.ts';

const lockSchema = z.strictObject({
  v: z.literal(1),
  pid: z.int(),
  startTime: z.string(),
  bootId: z.string(),
  since: z.string(),
  purpose: z.string(),
});
type LockHolder = z.infer<typeof lockSchema>;

export interface Lock {
  /** Who held it and died, when this lock was taken over. */
  readonly takenOverFrom: string | undefined;
  release(): void;
}

/**
 * Takes the machine's one lock. Throws `CouldNotRun`, saying whose it is, when a living process holds it. A
 * lock whose holder is dead (other boot, no such pid, or a pid that was given anew) is taken over.
 */
export function takeLock(machine: Machine, purpose: string): Lock {
  makeHome(machine);
  return take(machine, `${machine.home}/lock`, purpose, 0);
}

/** Who holds the lock and is at work now; undefined when nobody is. */
export function lockHolder(machine: Pick<Machine, 'host' | 'home' | 'processes'>): string | undefined {
  const holder = readHolder(machine, `${machine.home}/lock`);
  return holder !== undefined && machine.processes.isAlive(holder) ? describe(holder) : undefined;
}

const MAX_DEPTH = 2;

function take(machine: Machine, path: string, purpose: string, depth: number): Lock {
  const holder: LockHolder = { v: 1, ...machine.processes.own, since: new Date().toISOString(), purpose };
  const own = `${path}.${holder.pid}-${holder.startTime}`;
  const release = () => machine.files.removeFile(path);
  if (machine.host.lstat(own) !== undefined) machine.files.removeFile(own);
  machine.files.createFile(own, `${JSON.stringify(holder)}\n`);
  try {
    if (linked(machine, own, path)) return { takenOverFrom: undefined, release };
    const found = readHolder(machine, path);
    if (found === undefined) throw held(path, 'is held by somebody who is just letting go of it');
    if (machine.processes.isAlive(found) || depth === MAX_DEPTH)
      throw held(path, `is held by ${describe(found)}`);
    const guard = take(machine, `${path}.takeover`, purpose, depth + 1);
    try {
      const now = readHolder(machine, path);
      if (now === undefined || JSON.stringify(now) !== JSON.stringify(found))
        throw held(path, 'was just taken by somebody else');
      machine.files.rename(own, path);
      return { takenOverFrom: describe(found), release };
    } finally {
      guard.release();
    }
  } finally {
    if (machine.host.lstat(own) !== undefined) machine.files.removeFile(own);
  }
}

function linked(machine: Machine, own: string, path: string): boolean {
  try {
    machine.files.link(own, path);
    return true;
  } catch (error) {
    if (error instanceof HostError && error.reason === 'exists') return false;
    throw error;
  }
}

function readHolder(machine: Pick<Machine, 'host'>, path: string): LockHolder | undefined {
  try {
    return lockSchema.parse(JSON.parse(new TextDecoder().decode(machine.host.readFile(path, 65_536))));
  } catch (error) {
    if (error instanceof HostError && error.reason === 'absent') return undefined;
    throw new CouldNotRun(
      `the lock ${path} can't be read: ${error instanceof Error ? error.message : String(error)}`,
      {
        next: `When no cutover runs on this machine: rm ${path}`,
      },
    );
  }
}

function held(path: string, what: string): CouldNotRun {
  return new CouldNotRun(`the lock ${path} ${what}`, {
    why: 'Two changes at once would undo each other.',
    next: 'cutover status',
  });
}

function describe(holder: LockHolder): string {
  return `process ${holder.pid}, since ${holder.since} (${holder.purpose})`;
}
