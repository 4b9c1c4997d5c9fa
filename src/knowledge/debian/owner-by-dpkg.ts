import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { type Diversion, diversionsOf } from './diversions.ts';
import { FileLists } from './file-lists.ts';
import { type PackageStatus, packageStatus } from './package-status.ts';

const CONFFILE_SIZE_LIMIT = 32 * 1024 * 1024;

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
  const lists = FileLists.of(host);
  const real = host.realPath(path) ?? path;
  for (const spellings of [spellingsOf(withRealDirectory(host, path)), spellingsOf(real)]) {
    const diversion = diversionsOf(host).find(
      ({ from, to }) => spellings.includes(from) || spellings.includes(to),
    );
    const owner = diverted(lists, spellings, diversion) ?? lists.ownerOf(spellings);
    if (owner === undefined) continue;
    const status = packageStatus(host, owner);
    return {
      package: owner.split(':')[0] ?? owner,
      version: status?.version,
      conffile: conffileState(host, real, spellings, status),
      diversion,
    };
  }
  return undefined;
}

/** Of a diverted path, where the diverting package's file is, that package; where it was moved to, the other one. */
function diverted(
  lists: FileLists,
  spellings: readonly string[],
  diversion: Diversion | undefined,
): string | undefined {
  if (diversion === undefined) return undefined;
  const { from, to, by } = diversion;
  const isBy = (name: string): boolean => name.split(':')[0] === by;
  const owners = lists.ownersOf(spellingsOf(from));
  return spellings.includes(to) ? owners.find((name) => !isBy(name)) : owners.find(isBy);
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
