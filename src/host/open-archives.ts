import { type ArchiveNode, addToTree } from '../formats/archive/archive-tree.ts';
import { MalformedArchive } from '../formats/archive/malformed-archive.ts';
import { readArchive } from '../formats/archive/read-archive.ts';
import { refuseLinksOutward } from '../formats/archive/refuse-links-outward.ts';
import { ArchiveHost } from './archive-host.ts';
import { decompress } from './decompress.ts';
import { type Host, HostError } from './host.ts';

const MAX_PACKED = 2 ** 30;

/** An archive that is not taken, and why. */
export class ArchiveRefused extends Error {
  readonly path: string;
  readonly next: string | undefined;

  constructor(path: string, { message, next }: MalformedArchive) {
    super(`${path}: ${message}`);
    this.name = 'ArchiveRefused';
    this.path = path;
    this.next = next;
  }
}

/**
 * Archives of a host, laid over one another and looked at as a whole. They are read and judged once, as long as the
 * same ones are asked for. Throws `ArchiveRefused`, or `HostError` for what can't be read.
 */
export function openArchives(host: Host, paths: readonly string[]): ArchiveHost {
  const identity = paths.map((path) => identityOf(host, path)).join(' ');
  if (last?.identity === identity) return last.archives;
  const tree = new Map<string, ArchiveNode>();
  for (const path of paths)
    refusing(path, () => addToTree(tree, readArchive(host.readFile(path, MAX_PACKED), decompress)));
  refusing(paths.join(', '), () => refuseLinksOutward(tree));
  last = { identity, archives: new ArchiveHost(tree, identity) };
  return last.archives;
}

let last: { readonly identity: string; readonly archives: ArchiveHost } | undefined;

function identityOf(host: Host, path: string): string {
  const facts = host.stat(path);
  if (facts === undefined) throw new HostError(path, 'absent', 'no such file or directory');
  return `${facts.identity}@${facts.mtimeNs}+${facts.size}`;
}

function refusing(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof MalformedArchive) throw new ArchiveRefused(path, error);
    throw error;
  }
}
