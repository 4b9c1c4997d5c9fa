import { dirname } from 'node:path/posix';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Plan } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';

/** Kept free for journal, manifests and whatever else writes there meanwhile. */
const MARGIN = 64 * 1024 * 1024;

/**
 * Throws `CouldNotRun` where the copies of a change don't fit, or those of its way back: found out halfway, the service would be down
 * for nothing, or would have no way back.
 */
export async function refuseWithoutRoom(machine: Machine, plan: Plan): Promise<void> {
  const { files, home, host } = machine;
  let needed = 0;
  /** By the device on which they are: the directory of one, and what a copy of all takes. */
  const states = new Map<string, { readonly holder: string; readonly bytes: number }>();
  for (const step of plan.steps) {
    const isAdded = step.kind === 'store-add' || step.kind === 'store-unpack';
    if (isAdded && host.lstat(step.storePath) === undefined) needed += step.bytes;
    if (step.kind !== 'state-snapshot' || host.lstat(step.path) === undefined) continue;
    const [holder, bytes] = [dirname(step.path), await files.usedBytes(step.path)];
    needed += bytes;
    const device = deviceOf(machine, holder);
    states.set(device, { holder, bytes: bytes + (states.get(device)?.bytes ?? 0) });
  }
  const free = files.freeBytes(home);
  if (needed + MARGIN > free) {
    throw new CouldNotRun(
      `the copies this change makes need ${megabytes(needed)} in ${home}, where ${megabytes(free)} are free and ${megabytes(MARGIN)} shall stay so`,
      {
        why: 'What changes until the service is down is copied then. A copy that does not fit would leave it down.',
        next: `Make room, or mount a larger file system at ${home}.`,
      },
    );
  }
  for (const [device, { holder, bytes }] of states) {
    if (!files.copiesTakeRoom(holder)) continue;
    const left = files.freeBytes(holder) - (device === deviceOf(machine, home) ? needed : 0);
    if (bytes <= left) continue;
    throw new CouldNotRun(
      `the way back of this change needs ${megabytes(bytes)} in ${holder}, where ${megabytes(left)} would be free`,
      {
        why: 'A rollback lays the old state beside its place before it takes the place of the new one.',
        next: `Make room in the file system of ${holder}.`,
      },
    );
  }
}

function deviceOf({ host }: Machine, directory: string): string {
  return host.stat(directory)?.identity.split(':')[0] ?? directory;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
