import { utimesSync } from 'node:fs';
import { join } from 'node:path';

/** Makes files of a root directory look as if they had been written at that moment, in nanoseconds since 1970. */
export function setTime(root: string, paths: readonly string[], moment: bigint): void {
  const seconds = Number(moment) / 1e9;
  for (const path of paths) utimesSync(join(root, path), seconds, seconds);
}
