import { HostError, type Host } from '../host/host.ts';
import { walkTree } from '../host/walk-tree.ts';

export interface StateSize {
  readonly files: number;
  /** As they are read: a hole counts, for a copy is compared byte by byte. */
  readonly bytes: number;
}

const MOST_ENTRIES = 1_000_000;

/** How much a state directory or file holds. undefined: not all of it can be looked at, or it is too much to count. */
export function stateSize(host: Host, root: string): StateSize | undefined {
  let [files, bytes, entries] = [0, 0, 0];
  try {
    for (const { facts } of walkTree(host, root)) {
      entries += 1;
      if (entries > MOST_ENTRIES) return undefined;
      if (facts?.type !== 'file') continue;
      files += 1;
      bytes += facts.size;
    }
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
  return { files, bytes };
}
