import type { GateReport } from '../documents/outcome.ts';

/** The first condition of a gate that does not hold, in words. */
export function whatFailed({ conditions }: GateReport): string {
  const [first, ...more] = conditions.filter((condition) => !condition.holds);
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return first === undefined ? 'time was up' : `${first.title}: ${first.detail}${others}`;
}
