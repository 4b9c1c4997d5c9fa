import { HostError, type HostErrorReason } from '../host/host.ts';

/** What stops anyone. Permissions stop this reader alone, and so does its limit of size. */
const FOR_ALL: ReadonlySet<HostErrorReason> = new Set(['absent', 'not-a-file', 'link-loop', 'io']);

/**
 * What systemd, which may read everything, gets of a file: undefined where it gets nothing, either. Throws `HostError`
 * for what it reads and this reader can't, of which nothing is known.
 */
export function asManagerReads<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof HostError && FOR_ALL.has(error.reason)) return undefined;
    throw error;
  }
}
