import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs';
import type { Entries } from './follow-links.ts';
import { codeOf, guarded } from './guarded.ts';
import type { FileFacts } from './host.ts';

/** What stat(2) counts in, whatever the file system does. */
const BLOCK = 512;

export interface RootEntries extends Entries {
  readonly factsOf: (path: string) => FileFacts | undefined;
}

/** The directory entries of a root, looked at each time. */
export function rootEntries(root: string): RootEntries {
  const factsOf = (inside: string) => guarded(inside, () => entryAt(outside(root, inside)));
  return {
    factsOf,
    typeOf: (inside) => factsOf(inside)?.type,
    targetOf: (link) => guarded(link, () => readlinkSync(outside(root, link))),
  };
}

/** Likewise, each looked at once. */
export function rememberedEntries(entries: RootEntries): RootEntries {
  const [facts, targets] = [new Map<string, FileFacts | undefined>(), new Map<string, string>()];
  const factsOf = (inside: string): FileFacts | undefined => {
    const known = facts.get(inside);
    if (known !== undefined || facts.has(inside)) return known;
    const found = entries.factsOf(inside);
    facts.set(inside, found);
    return found;
  };
  return {
    factsOf,
    typeOf: (inside) => factsOf(inside)?.type,
    targetOf(link) {
      const target = targets.get(link) ?? entries.targetOf(link);
      targets.set(link, target);
      return target;
    },
    followed: new Map(),
  };
}

/** The path on the machine Cutover runs on. Only for a path that `followLinks` returned. */
export function outside(root: string, inside: string): string {
  if (root === '/') return inside;
  return root.endsWith('/') ? root + inside.slice(1) : root + inside;
}

export function factsOfStats(stats: BigIntStats): FileFacts {
  const type = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'directory'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other';
  return {
    type,
    mode: Number(stats.mode & 0o7777n),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    size: Number(stats.size),
    onDisk: Number(stats.blocks) * BLOCK,
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
    identity: `${stats.dev}:${stats.ino}`,
    links: Number(stats.nlink),
  };
}

function entryAt(path: string): FileFacts | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
    return stats === undefined ? undefined : factsOfStats(stats);
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
