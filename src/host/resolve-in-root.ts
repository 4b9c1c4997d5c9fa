import { lstatSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
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
  return root === '/' ? inside : posix.join(root, inside);
}

function entryAt(path: string): 'link' | 'other' | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}
