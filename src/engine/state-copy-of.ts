import type { Journal } from '../journal/journal.ts';

/** Where the copy of a state directory goes that a step `state-snapshot` of this number makes. See docs/format/journal.md. */
export function stateCopyOf({ directory }: Pick<Journal, 'directory'>, step: number): string {
  return `${directory.snapshots}/state/${step}`;
}
