import type { Machine } from '../host/machine.ts';
import type { AttributesByPath } from '../host/machine.ts';
import type { FileFacts, Host, LiveHost } from '../host/host.ts';
import type { Entry } from '../journal/entry.ts';
import type { ReadAhead } from './read-ahead.ts';
import { fileDigest } from '../plan/file-digest.ts';

export interface ReadEntries {
  /** Sorted by path. */
  readonly entries: readonly Entry[];
  readonly notExamined: readonly string[];
}

/** What was seen to be there. */
export type PresentEntry = Exclude<Entry, { type: 'absent' }>;

const MAX_ENTRIES = 5_000_000;
const NO_ATTRIBUTES =
  'extended attributes, ACLs and capabilities (getfattr is not installed; Debian: apt install attr)';

/** What stands at each of the paths, links not followed. */
export async function readEntries(machine: Machine, paths: readonly string[]): Promise<ReadEntries> {
  const host = machine.host.remembering();
  const sorted = [...new Set(paths)].sort();
  const existing = sorted.filter((path) => host.lstat(path) !== undefined);
  return await withAttributes(
    machine.files.attributes(existing, false),
    async () =>
      sorted.map((path): Entry => {
        const facts = host.lstat(path);
        return facts === undefined ? { type: 'absent', path } : bareEntryOf(host, facts, path, path);
      }),
    (path) => path,
  );
}

/** Every entry of a tree (a file or link is a tree of one), paths relative to `root`, which is `.` itself. */
export async function readTree(machine: Machine, root: string): Promise<ReadEntries> {
  if (machine.host.lstat(root) === undefined)
    return { entries: [{ type: 'absent', path: '.' }], notExamined: [] };
  return await withAttributes(
    machine.files.attributes([root], true),
    async () => readBareTree(machine.host, root),
    (path) => inTree(root, path),
  );
}

/** The program that lists attributes works meanwhile. */
async function withAttributes(
  reading: Promise<AttributesByPath | undefined>,
  read: () => Promise<readonly Entry[]>,
  at: (path: string) => string,
): Promise<ReadEntries> {
  const [attributesByPath, bare] = await Promise.all([reading, read()]);
  return {
    entries: bare.map((entry) => withAttributesOf(entry, at(entry.path), attributesByPath)),
    notExamined: attributesByPath === undefined ? [NO_ATTRIBUTES] : [],
  };
}

/** An entry with the attributes that were found at its absolute path. */
export function withAttributesOf<E extends Entry>(
  entry: E,
  at: string,
  attributesByPath: AttributesByPath | undefined,
): E {
  const attributes = attributesByPath?.get(at);
  return attributes === undefined || entry.type === 'absent' ? entry : { ...entry, attributes };
}

/** The entries of a tree that is there, without their attributes. `ahead` are digests that are taken for true. */
export function readBareTree(
  live: LiveHost,
  root: string,
  { ahead, most = MAX_ENTRIES }: { readonly ahead?: ReadAhead | undefined; readonly most?: number } = {},
): PresentEntry[] {
  const host = live.remembering();
  const factsOf = new Map<string, FileFacts>();
  const pending = ['.'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (factsOf.size === most) throw new Error(`${root} has more than ${most} entries`);
    const at = inTree(root, path);
    const facts = host.lstat(at);
    if (facts === undefined) throw new Error(`${at} went away while it was read, or its name is not UTF-8`);
    factsOf.set(path, facts);
    if (facts.type !== 'directory') continue;
    for (const name of namesIn(host, at)) pending.push(path === '.' ? name : `${path}/${name}`);
  }
  const firstOf = new Map<string, string>();
  const sorted = [...factsOf].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([path, facts]) =>
    bareEntryOf(host, facts, path, inTree(root, path), { firstOf, ahead }),
  );
}

/** The names in what was a directory when it was looked at; none when it has gone since. */
export function namesIn(host: Host, directory: string): readonly string[] {
  return host.list(directory) ?? [];
}

/** The absolute path of an entry of a tree. */
export function inTree(root: string, path: string): string {
  return path === '.' ? root : `${root}/${path}`;
}

/** Without attributes. */
function bareEntryOf(
  host: Host,
  facts: FileFacts,
  path: string,
  at: string,
  { firstOf, ahead }: { firstOf?: Map<string, string>; ahead?: ReadAhead | undefined } = {},
): PresentEntry {
  const { mode, uid, gid, size } = facts;
  const owned = { path, uid, gid, mtimeNs: String(facts.mtimeNs) };
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
      const sha256 = ahead?.digestOf(at) ?? fileDigest(host, at);
      return { type: 'file', ...owned, mode, size, sha256, ...linked };
    }
  }
}
