import { type MappedPath, parseMaps } from '../formats/proc-maps/parse-maps.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/** A program or library that processes still use though its name leads elsewhere by now. */
export interface StaleFile {
  readonly path: string;
  /** `replaced`: another file has its name. */
  readonly how: 'deleted' | 'replaced';
  readonly pids: readonly number[];
}

/** What was read of the processes of a service. */
export interface StaleFiles {
  readonly files: readonly StaleFile[];
  /** Processes whose list of files could not be read. */
  readonly unreadable: readonly number[];
}

/** The programs and libraries that these processes have mapped and that were deleted or replaced since, by file. */
export function staleFiles(host: Host, pids: readonly number[]): StaleFiles {
  const found = new Map<string, { how: StaleFile['how']; pids: number[] }>();
  const unreadable: number[] = [];
  for (const pid of pids) {
    const maps = mapsOf(host, pid);
    if (maps === undefined) unreadable.push(pid);
    for (const mapped of maps ?? []) {
      const how = mapped.executable ? howStale(host, mapped) : undefined;
      if (how === undefined) continue;
      const known = found.get(mapped.path);
      if (known === undefined) found.set(mapped.path, { how, pids: [pid] });
      else if (!known.pids.includes(pid)) known.pids.push(pid);
    }
  }
  return { files: [...found].map(([path, stale]) => ({ path, ...stale })), unreadable };
}

/**
 * A name that leads to another inode of the same device counts as replaced; on another device the two numbers say
 * nothing (a file system in layers gives others to stat(2) than to the list of mappings).
 */
function howStale(
  host: Host,
  { path, device: [major, minor], inode, deleted }: MappedPath,
): StaleFile['how'] | undefined {
  const facts = host.stat(path);
  if (deleted) return facts === undefined ? 'deleted' : 'replaced';
  const [deviceNow, inodeNow] = facts?.identity.split(':') ?? [];
  return deviceNow === String(deviceNumber(major, minor)) && inodeNow !== inode ? 'replaced' : undefined;
}

/** As makedev(3) of glibc puts them together, for numbers of up to 32 bits in all. */
function deviceNumber(major: number, minor: number): number {
  return (minor % 256) + (major % 4096) * 256 + Math.floor(minor / 256) * 2 ** 20;
}

/** Undefined where the process is gone, or another user's. */
function mapsOf(host: Host, pid: number): readonly MappedPath[] | undefined {
  return ifReadable(() => parseMaps(new TextDecoder().decode(host.readFile(`/proc/${pid}/maps`))));
}
