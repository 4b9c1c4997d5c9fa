import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { type Diversion, diversionsOf } from './diversions.ts';
import { FileLists } from './file-lists.ts';
import { type PackageStatus, packageStatus } from './package-status.ts';

const CONFFILE_SIZE_LIMIT = 32 * 1024 * 1024;

/** What dpkg says of a path. */
export interface DpkgFile {
  /** The package that brought what is there. Undefined: the packages' own file is elsewhere, by the diversion. */
  readonly owner: DpkgOwner | undefined;
  /** The diversion that the path is the start or the end of. */
  readonly diversion: Diversion | undefined;
}

export interface DpkgOwner {
  readonly package: string;
  readonly version: string | undefined;
  /** Whether a configuration file is as the package brought it. */
  readonly conffile: 'as-shipped' | 'changed' | undefined;
}

/**
 * The diversion of a path, and the package that brought what is there: the one whose file list names the path. Lists may name it by the directory it had before /usr was
 * merged (`/lib/…` for `/usr/lib/…`), so both spellings are looked for; a link that nobody owns belongs to whom the
 * file belongs. Undefined where dpkg knows nothing of the path. Source: dpkg(1), dpkg-query -S, dpkg-divert(1).
 */
export function fileByDpkg(host: Host, path: string): DpkgFile | undefined {
  const lists = FileLists.of(host);
  const real = host.realPath(path) ?? path;
  for (const spellings of [spellingsOf(withRealDirectory(host, path)), spellingsOf(real)]) {
    const diversion = diversionsOf(host).find(
      ({ from, to }) => spellings.includes(from) || spellings.includes(to),
    );
    const owner = ownerAt(lists, spellings, diversion);
    if (owner === undefined) {
      if (diversion !== undefined) return { owner, diversion };
      continue;
    }
    const status = packageStatus(host, owner.list);
    return {
      owner: {
        package: owner.list.split(':')[0] ?? owner.list,
        version: status?.version,
        conffile: conffileState(host, real, owner.brought, status),
      },
      diversion,
    };
  }
  return undefined;
}

interface Owner {
  /** `NAME` or `NAME:ARCHITECTURE`. */
  readonly list: string;
  /** The path that the package itself gives the file, in all its spellings. */
  readonly brought: readonly string[];
}

/** Where a diversion starts only the diverting package's file is, where it ends that of any other package. */
function ownerAt(
  lists: FileLists,
  spellings: readonly string[],
  diversion: Diversion | undefined,
): Owner | undefined {
  if (diversion === undefined) return ownerOf(lists.ownerOf(spellings), spellings);
  const { from, to, by } = diversion;
  const isBy = (name: string): boolean => name.split(':')[0] === by;
  const brought = spellingsOf(from);
  const owners = lists.ownersOf(brought);
  if (!spellings.includes(to)) return ownerOf(owners.find(isBy), brought);
  return (
    ownerOf(
      owners.find((name) => !isBy(name)),
      brought,
    ) ?? ownerOf(lists.ownerOf(spellings), spellings)
  );
}

function ownerOf(list: string | undefined, brought: readonly string[]): Owner | undefined {
  return list === undefined ? undefined : { list, brought };
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
  const bytes = ifReadable(() => host.readFile(real, CONFFILE_SIZE_LIMIT));
  const same = bytes !== undefined && createHash('md5').update(bytes).digest('hex') === sum;
  return same ? 'as-shipped' : 'changed';
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
