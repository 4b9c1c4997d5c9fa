import { isWithin } from '../text/is-within.ts';
import { posix } from 'node:path';
import { followLinks, type Resolved } from './follow-links.ts';
import { type FileFacts, type Host, HostError, type OpenFile } from './host.ts';
import { openArchives } from './open-archives.ts';
import type { Overlay, OverlayEntry, OverlayTree } from './overlay.ts';

const DEFAULT_LIMIT = 64 * 1024 * 1024;

/** Tomorrow's machine: a host with predicted changes laid over it. */
export class PlannedHost implements Host {
  readonly kind = 'planned';
  readonly #base: Host;
  readonly #entries: ReadonlyMap<string, OverlayEntry>;
  readonly #trees: readonly SourcedTree[];
  /** Directories that hold something predicted, with its names. */
  readonly #directories: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(base: Host, overlay: Overlay) {
    this.#base = base;
    const canonical = (path: string): string => canonicalEntry(base, path);
    this.#entries = new Map([...overlay.entries].map(([path, entry]) => [canonical(path), entry]));
    this.#trees = overlay.trees.map((tree) => ({
      at: canonical(tree.at),
      ...sourceOfTree(base, tree, overlay.trees),
    }));
    const present = [...this.#entries].filter(([, entry]) => entry.type !== 'absent').map(([path]) => path);
    this.#directories = directoriesAbove([...present, ...this.#trees.map((tree) => tree.at)]);
  }

  stat(path: string): FileFacts | undefined {
    const { path: resolved, exists } = this.#resolve(path, true);
    return exists ? this.#facts(resolved) : undefined;
  }

  lstat(path: string): FileFacts | undefined {
    const { path: resolved, exists } = this.#resolve(path, false);
    return exists ? this.#facts(resolved) : undefined;
  }

  readLink(path: string): string {
    const { path: resolved } = this.#resolve(path, false);
    const entry = this.#entries.get(resolved);
    if (entry === undefined) return this.#readLink(resolved);
    if (entry.type !== 'link') throw new HostError(path, 'not-a-file', 'not a link');
    return entry.target;
  }

  realPath(path: string): string | undefined {
    const { path: resolved, exists } = this.#resolve(path, true);
    return exists ? resolved : undefined;
  }

  list(path: string): readonly string[] | undefined {
    const { path: resolved, exists } = this.#resolve(path, true);
    if (!exists || this.#facts(resolved)?.type !== 'directory') return undefined;
    const names = new Set([...(this.#listed(resolved) ?? []), ...(this.#directories.get(resolved) ?? [])]);
    const under = resolved === '/' ? '' : resolved;
    return [...names].filter((name) => this.#entries.get(`${under}/${name}`)?.type !== 'absent').sort();
  }

  entries(path: string, most: number): ReadonlyMap<string, FileFacts> | undefined {
    const names = this.list(path)?.slice(0, most);
    const found = names?.flatMap((name) => {
      const facts = this.lstat(`${path}/${name}`);
      return facts === undefined ? [] : [[name, facts] as const];
    });
    return found === undefined ? undefined : new Map(found);
  }

  /** What a plan lays down has none, the copy of a tree included. */
  extendedAttribute(path: string, name: string): Uint8Array | undefined {
    const { host, path: at } = this.#sourceOf(path);
    const isNew = this.#entries.has(this.#resolve(path, true).path) || host !== this.#base;
    return isNew ? undefined : host.extendedAttribute(at, name);
  }

  readFile(path: string, limit: number = DEFAULT_LIMIT): Uint8Array {
    const predicted = this.#predictedFile(path);
    if (predicted === undefined) {
      const { host, path: at } = this.#sourceOf(path);
      return host.readFile(at, limit);
    }
    if (predicted.length > limit) {
      throw new HostError(
        path,
        'too-large',
        `${predicted.length} bytes, more than the ${limit} that are read`,
      );
    }
    return predicted;
  }

  open(path: string): OpenFile {
    const predicted = this.#predictedFile(path);
    if (predicted === undefined) {
      const { host, path: at } = this.#sourceOf(path);
      return host.open(at);
    }
    return {
      size: predicted.length,
      read: (offset, length) => predicted.subarray(offset, offset + length),
      close: () => undefined,
    };
  }

  #predictedFile(path: string): Uint8Array | undefined {
    const entry = this.#entries.get(this.#resolve(path, true).path);
    return entry?.type === 'file' ? Buffer.from(entry.content) : undefined;
  }

  /** Whom to ask, and for which path; throws where nothing stands at `path`. */
  #sourceOf(path: string): Source {
    const { path: resolved, exists } = this.#resolve(path, true);
    if (!exists) throw new HostError(path, 'absent', 'no such file');
    return this.#source(resolved);
  }

  #source(resolved: string): Source {
    const tree = this.#trees.find(({ at }) => isWithin(resolved, at));
    if (tree === undefined) return { host: this.#base, path: resolved };
    return {
      host: tree.host,
      path: `${tree.path}${resolved.slice(tree.at.length)}`,
      isStored: tree.isStored,
    };
  }

  #readLink(resolved: string): string {
    const { host, path } = this.#source(resolved);
    return host.readLink(path);
  }

  #listed(resolved: string): readonly string[] | undefined {
    const { host, path } = this.#source(resolved);
    return host.list(path);
  }

  /** Facts of an entry whose path is free of links but for the last component. */
  #facts(path: string): FileFacts | undefined {
    const entry = this.#entries.get(path);
    if (entry?.type === 'absent') return undefined;
    if (entry !== undefined) return predictedFacts(path, entry);
    const { host, path: at, isStored } = this.#source(path);
    const found = host.lstat(at);
    const facts = isStored === true && found !== undefined ? asStored(found) : found;
    return facts ?? (this.#directories.has(path) ? predictedDirectory(path) : undefined);
  }

  #resolve(path: string, followLast: boolean): Resolved {
    return followLinks(path, followLast, {
      typeOf: (inside) => this.#facts(inside)?.type,
      targetOf: (link) => {
        const entry = this.#entries.get(link);
        return entry?.type === 'link' ? entry.target : this.#readLink(link);
      },
    });
  }
}

