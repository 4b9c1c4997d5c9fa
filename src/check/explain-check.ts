import { CouldNotRun } from '../documents/could-not-run.ts';
import type { CheckDescription, Knowledge } from '../knowledge/knowledge.ts';
import { nearest } from '../text/nearest.ts';
import { GENERIC_CHECKS } from './generic-checks.ts';

/** Every check there is, those of any service first. */
export function describeChecks(knowledge: readonly Knowledge[]): readonly CheckDescription[] {
  const generic = GENERIC_CHECKS.map(({ id, title, explains }) => ({ id, title, explains }));
  return [...generic, ...knowledge.flatMap(({ checks }) => checks ?? [])];
}

/** `check --explain ID`. Throws `CouldNotRun` for an id that no check has. */
export function explainCheck(id: string, knowledge: readonly Knowledge[]): CheckDescription {
  const checks = describeChecks(knowledge);
  const found = checks.find((check) => check.id === id);
  if (found !== undefined) return found;
  const near = nearest(
    id,
    checks.map((check) => check.id),
  );
  throw new CouldNotRun(`There is no check ${id}${near === undefined ? '' : `; did you mean ${near}?`}`, {
    next: `The checks are: ${checks.map((check) => check.id).join(', ')}`,
  });
}
