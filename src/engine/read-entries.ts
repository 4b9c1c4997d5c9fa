import type { Machine } from '../host/machine.ts';
import type { AttributesByPath } from '../host/machine.ts';
import type { FileFacts, Host, LiveHost } from '../host/host.ts';
import type { Entry } from '../journal/entry.ts';
import { fileDigest } from '../plan/file-digest.ts';

export interface ReadEntries {
  /** Sorted by path. */
  readonly entries: readonly Entry[];
  readonly notExamined: readonly string[];
}

/** What was seen to be there. */
export type PresentEntry = Exclude<Entry, { type: 'absent' }>;

/** Digests of files that were read before, by their absolute paths and what they are now. */
export interface KnownDigests {
  digestOf(path: string, facts: FileFacts): string | undefined;
}

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

/**
 * Every entry of a tree (a file or link is a tree of one), paths relative to `root`, which is `.` itself. `known` are digests
 * that are taken for true.
 */
export async function readTree(machine: Machine, root: string, known?: KnownDigests): Promise<ReadEntries> {
  if (machine.host.lstat(root) === undefined)
    return { entries: [{ type: 'absent', path: '.' }], notExamined: [] };
  return await withAttributes(
    machine.files.attributes([root], true),
    async () => readBareTree(machine.host, root, { known }),
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
    entries: withAttributesAt(bare, at, attributesByPath),
    notExamined: attributesByPath === undefined ? [NO_ATTRIBUTES] : [],
  };
}

/** The entries of a tree with the attributes that were found at their absolute paths. */
export function withAttributesIn<E extends Entry>(
  root: string,
  entries: readonly E[],
  attributesByPath: AttributesByPath | undefined,
): E[] {
  return withAttributesAt(entries, (path) => inTree(root, path), attributesByPath);
}

function withAttributesAt<E extends Entry>(
  entries: readonly E[],
  at: (path: string) => string,
  attributesByPath: AttributesByPath | undefined,
): E[] {
  return entries.map((entry) => {
    const attributes = attributesByPath?.get(at(entry.path));
    return attributes === undefined || entry.type === 'absent' ? entry : { ...entry, attributes };
  });
}

/** The entries of a tree that is there, without their attributes. `known` are digests that are taken for true. */
export function readBareTree(
  live: LiveHost,
  root: string,
  { known, most = MAX_ENTRIES }: { readonly known?: KnownDigests | undefined; readonly most?: number } = {},
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
    for (const name of namesIn(host, at)) pending.push(below(path, name));
  }
  const firstOf = new Map<string, string>();
  const sorted = [...factsOf].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([path, facts]) =>
    bareEntryOf(host, facts, path, inTree(root, path), { firstOf, known }),
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

/** The path in a tree of an entry of one of its directories. */
export function below(directory: string, name: string): string {
  return directory === '.' ? name : `${directory}/${name}`;
}

/** Without attributes. */
function bareEntryOf(
  host: Host,
  facts: FileFacts,
  path: string,
  at: string,
  { firstOf, known }: { firstOf?: Map<string, string>; known?: KnownDigests | undefined } = {},
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
      const sha256 = known?.digestOf(at, facts) ?? fileDigest(host, at);
      return { type: 'file', ...owned, mode, size, sha256, ...linked };
    }
  }
}
