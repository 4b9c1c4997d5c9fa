import type { Finding } from '../documents/check-report.ts';
import type { CheckDescription, CheckOutcome } from './knowledge.ts';

/** What a check found: how many items it looked at and what is wrong with some, or why it could not be run. */
export type CheckRun =
  | { readonly examined: number; readonly findings: readonly Omit<Finding, 'id'>[] }
  | { readonly couldNotRun: string };

/** Puts what was found under the check's name. A check with nothing worse than notes is ok. */
export function outcomeOf({ id, title }: CheckDescription, run: CheckRun): CheckOutcome {
  if ('couldNotRun' in run) {
    const check = { id, title, result: 'could-not-run', examined: 0, reason: run.couldNotRun } as const;
    return { check, findings: [] };
  }
  const isFault = run.findings.some(({ severity }) => severity !== 'note');
  return {
    check: { id, title, result: isFault ? 'fault' : 'ok', examined: run.examined },
    findings: run.findings.map((finding) => ({ id, ...finding })),
  };
}
