import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { type FileFacts, HostError, type LiveHost } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { patientDigest } from './patient-digest.ts';
import { below, inTree, type KnownDigests } from './read-entries.ts';

const POLL_MS = 2;
const LONGEST_POLL_MS = 20;
const FILES_A_TURN = 16;
const MOST_IN_DIRECTORY = 200_000;

export interface Chase {
  readonly from: string;
  readonly to: string;
  /** A copy of a file with a later time may have that while it is half made: file systems tell times in steps. */
  readonly settledBefore: bigint;
  /** Digests of the original that are a guess, and count where the copy has the same. */
  readonly ahead?: KnownDigests | undefined;
}

/**
 * SHA-256 of the files of a copy and of their originals, by their absolute paths, read while `cp -a` is still busy with those
 * after them. A file of the copy is whole when it has its original's time, which `cp` sets last; the others are read when
 * `cp` has ended. It is for the caller to compare the times of both afterwards: what was written to meanwhile has another.
 * What can't be read is left out.
 */
export async function chaseCopy(
  live: LiveHost,
  { from, to, settledBefore, ahead }: Chase,
  copying: Promise<unknown>,
): Promise<KnownDigests> {
  const digests = new Map<string, string>();
  const known: KnownDigests = { digestOf: (path) => digests.get(path) };
  const cp: { state: 'at work' | 'done' | 'failed' } = { state: 'at work' };
  const ended = copying.then(
    () => (cp.state = 'done'),
    () => (cp.state = 'failed'),
  );
  let host = live.remembering();
  let reads = 0;
  const read = async (at: string, { size }: FileFacts): Promise<string | undefined> => {
    reads += 1;
    if (reads % FILES_A_TURN === 0) await turn();
    try {
      const digest = digests.get(at) ?? (await patientDigest(host, at, size));
      digests.set(at, digest);
      return digest;
    } catch (error) {
      if (error instanceof HostError) return undefined;
      throw error;
    }
  };
  const readBoth = async ([path, facts]: FileOfTree): Promise<void> => {
    const original = inTree(from, path);
    const digest = await read(inTree(to, path), facts);
    if (digest !== undefined && digest === ahead?.digestOf(original)) digests.set(original, digest);
    else await read(original, facts);
  };
  const isWhole = ([path, { mtimeNs }]: FileOfTree): boolean =>
    ifReadable(() => host.lstat(inTree(to, path)))?.mtimeNs === mtimeNs;

  const unsettled: FileOfTree[] = [];
  for (const file of filesAsCopied(live, from)) {
    const [path, facts] = file;
    if (facts.mtimeNs >= settledBefore) {
      unsettled.push(file);
      if (ahead?.digestOf(inTree(from, path)) === undefined) await read(inTree(from, path), facts);
      continue;
    }
    for (
      let wait = POLL_MS;
      cp.state === 'at work' && !isWhole(file);
      wait = Math.min(2 * wait, LONGEST_POLL_MS)
    ) {
      await sleep(wait);
      host = live.remembering();
    }
    if (cp.state === 'failed') return known;
    await readBoth(file);
  }
  if ((await ended) === 'failed') return known;
  host = live.remembering();
  for (const file of unsettled) await readBoth(file);
  return known;
}

type FileOfTree = readonly [path: string, facts: FileFacts];

/** The files of a tree, paths relative to it, about in the order in which `cp` takes them: a directory's by their inodes. */
function* filesAsCopied(live: LiveHost, root: string): Generator<FileOfTree> {
  const facts = ifReadable(() => live.lstat(root));
  const pending: FileOfTree[] = facts === undefined ? [] : [['.', facts]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, { type }] = next;
    if (type === 'file') yield next;
    if (type !== 'directory') continue;
    const entries = [...(ifReadable(() => live.entries(inTree(root, path), MOST_IN_DIRECTORY)) ?? [])];
    for (const [name, each] of entries.sort(([, a], [, b]) => inodeOf(b) - inodeOf(a)))
      pending.push([below(path, name), each]);
  }
}

function inodeOf({ identity }: FileFacts): number {
  return Number(identity.slice(identity.indexOf(':') + 1));
}
