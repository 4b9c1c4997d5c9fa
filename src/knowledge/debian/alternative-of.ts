import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';

/** A name for which several packages may provide the file. */
export interface Alternative {
  /** As update-alternatives calls it. */
  readonly name: string;
  /** Kept by an administrator's choice (`manual`), or by the highest priority (`auto`). */
  readonly mode: 'auto' | 'manual';
  /** Where it leads now. */
  readonly value: string | undefined;
}

const LINKS = '/etc/alternatives/';
const RECORDS = '/var/lib/dpkg/alternatives';
const SIZE_LIMIT = 1024 * 1024;

/** The alternative that a path is, by its link into /etc/alternatives. Source: update-alternatives(1). */
export function alternativeOf(host: Host, path: string): Alternative | undefined {
  const link = path.startsWith(LINKS) ? path : linkAt(host, path);
  if (link?.startsWith(LINKS) !== true) return undefined;
  const name = link.slice(LINKS.length);
  if (name.includes('/')) return undefined;
  const record = ifReadable(() => host.readFile(`${RECORDS}/${name}`, SIZE_LIMIT));
  const mode =
    record !== undefined && new TextDecoder().decode(record).startsWith('manual') ? 'manual' : 'auto';
  return { name, mode, value: linkAt(host, link) };
}

function linkAt(host: Host, path: string): string | undefined {
  if (ifReadable(() => host.lstat(path))?.type !== 'link') return undefined;
  return ifReadable(() => host.readLink(path));
}
