import type { StepFacts } from '../journal/record.ts';
import { StepFailure } from './step-action.ts';

/** A unit that was stopped with a service and does not run again, and what systemd said of its start. */
export function didNotComeBack(
  {
    unit,
    service,
    activeState,
  }: { readonly unit: string; readonly service: string; readonly activeState: string },
  complaint: string | undefined,
  facts: StepFacts,
): StepFailure {
  const why = complaint === undefined ? '' : `: ${complaint}`;
  return new StepFailure(
    `${unit}, which was stopped with ${service}, did not come back: it is ${activeState}${why}`,
    facts,
  );
}
