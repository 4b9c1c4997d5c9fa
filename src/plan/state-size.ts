import { type FileFacts, type Host, HostError } from '../host/host.ts';
import { KeptPerHost } from '../host/kept-per-host.ts';
import type { StepOfKind } from './step-duties.ts';

const MOST_ENTRIES = 1_000_000;

type StateSize = StepOfKind<'state-snapshot'>['holds'];

/** A plan is made twice over one host. */
const sizes: KeptPerHost<Map<string, StateSize>> = new KeptPerHost();

/**
 * How much a state directory or file holds: bytes as they are read, holes too, for a copy is compared byte by byte.
 * undefined: not all of it can be looked at, or it is too much to count.
 */
export function stateSize(host: Host, root: string): StateSize {
  const known = sizes.of(host, () => new Map());
  if (!known.has(root)) known.set(root, counted(host, root));
  return known.get(root);
}

function counted(host: Host, root: string): StateSize {
  let [files, bytes, entries] = [0, 0, 0];
  const namedBefore = new Set<string>();
  try {
    const top = host.lstat(root);
    if (top === undefined) return 'absent';
    const pending: [string, FileFacts][] = [[root, top]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [path, { type, links, identity, size }] = next;
      entries += 1;
      if (entries > MOST_ENTRIES) return undefined;
      // Not one by one: a host that remembers would keep the facts of a million files.
      if (type === 'directory')
        for (const [name, facts] of host.entries(path, MOST_ENTRIES) ?? [])
          pending.push([`${path}/${name}`, facts]);
      if (type !== 'file') continue;
      files += 1;
      if (links > 1 && namedBefore.has(identity)) continue;
      if (links > 1) namedBefore.add(identity);
      bytes += size;
    }
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
  return { files, bytes };
}
