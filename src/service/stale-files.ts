import type { Closure } from '../formats/elf/loader/resolve-closure.ts';
import type { MappedPath } from '../formats/proc-maps/parse-maps.ts';
import type { FileFacts, Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import type { MappedFiles } from './mapped-files.ts';
import { movedFiles } from './moved-files.ts';

/** A program or library that processes still use though its name leads elsewhere by now. */
export interface StaleFile {
  readonly path: string;
  /** `replaced`: another file has its name. */
  readonly how: 'deleted' | 'replaced';
  /** Where the file that they use lies now, when it was moved aside. */
  readonly movedTo?: string;
  readonly pids: readonly number[];
}

/** What was read of the processes of a service. */
export interface StaleFiles {
  readonly files: readonly StaleFile[];
  /** Processes whose list of files could not be read. */
  readonly unreadable: readonly number[];
}

/**
 * The programs and libraries among those `mapped` that were deleted or replaced since, by file. `seen`: the
 * file system as they see it. `wanted`: what a start now would load, against which a file that was moved aside shows.
 */
export function staleFiles(host: Host, mapped: MappedFiles, seen: Host = host, wanted?: Closure): StaleFiles {
  const found = new Map<string, Omit<StaleFile, 'pids'> & { pids: number[] }>();
  const unreadable: number[] = [];
  for (const [pid, maps] of mapped) {
    if (maps === undefined) unreadable.push(pid);
    const stale = (maps ?? []).flatMap((mapped) => {
      const how = howStale(seen, mapped);
      return how === undefined ? [] : [{ path: mapped.path, how }];
    });
    const moved = wanted === undefined ? [] : movedFiles(host, seen, pid, maps ?? [], wanted);
    const all = [...stale, ...moved.map((file) => ({ ...file, how: 'replaced' as const }))];
    for (const file of all) {
      const known = found.get(file.path);
      if (known === undefined) found.set(file.path, { ...file, pids: [pid] });
      else if (!known.pids.includes(pid)) known.pids.push(pid);
    }
  }
  return { files: [...found.values()], unreadable };
}

/**
 * A name that leads to another inode of the same device counts as replaced; on another device the two numbers say
 * nothing (a file system in layers gives others to stat(2) than to the list of mappings).
 */
function howStale(host: Host, mapped: MappedPath): StaleFile['how'] | undefined {
  const { path, deleted } = mapped;
  const facts = ifReadable(() => host.stat(path));
  if (!deleted) return compared(facts, mapped) === 'another' ? 'replaced' : undefined;
  // A file may have a name that ends like the kernel's remark.
  const literal = ifReadable(() => host.stat(`${path} (deleted)`));
  if (literal !== undefined && compared(literal, mapped) !== 'another') return undefined;
  return facts === undefined ? 'deleted' : 'replaced';
}

function compared(
  facts: FileFacts | undefined,
  { device, inode }: MappedPath,
): 'same' | 'another' | 'unknown' {
  const [deviceNow, inodeNow] = facts?.identity.split(':') ?? [];
  if (deviceNow !== String(deviceNumber(device))) return 'unknown';
  return inodeNow === inode ? 'same' : 'another';
}

/** As makedev(3) of glibc puts them together, for numbers of up to 32 bits in all. */
function deviceNumber([major, minor]: MappedPath['device']): number {
  return (minor % 256) + (major % 4096) * 256 + Math.floor(minor / 256) * 2 ** 20;
}
