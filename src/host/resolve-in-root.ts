import { lstatSync, readlinkSync } from 'node:fs';
import { followLinks, type Resolved } from './follow-links.ts';
import { codeOf, guarded } from './guarded.ts';

/** Follows `path` as if `root` were `/` (`followLinks`). */
export function resolveInRoot(root: string, path: string, followLast = true): Resolved {
  return followLinks(path, followLast, {
    typeOf: (inside) => guarded(inside, () => entryAt(outside(root, inside))),
    targetOf: (link) => guarded(link, () => readlinkSync(outside(root, link))),
  });
}

/** The path on the machine Cutover runs on. Only for a path that `resolveInRoot` returned. */
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
