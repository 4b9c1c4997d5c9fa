import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';
import { type Diversion, diversionsOf } from './diversions.ts';
import { type PackageStatus, packageStatus } from './package-status.ts';

const INFO = '/var/lib/dpkg/info';
const LIST_SIZE_LIMIT = 32 * 1024 * 1024;

export interface DpkgOwner {
  readonly package: string;
  readonly version: string | undefined;
  /** Whether a configuration file is as the package brought it. */
  readonly conffile: 'as-shipped' | 'changed' | undefined;
  /** The diversion that the file is at its place by. */
  readonly diversion: Diversion | undefined;
}

/**
 * The package whose file list names the path. Lists may name it by the directory it had before /usr was
 * merged (`/lib/…` for `/usr/lib/…`), so both spellings are looked for; a link that nobody owns belongs to whom the
 * file belongs. Source: dpkg(1), dpkg-query -S, dpkg-divert(1).
 */
export function ownerByDpkg(host: Host, path: string): DpkgOwner | undefined {
  const lists = listsOfHosts.of(host, () => readLists(host));
  const real = host.realPath(path) ?? path;
  for (const spellings of [spellingsOf(withRealDirectory(host, path)), spellingsOf(real)]) {
    const diversion = diversionsOf(host).find(
      ({ from, to }) => spellings.includes(from) || spellings.includes(to),
    );
    const owner = diverted(lists, spellings, diversion) ?? ownerIn(lists, spellings);
    if (owner === undefined) continue;
    const status = packageStatus(host, owner.name);
    return {
      package: owner.name.split(':')[0] ?? owner.name,
      version: status?.version,
      conffile: conffileState(host, real, spellings, status),
      diversion,
    };
  }
  return undefined;
}

/** Of a diverted path, where the diverting package's file is, that package; where it was moved to, the other one. */
function diverted(
  { lists }: FileLists,
  spellings: readonly string[],
  diversion: Diversion | undefined,
): FileList | undefined {
  if (diversion === undefined) return undefined;
  const { from, to, by } = diversion;
  const isBy = ({ name }: FileList): boolean => name.split(':')[0] === by;
  const names = spellingsOf(from);
  const naming = lists.filter(({ content }) => names.some((spelling) => hasLine(content, spelling)));
  return spellings.includes(to) ? naming.find((list) => !isBy(list)) : naming.find(isBy);
}

function conffileState(
  host: Host,
  real: string,
  spellings: readonly string[],
  status: PackageStatus | undefined,
): DpkgOwner['conffile'] {
  const sum = spellings
    .map((spelling) => status?.conffiles.get(spelling))
    .find((found) => found !== undefined);
  if (sum === undefined) return undefined;
  const bytes = ifReadable(() => host.readFile(real, LIST_SIZE_LIMIT));
  const same = bytes !== undefined && createHash('md5').update(bytes).digest('hex') === sum;
  return same ? 'as-shipped' : 'changed';
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

function withRealDirectory(host: Host, path: string): string {
  const directory = host.realPath(dirname(path));
  return directory === undefined ? path : `${directory === '/' ? '' : directory}/${basename(path)}`;
}

/** A path with and without the /usr that its directory was merged into. */
function spellingsOf(path: string): string[] {
  const inUsr = /^(?:\/usr)?(\/(?:lib|lib32|lib64|libx32|bin|sbin)\/.*)$/s.exec(path)?.[1];
  return inUsr === undefined ? [path] : [`/usr${inUsr}`, inUsr];
}

function hasLine(content: string, line: string): boolean {
  return content.startsWith(`${line}\n`) || content.includes(`\n${line}\n`) || content.endsWith(`\n${line}`);
}
