import type { FileFacts } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import type { Entry } from '../journal/entry.ts';
import { patientDigest } from './patient-digest.ts';
import { below, inTree, type KnownDigests, namesIn, readTree } from './read-entries.ts';

const MOST_FILES = 200_000;

/**
 * Copies of state that this run has made while the service still ran, read then, so that it is not down for that. Nobody else
 * writes to them; a file counts as the one that was read while its device, inode, size and time are the same.
 */
export class OwnCopies implements KnownDigests {
  readonly #digests = new Map<string, string>();
  readonly #entries = new Map<string, readonly Entry[]>();
  readonly #mostFiles: number;

  constructor(mostFiles: number = MOST_FILES) {
    this.#mostFiles = mostFiles;
  }

  /** Reads a copy, a file or tree, links not followed. Throws `HostError` where it can't be read. */
  async read(machine: Machine, copy: string): Promise<void> {
    const host = machine.host.remembering();
    const pending = ['.'];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (this.#digests.size >= this.#mostFiles) break;
      const at = inTree(copy, path);
      const facts = host.lstat(at);
      if (facts?.type === 'file') this.#digests.set(keyOf(facts), await patientDigest(host, at, facts.size));
      if (facts?.type !== 'directory') continue;
      for (const name of namesIn(host, at)) pending.push(below(path, name));
    }
    const { entries } = await readTree(machine, copy, this);
    this.#entries.set(copy, entries);
  }

  /** What was in a copy when it was read; undefined when it was not. */
  entriesOf(copy: string): readonly Entry[] | undefined {
    return this.#entries.get(copy);
  }

  digestOf(_path: string, facts: FileFacts): string | undefined {
    return this.#digests.get(keyOf(facts));
  }
}

function keyOf({ identity, size, mtimeNs }: FileFacts): string {
  return `${identity} ${size} ${mtimeNs}`;
}
