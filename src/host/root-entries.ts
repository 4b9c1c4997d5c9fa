import { lstatSync, readlinkSync } from 'node:fs';
import type { Entries } from './follow-links.ts';
import { codeOf, guarded } from './guarded.ts';

/** The directory entries of a root, looked at each time. */
export function rootEntries(root: string): Entries {
  return {
    typeOf: (inside) => guarded(inside, () => entryAt(outside(root, inside))),
    targetOf: (link) => guarded(link, () => readlinkSync(outside(root, link))),
  };
}

/** Likewise, each looked at once. */
export function rememberedEntries({ typeOf, targetOf }: Entries): Entries {
  const [types, targets] = [new Map<string, string | undefined>(), new Map<string, string>()];
  return {
    typeOf(inside) {
      if (!types.has(inside)) types.set(inside, typeOf(inside));
      return types.get(inside);
    },
    targetOf(link) {
      const target = targets.get(link) ?? targetOf(link);
      targets.set(link, target);
      return target;
    },
  };
}

/** The path on the machine Cutover runs on. Only for a path that `followLinks` returned. */
export function outside(root: string, inside: string): string {
  if (root === '/') return inside;
  return root.endsWith('/') ? root + inside.slice(1) : root + inside;
}

function entryAt(path: string): 'link' | 'other' | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? undefined : stats.isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
