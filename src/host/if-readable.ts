import { HostError } from './host.ts';

/** What a host says, or undefined where it can't tell: for a look at what need not be there, or be readable. */
export function ifReadable<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
