import type { FileFacts, LiveHost } from '../host/host.ts';
import type { Entry } from '../journal/entry.ts';
import { inTree, type KnownDigests } from './read-entries.ts';

/**
 * Trees that a way back has laid beside their places while the service still ran, and read then, so that it is not down for
 * that. A file counts as the one that was read, wherever it is, while nothing has been written to it and none of its facts was changed.
 */
export class LaidTrees implements KnownDigests {
  readonly #roots = new Set<string>();
  readonly #digests = new Map<string, string>();

  /** `entries` are what was read in it just now. */
  add(live: LiveHost, root: string, entries: readonly Entry[]): void {
    const host = live.remembering();
    this.#roots.add(root);
    for (const entry of entries) {
      const facts = entry.type === 'file' ? host.lstat(inTree(root, entry.path)) : undefined;
      const key = facts === undefined ? undefined : keyOf(facts);
      if (key !== undefined && entry.type === 'file') this.#digests.set(key, entry.sha256);
    }
  }

  has(root: string): boolean {
    return this.#roots.has(root);
  }

  digestOf(_path: string, facts: FileFacts): string | undefined {
    const key = keyOf(facts);
    return key === undefined ? undefined : this.#digests.get(key);
  }
}

function keyOf({ identity, size, mtimeNs, ctimeNs }: FileFacts): string | undefined {
  return ctimeNs === undefined ? undefined : `${identity} ${size} ${mtimeNs} ${ctimeNs}`;
}