interface Source {
  readonly host: Host;
  readonly path: string;
  readonly isStored?: true | undefined;
}

type SourcedTree = Source & Pick<OverlayTree, 'at'>;

function sourceOfTree(base: Host, { from, isStored }: OverlayTree, trees: readonly OverlayTree[]): Source {
  if (typeof from === 'string') return { host: base, path: from, isStored };
  if ('archives' in from) return { host: openArchives(base, from.archives), path: '', isStored };
  const { tomorrow } = from;
  const other = trees.find(({ at, from: source }) => isWithin(tomorrow, at) && !isTomorrow(source));
  if (other === undefined) return { host: base, path: tomorrow };
  const { host, path } = sourceOfTree(base, other, []);
  return { host, path: `${path}${tomorrow.slice(other.at.length)}` };
}

function isTomorrow(from: OverlayTree['from']): boolean {
  return typeof from !== 'string' && 'tomorrow' in from;
}

/** The path of an entry with the links on the way to it followed, as far as the way exists. */
function canonicalEntry(base: Host, path: string): string {
  let above = posix.dirname(path);
  let below = posix.basename(path);
  for (;;) {
    const real = base.realPath(above);
    if (real !== undefined) return posix.join(real, below);
    below = `${posix.basename(above)}/${below}`;
    above = posix.dirname(above);
  }
}

function directoriesAbove(paths: readonly string[]): Map<string, Set<string>> {
  const directories = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let at = path; at !== '/'; at = posix.dirname(at)) {
      const above = posix.dirname(at);
      directories.set(above, (directories.get(above) ?? new Set()).add(posix.basename(at)));
    }
  }
  return directories;
}

function asStored(facts: FileFacts): FileFacts {
  return { ...facts, mode: facts.type === 'link' ? facts.mode : facts.mode & 0o555, uid: 0, gid: 0 };
}

const NOT_YET = { uid: 0, gid: 0, mtimeNs: 0n, links: 1 };

function predictedDirectory(path: string): FileFacts {
  return { ...NOT_YET, type: 'directory', mode: 0o755, size: 0, identity: `planned:${path}` };
}

function predictedFacts(path: string, entry: Exclude<OverlayEntry, { type: 'absent' }>): FileFacts {
  const identity = `planned:${path}`;
  if (entry.type === 'link')
    return { ...NOT_YET, type: 'link', mode: 0o777, size: entry.target.length, identity };
  const { mode, uid, gid } = entry;
  return { ...NOT_YET, type: 'file', mode, uid, gid, size: Buffer.byteLength(entry.content), identity };
}
