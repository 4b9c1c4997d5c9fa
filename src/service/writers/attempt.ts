import { CouldNotRun } from '../../documents/could-not-run.ts';
import { ifReadable } from '../../host/if-readable.ts';

/** For a search through all of a host: a unit or a script that can't be read has nothing to tell. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return ifReadable(action);
  } catch (error) {
    if (error instanceof CouldNotRun) return undefined;
    throw error;
  }
}
