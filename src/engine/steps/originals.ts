import type { Difference } from '../../documents/outcome.ts';
import type { StepContext } from '../step-action.ts';

/** Where what is found at the path of a step is kept. */
export function foundCopy({ journal, attempt, step }: StepContext): string {
  return `${journal.directory.snapshots}/found/${attempt}-${step}`;
}

/** What is said of an original that is another than what it was copied from. */
export function whyUnusable(original: string, { what, found, expected }: Difference): string {
  return `the copy ${original} can't be used: ${what} is ${found}, not ${expected}`;
}
