import type { LiveHost } from '../host/host.ts';
import { fileDigest } from '../plan/file-digest.ts';
import { below, inTree, type KnownDigests, namesIn } from './read-entries.ts';

const MOST_FILES = 200_000;
/** Some seconds' worth: meanwhile nothing is seen to go on. */
const MOST_BYTES = 4 * 1024 ** 3;

/**
 * SHA-256 of the files of state directories, read while the service still runs, so that it is not down for that. They are
 * a guess, for the files may change until it is down: one counts where the copy that is made then has the same.
 */
export class ReadAhead implements KnownDigests {
  readonly #digests = new Map<string, string>();
  readonly #mostFiles: number;
  #room = MOST_BYTES;

  constructor(mostFiles: number = MOST_FILES) {
    this.#mostFiles = mostFiles;
  }

  /** Reads a file or tree, links not followed, as far as there is room and it can be read. */
  read(live: LiveHost, root: string): void {
    const host = live.remembering();
    const pending = ['.'];
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      if (this.#digests.size >= this.#mostFiles) return;
      try {
        const at = inTree(root, path);
        const facts = host.lstat(at);
        if (facts?.type === 'file' && facts.size <= this.#room) {
          this.#room -= facts.size;
          this.#digests.set(at, fileDigest(host, at));
        }
        if (facts?.type !== 'directory') continue;
        for (const name of namesIn(host, at)) pending.push(below(path, name));
      } catch {
        // Gone since, or unreadable; the copy tells.
      }
    }
  }

  digestOf(path: string): string | undefined {
    return this.#digests.get(path);
  }
}
