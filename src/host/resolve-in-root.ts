import { lstatSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { HostError } from './host.ts';

const MAX_LINKS = 40; // the kernel's own bound (path_resolution(7))

export interface Resolved {
  /** The path inside the root with links followed. */
  readonly path: string;
  readonly exists: boolean;
}

/**
 * Follows `path` component by component as if `root` were `/`: absolute links start at the root again and
 * `..` stops there, so nothing leads out. With `followLast` false the last component is not followed.
 */
export function resolveInRoot(root: string, path: string, followLast = true): Resolved {
  const pending = split(path);
  let at: string[] = [];
  let links = 0;
  let missing = false;
  while (pending.length > 0) {
    const name = pending.shift();
    if (name === undefined) break;
    if (name === '..') {
      at.pop();
      continue;
    }
    const candidate = [...at, name];
    const inside = `/${candidate.join('/')}`;
    const entry = missing ? undefined : entryAt(outside(root, inside));
    if (entry === undefined) missing = true;
    if (entry === 'link' && (pending.length > 0 || followLast)) {
      links += 1;
      if (links > MAX_LINKS) throw new HostError(path, 'link-loop', 'too many levels of symbolic links');
      const target = readlinkSync(outside(root, inside));
      if (target.startsWith('/')) at = [];
      pending.unshift(...split(target));
      continue;
    }
    at = candidate;
  }
  return { path: `/${at.join('/')}`, exists: !missing };
}

/** The path on the machine Cutover runs on. Only for a path that `resolveInRoot` returned. */
export function outside(root: string, inside: string): string {
  return root === '/' ? inside : posix.join(root, inside);
}

function split(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

function entryAt(path: string): 'link' | 'other' | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new HostError(path, code === 'EACCES' ? 'denied' : 'io', String(code ?? error));
  }
}
