import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { HeldLock, Machine } from '../host/machine.ts';
import { makeHome } from './home.ts';

const holderSchema = z.strictObject({
  v: z.literal(1),
  pid: z.int(),
  startTime: z.string(),
  bootId: z.string(),
  since: z.string(),
  purpose: z.string(),
});
type LockHolder = z.infer<typeof holderSchema>;

export interface Lock {
  /** Who held it last and died over it. */
  readonly takenOverFrom: string | undefined;
  release(): Promise<void>;
}

/** Of a process that was killed, a copy may still be going on. */
const PATIENCE_MS = 10_000;
const BETWEEN_TRIES_MS = 100;

/**
 * Takes the machine's one lock. Throws `CouldNotRun`, saying whose it is, while another process holds it; one that is not
 * at work is waited for. See docs/format/journal.md, "The lock".
 */
export async function takeLock(machine: Machine, purpose: string, patienceMs = PATIENCE_MS): Promise<Lock> {
  makeHome(machine);
  const path = lockPath(machine);
  const held = await hold(machine, path, patienceMs);
  const last = readHolder(machine);
  const holder: LockHolder = { v: 1, ...machine.processes.own, since: new Date().toISOString(), purpose };
  machine.files.truncate(path, 0);
  machine.files.append(path, `${JSON.stringify(holder)}\n`);
  return {
    takenOverFrom: last === undefined ? undefined : describe(last),
    release: async () => {
      try {
        machine.files.truncate(path, 0);
      } catch {
        // What stands in it tells of a process that is gone then. The work under the lock is done, and counts.
      }
      await held.release();
    },
  };
}

/** Who holds the lock and is at work now; undefined when nobody is. Changes nothing. */
export function lockHolder(machine: Pick<Machine, 'host' | 'home' | 'processes'>): string | undefined {
  const holder = readHolder(machine);
  return holder !== undefined && machine.processes.isAlive(holder) ? describe(holder) : undefined;
}

/** What another process that wants the lock is told. */
export function lockIsHeld(machine: Pick<Machine, 'home'>, holder: string): CouldNotRun {
  return new CouldNotRun(`the lock ${lockPath(machine)} is held by ${holder}`, {
    why: 'Two changes at once would undo each other.',
    next: 'cutover status',
  });
}

async function hold(machine: Machine, path: string, patienceMs: number): Promise<HeldLock> {
  for (let waitedMs = 0; ; waitedMs += BETWEEN_TRIES_MS) {
    const held = await machine.files.lock(path);
    if (held !== undefined) return held;
    const holder = lockHolder(machine);
    if (holder !== undefined || waitedMs >= patienceMs) {
      throw lockIsHeld(machine, holder ?? whatIsLeft(machine));
    }
    await sleep(BETWEEN_TRIES_MS);
  }
}

function whatIsLeft(machine: Machine): string {
  const last = readHolder(machine);
  return last === undefined
    ? 'a process that has not said who it is'
    : `a program that was started by ${describe(last)}, which is gone`;
}

function lockPath({ home }: Pick<Machine, 'home'>): string {
  return `${home}/lock`;
}

/** undefined also for what is half written: the kernel says who holds the lock, this says only who that is. */
function readHolder(machine: Pick<Machine, 'host' | 'home'>): LockHolder | undefined {
  try {
    const text = new TextDecoder().decode(machine.host.readFile(lockPath(machine), 65_536));
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function describe(holder: LockHolder): string {
  return `process ${holder.pid}, since ${holder.since} (${holder.purpose})`;
}
