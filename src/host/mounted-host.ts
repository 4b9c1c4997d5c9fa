import { followLinks, type Resolved } from './follow-links.ts';
import { type FileFacts, type Host, HostError, type OpenFile } from './host.ts';
import { isWithin } from '../text/is-within.ts';

/** What is mounted over one path. The path is free of links, in the view of the mounts before it. */
export interface HostMount {
  readonly at: string;
  readonly shows:
    | { readonly kind: 'tree'; readonly host: Host; readonly path: string }
    /** A directory with nothing in it, or a file of no bytes. */
    | { readonly kind: 'empty'; readonly type: 'directory' | 'file'; readonly mode: number };
}

/** A host with file systems mounted over some of its paths: what is below them is not seen any more. Links are followed in the view that results. */
export class MountedHost implements Host {
  readonly kind: Host['kind'];
  readonly over: Host;
  readonly #mounts: readonly HostMount[];
  readonly #points: ReadonlyMap<string, ReadonlySet<string>>;

  /** Of two mounts over one path the last counts. */
  constructor(base: Host, mounts: readonly HostMount[]) {
    this.kind = base.kind;
    this.over = base;
    this.#mounts = mounts.toReversed().toSorted((a, b) => b.at.length - a.at.length);
    this.#points = namesByDirectory(mounts.map(({ at }) => at));
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
    const { path: resolved, exists } = this.#resolve(path, false);
    if (!exists) throw absent(path);
    if (this.#facts(resolved)?.type !== 'link') throw new HostError(path, 'not-a-file', 'not a link');
    return this.#targetOf(resolved);
  }

  realPath(path: string): string | undefined {
    const { path: resolved, exists } = this.#resolve(path, true);
    return exists ? resolved : undefined;
  }

  list(path: string): readonly string[] | undefined {
    const { path: resolved, exists } = this.#resolve(path, true);
    if (!exists || this.#facts(resolved)?.type !== 'directory') return undefined;
    const source = this.#sourceOf(resolved);
    const names = source.kind === 'tree' ? (source.host.list(source.path) ?? []) : [];
    return [...new Set([...names, ...(this.#points.get(resolved) ?? [])])].sort();
  }

  entries(path: string, most: number): ReadonlyMap<string, FileFacts> | undefined {
    const found = this.list(path)
      ?.slice(0, most)
      .flatMap((name) => {
        const facts = this.lstat(`${path}/${name}`);
        return facts === undefined ? [] : [[name, facts] as const];
      });
    return found === undefined ? undefined : new Map(found);
  }

  extendedAttribute(path: string, name: string): Uint8Array | undefined {
    const source = this.#existing(path);
    return source.kind === 'tree' ? source.host.extendedAttribute(source.path, name) : undefined;
  }

  readFile(path: string, limit?: number): Uint8Array {
    const source = this.#existing(path);
    return source.kind === 'tree' ? source.host.readFile(source.path, limit) : nothingOf(path, source);
  }

  open(path: string): OpenFile {
    const source = this.#existing(path);
    if (source.kind === 'tree') return source.host.open(source.path);
    const bytes = nothingOf(path, source);
    return { size: 0, read: () => bytes, close: () => undefined };
  }

  #existing(path: string): HostMount['shows'] {
    const { path: resolved, exists } = this.#resolve(path, true);
    if (!exists) throw absent(path);
    return this.#sourceOf(resolved);
  }

  /** Whom to ask for a path that is free of links. */
  #sourceOf(resolved: string): HostMount['shows'] {
    const mount = this.#mounts.find(({ at }) => isWithin(resolved, at));
    if (mount === undefined) return { kind: 'tree', host: this.over, path: resolved };
    const { at, shows } = mount;
    const below = at === '/' ? resolved : resolved.slice(at.length);
    if (shows.kind === 'tree') return { ...shows, path: joined(shows.path, below) };
    return below === '' || below === '/' ? shows : NOTHING;
  }

  #facts(resolved: string): FileFacts | undefined {
    const source = this.#sourceOf(resolved);
    const isPoint = this.#points.has(resolved);
    if (source === NOTHING) return isPoint ? emptyFacts(resolved, MOUNT_POINT) : undefined;
    if (source.kind === 'empty') return emptyFacts(resolved, source);
    const facts = source.host.lstat(source.path);
    return facts ?? (isPoint ? emptyFacts(resolved, MOUNT_POINT) : undefined);
  }

  #targetOf(link: string): string {
    const source = this.#sourceOf(link);
    if (source.kind !== 'tree') throw absent(link);
    return source.host.readLink(source.path);
  }

  #resolve(path: string, followLast: boolean): Resolved {
    return followLinks(path, followLast, {
      typeOf: (inside) => this.#facts(inside)?.type,
      targetOf: (link) => this.#targetOf(link),
    });
  }
}

/** Below a directory that has nothing in it. */
const NOTHING = { kind: 'empty', type: 'directory', mode: 0o755 } as const;

/** A directory that is made so that something can be mounted below it. */
const MOUNT_POINT = NOTHING;

function emptyFacts(path: string, { type, mode }: Pick<FileFacts, 'type' | 'mode'>): FileFacts {
  const identity = `mounted:${path}`;
  return { type, mode, uid: 0, gid: 0, size: 0, mtimeNs: 0n, links: 1, identity };
}

function nothingOf(path: string, { type }: Pick<FileFacts, 'type'>): Uint8Array {
  if (type !== 'file') throw new HostError(path, 'not-a-file', 'a directory');
  return new Uint8Array();
}

function absent(path: string): HostError {
  return new HostError(path, 'absent', 'no such file');
}

function joined(path: string, below: string): string {
  return path === '/' ? below || '/' : below === '/' ? path : `${path}${below}`;
}

/** Each directory above one of these paths, with the names of it that lead there. */
function namesByDirectory(paths: readonly string[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let at = path; at !== '/'; ) {
      const cut = at.lastIndexOf('/');
      const above = cut === 0 ? '/' : at.slice(0, cut);
      names.set(above, (names.get(above) ?? new Set()).add(at.slice(cut + 1)));
      at = above;
    }
  }
  return names;
}
