import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Silence } from '../documents/silence.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { nearest } from '../text/nearest.ts';
import { describeChecks } from './explain-check.ts';

/** Throws `CouldNotRun` for a silence of a check that there is not. */
export function refuseUnknownSilences(silences: readonly Silence[], knowledge: readonly Knowledge[]): void {
  const known = describeChecks(knowledge).map(({ id }) => id);
  for (const { check } of silences) {
    if (known.includes(check)) continue;
    const near = nearest(check, known);
    throw new CouldNotRun(`silence: names ${check}, which is no check`, {
      next: near === undefined ? `The checks are: ${known.join(', ')}` : `Did you mean ${near}?`,
    });
  }
}
