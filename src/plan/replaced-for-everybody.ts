import type { Plan } from '../documents/plan.ts';

/** The files that a plan puts something else in the place of and that others may use, too: all but its own drop-in. */
export function replacedForEverybody({ steps }: Pick<Plan, 'steps'>): {
  readonly libraries: readonly string[];
  readonly files: readonly string[];
} {
  return {
    libraries: steps.flatMap((step) => (step.kind === 'file-replace' ? [step.path] : [])),
    files: steps.flatMap((step) =>
      step.kind === 'file-write' && step.role !== 'drop-in' ? [step.path] : [],
    ),
  };
}
