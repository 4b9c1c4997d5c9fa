import type { Host } from '../../host/host.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';

const INFO = '/var/lib/dpkg/info';
const LIST_SIZE_LIMIT = 32 * 1024 * 1024;

export interface DpkgOwner {
  readonly package: string;
  readonly conffile: boolean;
}

/**
 * The package whose file list names the path. Lists may name it by the directory it had before /usr was
 * merged (`/lib/…` for `/usr/lib/…`), so both spellings are looked for. Source: dpkg(1), dpkg-query -S.
 */
export function ownerByDpkg(host: Host, path: string): DpkgOwner | undefined {
  const spellings = spellingsOf(host, path);
  const owner = ownerIn(listsOfHosts.of(host, () => readLists(host)), spellings);
  if (owner === undefined) return undefined;
  return {
    package: owner.name.split(':')[0] ?? owner.name,
    conffile: isConffile(host, owner.name, spellings),
  };
}

interface FileList {
  readonly name: string;
  readonly content: string;
}

/** The lists of a host, and how often they were searched. */
interface FileLists {
  readonly lists: readonly FileList[];
  searches: number;
  /** The list of each path; of two lists the first, as in a search. */
  index: ReadonlyMap<string, FileList> | undefined;
}

/** Read once for a host: a graph asks for the owner of every library. */
const listsOfHosts = new KeptPerHost<FileLists>();

function readLists(host: Host): FileLists {
  const entries = (host.list(INFO) ?? []).filter((entry) => entry.endsWith('.list'));
  const lists = entries.map((entry): FileList => {
    const content = new TextDecoder().decode(host.readFile(`${INFO}/${entry}`, LIST_SIZE_LIMIT));
    return { name: entry.slice(0, -'.list'.length), content };
  });
  return { lists, searches: 0, index: undefined };
}

/** As many searches cost about as much as an index of all paths. */
const SEARCHES_BEFORE_INDEX = 8;

function ownerIn(all: FileLists, spellings: readonly string[]): FileList | undefined {
  all.searches += 1;
  if (all.index === undefined && all.searches <= SEARCHES_BEFORE_INDEX) {
    return all.lists.find(({ content }) => spellings.some((spelling) => hasLine(content, spelling)));
  }
  const index = (all.index ??= indexOf(all.lists));
  const found = new Set(spellings.map((spelling) => index.get(spelling)));
  return all.lists.find((list) => found.has(list));
}

function indexOf(lists: readonly FileList[]): ReadonlyMap<string, FileList> {
  const index = new Map<string, FileList>();
  for (const list of lists) {
    for (const line of list.content.split('\n')) if (!index.has(line)) index.set(line, list);
  }
  return index;
}

function spellingsOf(host: Host, path: string): string[] {
  const real = host.realPath(path) ?? path;
  const all = [path, real].flatMap((spelling) =>
    /^\/usr\/(lib|lib64|bin|sbin)\//.test(spelling) ? [spelling, spelling.slice('/usr'.length)] : [spelling],
  );
  return [...new Set(all)];
}

function isConffile(host: Host, name: string, spellings: readonly string[]): boolean {
  const path = `${INFO}/${name}.conffiles`;
  if (host.stat(path) === undefined) return false;
  const content = new TextDecoder().decode(host.readFile(path, LIST_SIZE_LIMIT));
  return spellings.some((spelling) => hasLine(content, spelling));
}

function hasLine(content: string, line: string): boolean {
  return content.startsWith(`${line}\n`) || content.includes(`\n${line}\n`) || content.endsWith(`\n${line}`);
}
