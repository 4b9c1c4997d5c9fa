import type { Machine } from '../host/machine.ts';
import type { AttributesByPath } from '../host/machine.ts';
import type { Host } from '../host/host.ts';
import type { Entry } from '../journal/entry.ts';
import { fileDigest } from '../plan/file-digest.ts';

export interface ReadEntries {
  /** Sorted by path. */
  readonly entries: readonly Entry[];
  readonly notExamined: readonly string[];
}

const MAX_ENTRIES = 5_000_000;
const NO_ATTRIBUTES =
  'extended attributes, ACLs and capabilities (getfattr is not installed; Debian: apt install attr)';

/** What stands at each of the paths, links not followed. */
export async function readEntries(machine: Machine, paths: readonly string[]): Promise<ReadEntries> {
  const sorted = [...new Set(paths)].sort();
  const existing = sorted.filter((path) => machine.host.lstat(path) !== undefined);
  const attributes = await machine.files.attributes(existing, false);
  const entries = sorted.map((path) => entryOf(machine.host, path, path, attributes, undefined));
  return { entries, notExamined: attributes === undefined ? [NO_ATTRIBUTES] : [] };
}

/** Every entry of a tree (a file or link is a tree of one), paths relative to `root`, which is `.` itself. */
export async function readTree(machine: Machine, root: string): Promise<ReadEntries> {
  if (machine.host.lstat(root) === undefined)
    return { entries: [{ type: 'absent', path: '.' }], notExamined: [] };
  const attributes = await machine.files.attributes([root], true);
  const paths: string[] = [];
  const pending = ['.'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    paths.push(path);
    if (paths.length > MAX_ENTRIES) throw new Error(`${root} has more than ${MAX_ENTRIES} entries`);
    const at = inTree(root, path);
    const type = machine.host.lstat(at)?.type;
    if (type === undefined) throw new Error(`${at} went away while it was read, or its name is not UTF-8`);
    if (type !== 'directory') continue;
    for (const name of machine.host.list(at) ?? []) pending.push(path === '.' ? name : `${path}/${name}`);
  }
  const firstOf = new Map<string, string>();
  const entries = paths
    .sort()
    .map((path) => entryOf(machine.host, path, inTree(root, path), attributes, firstOf));
  return { entries, notExamined: attributes === undefined ? [NO_ATTRIBUTES] : [] };
}

/** The absolute path of an entry of a tree. */
export function inTree(root: string, path: string): string {
  return path === '.' ? root : `${root}/${path}`;
}

function entryOf(
  host: Host,
  path: string,
  at: string,
  attributesByPath: AttributesByPath | undefined,
  firstOf: Map<string, string> | undefined,
): Entry {
  const facts = host.lstat(at);
  if (facts === undefined) return { type: 'absent', path };
  const attributes = attributesByPath?.get(at);
  const { mode, uid, gid } = facts;
  const owned = {
    path,
    uid,
    gid,
    mtimeNs: String(facts.mtimeNs),
    ...(attributes === undefined ? {} : { attributes }),
  };
  switch (facts.type) {
    case 'link':
      return { type: 'link', ...owned, target: host.readLink(at) };
    case 'directory':
      return { type: 'directory', ...owned, mode };
    case 'other':
      return { type: 'other', ...owned, mode };
    case 'file': {
      const first = facts.links > 1 ? firstOf?.get(facts.identity) : undefined;
      if (facts.links > 1 && first === undefined) firstOf?.set(facts.identity, path);
      const linked = first === undefined ? {} : { linkedWith: first };
      return { type: 'file', ...owned, mode, size: facts.size, sha256: fileDigest(host, at), ...linked };
    }
  }
}
