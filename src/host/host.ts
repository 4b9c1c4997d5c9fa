/**
 * A machine as Cutover sees it: the live one, a root directory, or a wrapper around another host. Reading
 * only; what changes a machine is a `Machine` (machine.ts). Paths are absolute and as seen inside the root;
 * links are followed inside the root, whatever they say.
 *
 * Every method throws `HostError` for anything but a plain answer; "not there" is an answer (`undefined`).
 */
export interface Host {
  readonly kind: 'live' | 'rooted' | 'planned';

  /** Facts of what the path leads to, links followed. */
  stat(path: string): FileFacts | undefined;
  /** Facts of the directory entry itself: a link is a link. */
  lstat(path: string): FileFacts | undefined;
  /** What the link at `path` says, as written. */
  readLink(path: string): string;
  /** The path with every link followed, or undefined when it leads nowhere. */
  realPath(path: string): string | undefined;
  /** The names in a directory, sorted; undefined when there is no such directory. */
  list(path: string): readonly string[] | undefined;
  /** The first `most` of them with their facts, a link's own; what is gone before it is looked at is left out. */
  entries(path: string, most: number): ReadonlyMap<string, FileFacts> | undefined;
  /** The content of a regular file of at most `limit` bytes (default 64 MiB). */
  readFile(path: string, limit?: number): Uint8Array;
  /** Random access to a regular file, for formats of which only parts are needed. The caller closes it. */
  open(path: string): OpenFile;
  /** An extended attribute of what the path leads to; undefined where it has none. */
  extendedAttribute(path: string, name: string): Uint8Array | undefined;
  /** The host over which this one has file systems mounted: a file that both have has the same identity. */
  readonly over?: Host;
  /** The same host for reading alone, that looks but once at the directories and links on the way to its files. */
  remembering?(): Host;
}

/** A host that is there, and so may become another between two looks at it. */
export interface LiveHost extends Host {
  remembering(): LiveHost;
}

export interface FileFacts {
  readonly type: 'file' | 'directory' | 'link' | 'other';
  /** Permission bits, without the file type. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Bytes that it takes on its disk: a hole takes none. undefined where that is not known. */
  readonly onDisk?: number;
  readonly mtimeNs: bigint;
  /** When content or facts changed last; unlike `mtimeNs` nobody can set it. undefined where there is no such time. */
  readonly ctimeNs?: bigint;
  /** Device and inode, equal for two names of one file. */
  readonly identity: string;
  readonly links: number;
}

/** Bytes that can be read in parts. `read` returns fewer bytes than asked for only at the end. */
export interface ByteSource {
  readonly size: number;
  /** The bytes may be put into `into`, so that there is nothing to allocate: they hold until that is used again. */
  read(offset: number, length: number, into?: Uint8Array): Uint8Array;
}

export interface OpenFile extends ByteSource {
  close(): void;
}

export type HostErrorReason =
  | 'absent'
  | 'denied'
  | 'not-a-file'
  | 'too-large'
  | 'link-loop'
  | 'full'
  | 'read-only'
  | 'io';

/** What was to be done with a path. */
export type HostDeed = 'read' | 'written';

/** A path that could not be read or written, and why. */
export class HostError extends Error {
  readonly path: string;
  readonly reason: HostErrorReason;
  readonly deed: HostDeed;

  constructor(path: string, reason: HostErrorReason, detail: string, deed: HostDeed = 'read') {
    super(`${path}: ${detail}`);
    this.name = 'HostError';
    this.path = path;
    this.reason = reason;
    this.deed = deed;
  }
}
