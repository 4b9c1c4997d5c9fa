import { basename, dirname } from 'node:path/posix';
import type { Host } from '../host/host.ts';

/** The path of a directory entry with the links on the way to it followed, but not the entry itself. */
export function entryPath(host: Host, path: string): string {
  const parent = host.realPath(dirname(path));
  return parent === undefined ? path : `${parent === '/' ? '' : parent}/${basename(path)}`;
}
