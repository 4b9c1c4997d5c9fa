import { type FileFacts, type Host, HostError } from '../host/host.ts';

/** What lies in a directory and below it. A file with several names counts once. */
export interface DirectorySize {
  /** Everything that is no directory. */
  readonly files: number;
  /** Bytes that reading the files would give, holes included. */
  readonly bytes: number;
  /** Bytes on the disk, the directories' own included, as du(1) counts them; undefined where the host can't tell. */
  readonly onDisk: number | undefined;
  /** There is more: the count was ended at so many entries. */
  readonly endedAt: number | undefined;
  /** Directories that could not be read, each with the reason. */
  readonly unread: readonly string[];
}

/** What most services keep is less; counting so many takes a fifth of a second. */
const MOST_ENTRIES = 10_000;

/**
 * Counts what lies below a directory. Links are not followed but for `path` itself; other file systems below it are counted
 * along. Throws `HostError` where nothing can be said of `path`.
 */
export function directorySize(host: Host, path: string, most = MOST_ENTRIES): DirectorySize {
  const count = new Count(most);
  const top = host.realPath(path) ?? path;
  const facts = host.lstat(top);
  if (facts !== undefined) count.add(facts);
  const pending = [top];
  for (let at = pending.pop(); at !== undefined && !count.isFull; at = pending.pop()) {
    const under = at === '/' ? '' : at;
    for (const [name, entry] of entriesOf(host, at, count)) {
      count.add(entry);
      if (entry.type === 'directory') pending.push(`${under}/${name}`);
    }
  }
  return count.size;
}

class Count {
  readonly unread: string[] = [];
  readonly #most: number;
  readonly #several = new Set<string>();
  #entries = 0;
  #files = 0;
  #bytes = 0;
  #onDisk: number | undefined = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** One more than is counted tells that there is more. */
  get left(): number {
    return this.#most - this.#entries + 1;
  }

  get isFull(): boolean {
    return this.#entries > this.#most;
  }

  get size(): DirectorySize {
    const endedAt = this.isFull ? this.#most : undefined;
    return { files: this.#files, bytes: this.#bytes, onDisk: this.#onDisk, endedAt, unread: this.unread };
  }

  add({ type, links, identity, size, onDisk }: FileFacts): void {
    this.#entries += 1;
    if (this.isFull) return;
    if (type !== 'directory') {
      if (this.#several.has(identity)) return;
      if (links > 1) this.#several.add(identity);
      this.#files += 1;
      this.#bytes += size;
    }
    this.#onDisk = onDisk === undefined || this.#onDisk === undefined ? undefined : this.#onDisk + onDisk;
  }
}

function entriesOf(host: Host, path: string, { left, unread }: Count): ReadonlyMap<string, FileFacts> {
  try {
    return host.entries(path, left) ?? new Map<string, FileFacts>();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    unread.push(error.message);
    return new Map();
  }
}
