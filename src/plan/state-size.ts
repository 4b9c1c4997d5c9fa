import { HostError, type Host } from '../host/host.ts';
import { walkTree } from '../host/walk-tree.ts';
import type { StepOfKind } from './step-duties.ts';

const MOST_ENTRIES = 1_000_000;

/**
 * How much a state directory or file holds: bytes as they are read, holes too, for a copy is compared byte by byte.
 * undefined: not all of it can be looked at, or it is too much to count.
 */
export function stateSize(host: Host, root: string): StepOfKind<'state-snapshot'>['holds'] {
  let [files, bytes, entries] = [0, 0, 0];
  const namedBefore = new Set<string>();
  try {
    if (host.lstat(root) === undefined) return 'absent';
    for (const { facts } of walkTree(host, root)) {
      entries += 1;
      if (entries > MOST_ENTRIES) return undefined;
      if (facts?.type !== 'file') continue;
      files += 1;
      if (facts.links > 1 && namedBefore.has(facts.identity)) continue;
      if (facts.links > 1) namedBefore.add(facts.identity);
      bytes += facts.size;
    }
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
  return { files, bytes };
}
