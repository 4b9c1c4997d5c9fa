import type { StepFacts } from '../journal/record.ts';

/** Milliseconds between a stop and the start that followed it, summed; a stop without a start lasts until `now`. */
export function downtimeMs(facts: readonly StepFacts[], now: number): number {
  let total = 0;
  let stoppedAt: number | undefined;
  for (const fact of facts) {
    stoppedAt ??= fact.stoppedAt;
    if (fact.startedAt === undefined || stoppedAt === undefined) continue;
    total += fact.startedAt - stoppedAt;
    stoppedAt = undefined;
  }
  return stoppedAt === undefined ? total : total + Math.max(0, now - stoppedAt);
}
