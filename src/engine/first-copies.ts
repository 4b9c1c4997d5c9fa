import type { Entry } from '../journal/entry.ts';

/** Copies of state that were made while the service still ran, by their paths: what was in each when it was made, and read. */
export type FirstCopies = Map<string, readonly Entry[]>;
