import { dirname } from 'node:path/posix';
import type { Difference } from '../documents/outcome.ts';
import type { Entry } from '../journal/entry.ts';
import { isWithin } from '../text/is-within.ts';

/** What is to be done to a copy so that it becomes equal to its original. Paths are relative to both. */
export interface Stale {
  /** What goes from the copy, whatever it is; some of it comes anew. */
  readonly toRemove: readonly string[];
  /** Files, links and whole directories that are copied again. */
  readonly toCopy: readonly string[];
  /** Directories that get the times of their originals when all that is done. */
  readonly holders: readonly string[];
}

const MOST_COPIED = 1000;
/** They are words of one command. */
const MOST_CHARACTERS = 128 * 1024;
/** A program is started for each. */
const MOST_HOLDERS = 100;

/**
 * What the differences of a copy from its original come to: undefined where the copy is to be made anew, be it that they are
 * many, be it for hard links or for a directory that itself differs in more than its time.
 */
export function staleIn(
  differences: readonly Difference[],
  original: readonly Entry[],
  copy: readonly Entry[],
): Stale | undefined {
  const paths = [...new Set(differences.map(({ path }) => path))].sort();
  if (paths.length > MOST_COPIED + MOST_HOLDERS) return undefined;
  const beyondTime = new Set(differences.filter(({ what }) => what !== 'time').map(({ path }) => path));
  const typeIn = { original: typesOf(original), copy: typesOf(copy) };
  const linked = linkedPaths([...original, ...copy]);
  const toRemove: string[] = [];
  const toCopy: string[] = [];
  const holders = new Set<string>();
  for (const path of paths) {
    const [is, was] = [typeIn.original.get(path), typeIn.copy.get(path)];
    if (is === 'directory' && was === 'directory') {
      if (beyondTime.has(path)) return undefined;
      holders.add(path);
      continue;
    }
    if (path === '.' || linked.has(path)) return undefined;
    if (was !== undefined && !isInOneOf(toRemove, path)) toRemove.push(path);
    if (is !== undefined && !isInOneOf(toCopy, path)) toCopy.push(path);
    holders.add(dirname(path));
  }
  const standing = [...holders].filter((path) => typeIn.original.has(path) && !isInOneOf(toCopy, path));
  const characters = toCopy.reduce((sum, path) => sum + path.length, 0);
  if (toCopy.length > MOST_COPIED || characters > MOST_CHARACTERS || standing.length > MOST_HOLDERS)
    return undefined;
  return { toRemove, toCopy, holders: standing };
}

function typesOf(entries: readonly Entry[]): Map<string, Entry['type']> {
  return new Map(entries.map(({ path, type }) => [path, type]));
}

/** Both names of each pair. */
function linkedPaths(entries: readonly Entry[]): Set<string> {
  return new Set(
    entries.flatMap((entry) =>
      entry.type === 'file' && entry.linkedWith !== undefined ? [entry.path, entry.linkedWith] : [],
    ),
  );
}

function isInOneOf(directories: readonly string[], path: string): boolean {
  return directories.some((directory) => isWithin(path, directory));
}
