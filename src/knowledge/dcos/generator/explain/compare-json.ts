import { isDeepStrictEqual } from 'node:util';

/** Whether two texts are JSON documents that mean the same: the order of keys and blanks don't count. */
export function sameJson(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
  } catch {
    return false; // not JSON, or nested too deeply to tell
  }
}
