import { basename, dirname, join, resolve } from 'node:path/posix';
import type { Host } from '../host/host.ts';
import { asManagerReads } from './as-manager-reads.ts';

/**
 * Asks whether reading a path comes by one of `paths`: by a link in its directories, or because it is a link that leads there. The answer is that
 * one of `paths`. A link that is itself one of them is where it ends: who changes it changes no file behind it.
 * Throws `HostError` where a directory on the way can't be searched.
 */
export function followedLinks(host: Host, paths: ReadonlySet<string>): (path: string) => string | undefined {
  const places = new Map<string, string>();
  for (const path of paths) {
    const place = path.startsWith('/') ? placeOf(host, path) : undefined;
    if (place !== undefined) places.set(place, path);
  }
  return (path) => {
    let at: string | undefined = path;
    for (let links = 0; at !== undefined && links < MOST_LINKS; links += 1) {
      const place = placeOf(host, at);
      if (place === undefined) return undefined;
      const found = places.get(place);
      if (found !== undefined) return found;
      const isLink = asManagerReads(() => host.lstat(place))?.type === 'link';
      at = isLink ? resolve(dirname(place), host.readLink(place)) : undefined;
    }
    return undefined;
  };
}

/** What Linux follows of one path. Source: path_resolution(7). */
const MOST_LINKS = 40;

/** The entry itself, in the directory that it really is in. */
function placeOf(host: Host, path: string): string | undefined {
  const directory = asManagerReads(() => host.realPath(dirname(path)));
  return directory === undefined ? undefined : join(directory, basename(path));
}
