import type { CouldNotRun } from '../../documents/could-not-run.ts';

/** What happened and why it matters, as the reason of a finding. */
export function sentences({ what, why }: CouldNotRun): string {
  return why === undefined ? `${what}.` : `${what}. ${why}`;
}
