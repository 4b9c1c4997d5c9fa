import type { ArchiveNode, ArchiveTree } from '../formats/archive/archive-tree.ts';
import { type FileFacts, type Host, HostError, type OpenFile } from './host.ts';

const DEFAULT_LIMIT = 64 * 1024 * 1024;
const NANOSECONDS = 1_000_000_000;

/**
 * The tree of an archive as a root of its own, as it will stand in the store: everything belongs to root. No link is
 * followed on the way to a path; whoever wants that lays it over a host (`PlannedHost`).
 */
export class ArchiveHost implements Host {
  readonly kind = 'rooted';
  readonly #tree: ArchiveTree;
  /** Of the archive: two that are equal hold the same. */
  readonly #identity: string;

  constructor(tree: ArchiveTree, identity: string) {
    this.#tree = tree;
    this.#identity = identity;
  }

  /** Paths in the archive, each with what stands there. */
  get tree(): ArchiveTree {
    return this.#tree;
  }

  stat(path: string): FileFacts | undefined {
    return this.lstat(path);
  }

  lstat(path: string): FileFacts | undefined {
    const inner = innerPath(path);
    const node = this.#tree.get(inner);
    return node === undefined ? undefined : this.#facts(inner, node);
  }

  readLink(path: string): string {
    const node = this.#tree.get(innerPath(path));
    if (node?.type !== 'link') throw new HostError(path, 'not-a-file', 'not a link');
    return node.target;
  }

  realPath(path: string): string | undefined {
    return this.#tree.has(innerPath(path)) ? path : undefined;
  }

  list(path: string): readonly string[] | undefined {
    const node = this.#tree.get(innerPath(path));
    return node?.type === 'directory' ? [...node.names].sort() : undefined;
  }

  entries(path: string, most: number): ReadonlyMap<string, FileFacts> | undefined {
    const found = this.list(path)
      ?.slice(0, most)
      .flatMap((name) => {
        const facts = this.lstat(`${path === '/' ? '' : path}/${name}`);
        return facts === undefined ? [] : [[name, facts] as const];
      });
    return found === undefined ? undefined : new Map(found);
  }

  /** The store keeps none. */
  extendedAttribute(): undefined {
    return undefined;
  }

  readFile(path: string, limit: number = DEFAULT_LIMIT): Uint8Array {
    const { content } = this.#file(path);
    if (content.length <= limit) return content;
    throw new HostError(path, 'too-large', `${content.length} bytes, more than the ${limit} that are read`);
  }

  open(path: string): OpenFile {
    const { content } = this.#file(path);
    return {
      size: content.length,
      read: (offset, length) => content.subarray(offset, offset + length),
      close: () => undefined,
    };
  }

  #file(path: string): Extract<ArchiveNode, { type: 'file' }> {
    const node = this.#tree.get(innerPath(path));
    if (node?.type === 'file') return node;
    throw new HostError(
      path,
      node === undefined ? 'absent' : 'not-a-file',
      node === undefined ? 'no such file' : 'not a file',
    );
  }

  #facts(path: string, node: ArchiveNode): FileFacts {
    const size = node.type === 'file' ? node.content.length : node.type === 'link' ? node.target.length : 0;
    return {
      type: node.type,
      mode: node.type === 'link' ? 0o777 : node.mode,
      uid: 0,
      gid: 0,
      size,
      mtimeNs: BigInt(Math.trunc(node.mtime * NANOSECONDS)),
      identity: `${this.#identity}:${node.type === 'file' ? node.firstName : path}`,
      links: 1,
    };
  }
}

function innerPath(path: string): string {
  return path.length < 2 ? '.' : path.slice(1);
}
