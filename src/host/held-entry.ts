import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  statfsSync,
} from 'node:fs';
import { HostError } from './host.ts';

/** Names an entry without opening what is behind it: a pipe does not block, a device does not act. open(2). */
const O_PATH = 0o10000000;

/** /proc and /sys in a root are those of the machine Cutover runs on, and tell of that. statfs(2). */
const OF_THE_KERNEL = [0x9fa0, 0x62656572];

/**
 * An entry below a root that stays the same while it is looked at, whatever is exchanged on the way to it
 * meanwhile. `path` is on the machine Cutover runs on, and closed again by `release`.
 */
export interface HeldEntry {
  readonly stats: BigIntStats;
  /** Leads to the entry itself. */
  readonly path: string;
  readonly descriptor: number;
}

/** Where the kernel says that a root is. */
export function placeOfRoot(root: string): string {
  const descriptor = openSync(root, O_PATH);
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } finally {
    closeSync(descriptor);
  }
}

/** Does something with the entry at `file`, which must lie below the root that is at `place`; `path` is for the error. */
export function withEntry<T>(file: string, place: string, path: string, action: (held: HeldEntry) => T): T {
  const descriptor = openSync(file, O_PATH | constants.O_NOFOLLOW);
  try {
    const held = `/proc/self/fd/${descriptor}`;
    const below = place === '/' ? '/' : `${place}/`;
    const at = readlinkSync(held);
    if (at !== place && !at.startsWith(below)) {
      throw new HostError(
        path,
        'io',
        'it was exchanged for something outside the root while it was looked at',
      );
    }
    return action({ stats: fstatSync(descriptor, { bigint: true }), path: held, descriptor });
  } finally {
    closeSync(descriptor);
  }
}

/** Throws for a file of a kernel's own file system. */
export function refuseKernelFile(path: string, { path: held, stats }: HeldEntry): void {
  if (others.has(stats.dev)) return;
  if (OF_THE_KERNEL.includes(statfsSync(held).type)) {
    throw new HostError(path, 'not-a-file', 'it tells of the machine Cutover runs on, not of the root');
  }
  others.add(stats.dev);
}

/** File systems that are none of the kernel's: the same one has nearly all files of a root. */
const others = new Set<bigint>();
