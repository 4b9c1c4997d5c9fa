import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { followLinks, type Resolved } from './follow-links.ts';
import { guarded } from './guarded.ts';
import { placeOfRoot, refuseKernelFile, withEntry } from './held-entry.ts';
import { type FileFacts, type Host, HostError, type OpenFile } from './host.ts';
import { readAttribute } from './read-attribute.ts';
import { factsOfStats, outside, rememberedEntries, type RootEntries, rootEntries } from './root-entries.ts';

const HAS_PROC = existsSync('/proc/self/fd');
const DEFAULT_LIMIT = 64 * 1024 * 1024;

/** A root directory as a host; with root `/` and kind `live`, the machine itself. */
export class RootedHost implements Host {
  readonly kind: 'live' | 'rooted';
  readonly root: string;
  readonly #entries: RootEntries;
  /** Where the kernel says the root is; undefined where nothing is held: on the machine itself, and without a /proc. */
  #place: string | undefined;

  constructor(root: string, kind: 'live' | 'rooted' = 'rooted', entries: RootEntries = rootEntries(root)) {
    this.root = root;
    this.kind = kind;
    this.#entries = entries;
  }

  remembering(): RootedHost {
    return new RootedHost(this.root, this.kind, rememberedEntries(this.#entries));
  }

  stat(path: string): FileFacts | undefined {
    return this.#facts(path, true);
  }

  lstat(path: string): FileFacts | undefined {
    return this.#facts(path, false);
  }

  readLink(path: string): string {
    const resolved = this.#resolve(path, false);
    const link = outside(this.root, resolved.path);
    const place = this.#placeOfRoot();
    if (place === undefined) return guarded(path, () => readlinkSync(link));
    return guarded(path, () =>
      // The root itself may be named by a link.
      withEntry(outside(this.root, dirname(resolved.path)), place, path, ({ path: held }) =>
        readlinkSync(`${held}/${basename(link)}`),
      ),
    );
  }

  realPath(path: string): string | undefined {
    const resolved = this.#resolve(path);
    return resolved.exists ? resolved.path : undefined;
  }

  list(path: string): readonly string[] | undefined {
    const resolved = this.#resolve(path);
    if (!resolved.exists) return undefined;
    const directory = outside(this.root, resolved.path);
    const place = this.#placeOfRoot();
    if (place !== undefined) {
      return guarded(path, () =>
        withEntry(directory, place, path, ({ stats, path: held }) =>
          stats.isDirectory() ? readdirSync(held).sort() : undefined,
        ),
      );
    }
    if (this.#entries.typeOf(resolved.path) !== 'directory') return undefined;
    return guarded(path, () => readdirSync(directory).sort());
  }

  entries(path: string, most: number): ReadonlyMap<string, FileFacts> | undefined {
    const resolved = this.#resolve(path);
    if (!resolved.exists) return undefined;
    const directory = outside(this.root, resolved.path);
    const place = this.#placeOfRoot();
    if (place === undefined) {
      if (!guarded(path, () => lstatSync(directory)).isDirectory()) return undefined;
      return guarded(path, () => entriesIn(directory, most));
    }
    return guarded(path, () =>
      withEntry(directory, place, path, ({ stats, path: held }) =>
        stats.isDirectory() ? entriesIn(held, most) : undefined,
      ),
    );
  }

  extendedAttribute(path: string, name: string): Uint8Array | undefined {
    const resolved = this.#resolve(path);
    if (!resolved.exists) throw new HostError(path, 'absent', 'no such file');
    const entry = outside(this.root, resolved.path);
    const place = this.#placeOfRoot();
    if (place === undefined) return readAttribute(entry, name, path);
    return guarded(path, () =>
      withEntry(entry, place, path, ({ descriptor }) =>
        readAttribute(`/proc/${process.pid}/fd/${descriptor}`, name, path),
      ),
    );
  }

  readFile(path: string, limit: number = DEFAULT_LIMIT): Uint8Array {
    const file = this.open(path);
    try {
      if (file.size > limit) {
        throw new HostError(path, 'too-large', `${file.size} bytes, more than the ${limit} that are read`);
      }
      // Files of /proc and /sys say 0 and hold more: read until the end, up to the limit.
      return file.size > 0 ? file.read(0, file.size) : readToEnd(file, path, limit);
    } finally {
      file.close();
    }
  }

  open(path: string): OpenFile {
    const resolved = this.#resolve(path);
    if (!resolved.exists) throw new HostError(path, 'absent', 'no such file');
    const file = outside(this.root, resolved.path);
    return new RegularFile(
      path,
      guarded(path, () => this.#openRegular(file, resolved.path, path)),
    );
  }

  /** Never opens what blocks or acts when opened: a pipe, a device, a socket. */
  #openRegular(file: string, inside: string, path: string): number {
    const place = this.#placeOfRoot();
    if (place !== undefined) {
      return withEntry(file, place, path, (held) => {
        if (!held.stats.isFile()) throw notAFile(path);
        refuseKernelFile(path, held);
        return openSync(held.path, 'r');
      });
    }
    if (this.#entries.typeOf(inside) !== 'file') throw notAFile(path);
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  }

  #placeOfRoot(): string | undefined {
    if (this.kind === 'live' || !HAS_PROC) return undefined;
    this.#place ??= guarded('/', () => placeOfRoot(this.root));
    return this.#place;
  }

  #resolve(path: string, followLast = true): Resolved {
    return followLinks(path, followLast, this.#entries);
  }

  #facts(path: string, follow: boolean): FileFacts | undefined {
    const resolved = this.#resolve(path, follow);
    if (!resolved.exists) return undefined;
    const place = this.#placeOfRoot();
    if (place === undefined) return this.#entries.factsOf(resolved.path);
    const entry = outside(this.root, resolved.path);
    return guarded(path, () => withEntry(entry, place, path, ({ stats }) => factsOfStats(stats)));
  }
}

/** Its size is asked for by those who need it: who reads a small file to its end does not. */
class RegularFile implements OpenFile {
  readonly #path: string;
  readonly #descriptor: number;
  #size: number | undefined;

  constructor(path: string, descriptor: number) {
    this.#path = path;
    this.#descriptor = descriptor;
  }

  get size(): number {
    this.#size ??= guarded(this.#path, () => fstatSync(this.#descriptor).size);
    return this.#size;
  }

  read(offset: number, length: number, into?: Uint8Array): Uint8Array {
    return guarded(this.#path, () => readAt(this.#descriptor, offset, length, into));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function notAFile(path: string): HostError {
  return new HostError(path, 'not-a-file', 'not a regular file');
}

/** The machine Cutover runs on. */
export function liveHost(): RootedHost {
  return new RootedHost('/', 'live');
}

function entriesIn(directory: string, most: number): ReadonlyMap<string, FileFacts> {
  return new Map(
    readdirSync(directory)
      .sort()
      .slice(0, most)
      .flatMap((name) => {
        const stats = lstatSync(`${directory}/${name}`, { bigint: true, throwIfNoEntry: false });
        return stats === undefined ? [] : [[name, factsOfStats(stats)] as const];
      }),
  );
}

function readAt(descriptor: number, offset: number, length: number, into?: Uint8Array): Uint8Array {
  const bytes =
    into === undefined || into.length < length ? new Uint8Array(length) : into.subarray(0, length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, offset + filled);
    if (count === 0) return bytes.subarray(0, filled);
    filled += count;
  }
  return bytes;
}

function readToEnd(file: OpenFile, path: string, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const chunk = file.read(total, 65536);
    if (chunk.length === 0) return Buffer.concat(chunks);
    total += chunk.length;
    if (total > limit) throw new HostError(path, 'too-large', `more than the ${limit} bytes that are read`);
    chunks.push(chunk);
  }
}
