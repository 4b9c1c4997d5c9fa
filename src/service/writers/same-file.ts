import { posix } from 'node:path';

/** Whether two absolute paths name one file: `/var/run` is `/run`. Source: file-hierarchy(7). */
export function sameFile(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(path: string): string {
  return posix.normalize(path).replace(/^\/var\/run\//, '/run/');
}
