import { setImmediate as breath, setTimeout as sleep } from 'node:timers/promises';
import type { FileFacts, LiveHost } from '../host/host.ts';
import { fileDigest } from '../plan/file-digest.ts';
import { inTree, type KnownDigests } from './read-entries.ts';

const POLL_MS = 2;
/** Between two looks at whether the program has ended. */
const FILES_AT_A_TIME = 16;
const MOST_IN_DIRECTORY = 200_000;

/**
 * SHA-256 of the files of a copy and of their originals, by their absolute paths, read while `cp -a` is still busy with those
 * after them. A file of the copy is whole from when it has its original's time, for a write after that gives it another; so a
 * digest counts as long as its file has that time. Files with a time that is not `before` are left out: half made, a copy
 * of one might have it by chance. What is not read, for whatever reason, is left to who reads both afterwards.
 */
export async function chaseCopy(
  live: LiveHost,
  { from, to, before, ahead }: { from: string; to: string; before: bigint; ahead: KnownDigests | undefined },
  copying: Promise<unknown>,
): Promise<KnownDigests> {
  const digests = new Map<string, string>();
  const known: KnownDigests = { digestOf: (path) => digests.get(path) };
  const over = copying.then(
    () => true,
    () => true,
  );
  let host = live.remembering();
  try {
    for (const [path, { mtimeNs }] of filesAsCopied(live, from)) {
      if (mtimeNs >= before) continue;
      const [original, copy] = [inTree(from, path), inTree(to, path)];
      while (host.lstat(copy)?.mtimeNs !== mtimeNs) {
        if (await Promise.race([over, sleep(POLL_MS, false)])) return known;
        host = live.remembering();
      }
      if (digests.size % FILES_AT_A_TIME === 0 && (await Promise.race([over, breath(false)]))) return known;
      const digest = fileDigest(host, copy);
      digests.set(copy, digest);
      digests.set(original, ahead?.digestOf(original) === digest ? digest : fileDigest(host, original));
    }
  } catch {
    // Who reads it afterwards tells.
  }
  return known;
}

/** The files of a tree, paths relative to it, about in the order in which `cp` takes them: a directory's by their inodes. */
function* filesAsCopied(live: LiveHost, root: string): Generator<readonly [path: string, facts: FileFacts]> {
  const facts = live.lstat(root);
  const pending: (readonly [string, FileFacts])[] = facts === undefined ? [] : [['.', facts]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, { type }] = next;
    if (type === 'file') yield next;
    if (type !== 'directory') continue;
    const entries = [...(live.entries(inTree(root, path), MOST_IN_DIRECTORY) ?? [])];
    const last = entries.map(([name, each]) => [path === '.' ? name : `${path}/${name}`, each] as const);
    pending.push(...last.sort(([, a], [, b]) => inodeOf(b) - inodeOf(a)));
  }
}

function inodeOf({ identity }: FileFacts): number {
  return Number(identity.slice(identity.indexOf(':') + 1));
}
