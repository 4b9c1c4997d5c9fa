import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import type { Host } from '../host/host.ts';
import { fileDigest } from './file-digest.ts';
import { octalMode } from '../text/octal-mode.ts';

/** A replacement's content, as the store identifies it. See docs/format/store.md. */
export interface ReplacementScan {
  readonly digest: string;
  /** Files and links. */
  readonly files: number;
  readonly bytes: number;
  /** Files that hold the directory's own path, at most a few: such a tree must not be moved. */
  readonly namesItself: readonly string[];
  /** What the store can't hold, at most a few. */
  readonly problems: readonly string[];
}

const MAX_ENTRIES = 1_000_000;
const MAX_NAMED = 3;

/** Reads a replacement's whole tree, or the one file that it is. Throws `HostError` for what cannot be read. `ownPaths` are what its files are looked through for. */
export function scanReplacement(
  host: Host,
  directory: string,
  ownPaths: readonly string[] = [],
): ReplacementScan {
  const lines = new Map<string, string>();
  const namesItself: string[] = [];
  const problems: string[] = [];
  let files = 0;
  let bytes = 0;
  // A single file is kept in a directory of its own.
  const isFile = host.lstat(directory)?.type === 'file';
  if (isFile) lines.set('.', 'd 0555 "."');
  const top = isFile ? dirname(directory) : directory;
  const pending = [isFile ? basename(directory) : '.'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const at = path === '.' ? directory : `${top}/${path}`;
    const facts = host.lstat(at);
    if (facts === undefined || lines.size >= MAX_ENTRIES) {
      problems.push(
        facts === undefined ? `${at} went away while it was read` : `more than ${MAX_ENTRIES} entries`,
      );
      break;
    }
    const name = JSON.stringify(path);
    const mode = octalMode(facts.mode & 0o555);
    if (facts.type === 'directory') {
      lines.set(path, `d ${mode} ${name}`);
      for (const child of host.list(at) ?? []) pending.push(path === '.' ? child : `${path}/${child}`);
    } else if (facts.type === 'link') {
      lines.set(path, `l ${JSON.stringify(host.readLink(at))} ${name}`);
      files += 1;
    } else if (facts.type === 'file') {
      const special = specialBits(facts.mode);
      if (special !== undefined && problems.length < MAX_NAMED) problems.push(`${at} is ${special}`);
      const searches = ownPaths.map((own) => new PathSearch(own));
      lines.set(
        path,
        `f ${mode} ${fileDigest(host, at, searches.length === 0 ? undefined : (chunk) => searches.forEach((search) => search.see(chunk)))} ${name}`,
      );
      files += 1;
      bytes += facts.size;
      if (searches.some(({ found }) => found) && namesItself.length < MAX_NAMED) namesItself.push(path);
    } else if (problems.length < MAX_NAMED) {
      problems.push(`${at} is neither a file, a directory nor a link`);
    }
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`);
  const hash = createHash('sha256').update('cutover-store 1\n');
  for (const line of sorted) hash.update(line);
  return { digest: hash.digest('hex'), files, bytes, namesItself: namesItself.sort(), problems };
}

/** The store does not keep them: it would show such a program to everybody, wherever it came from. */
function specialBits(mode: number): string | undefined {
  if ((mode & 0o4000) !== 0) return 'set-user-ID';
  return (mode & 0o2010) === 0o2010 ? 'set-group-ID' : undefined;
}

/** Looks for a path in bytes that come in chunks. */
class PathSearch {
  found = false;
  readonly #path: Buffer;
  #tail: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = Buffer.from(path);
  }

  see(chunk: Uint8Array): void {
    if (this.found) return;
    const bytes = Buffer.concat([this.#tail, chunk]);
    this.found = bytes.includes(this.#path);
    this.#tail = bytes.subarray(Math.max(0, bytes.length - this.#path.length + 1));
  }
}
