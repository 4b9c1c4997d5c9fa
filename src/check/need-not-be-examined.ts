import type { CheckReport } from '../documents/check-report.ts';
import type { Plan, Step } from '../documents/plan.ts';
import { GENERIC_CHECKS } from './generic-checks.ts';

const GENERIC = new Set(GENERIC_CHECKS.map(({ id }) => id));

/**
 * Whether a change can go on although check could not look at everything: it is one of settings alone, which brings no other
 * program or library, and the same could not be looked at before (`today`: what check says of the service as it is). Not where
 * a check of knowledge is among it: that looks at settings.
 */
export function needNotBeExamined(
  plan: Plan,
  { verdict, checks }: CheckReport,
  today: () => CheckReport,
): boolean {
  if (verdict !== 'could-not-run' || !plan.steps.every(isOfSettings)) return false;
  const unexamined = idsNotRun(checks);
  if (!unexamined.every((id) => GENERIC.has(id))) return false;
  const before = new Set(idsNotRun(today().checks));
  return unexamined.every((id) => before.has(id));
}

function idsNotRun(checks: CheckReport['checks']): string[] {
  return checks.flatMap(({ id, result }) => (result === 'could-not-run' ? [id] : []));
}

/** Or of state, which is only copied. */
function isOfSettings(step: Step): boolean {
  switch (step.kind) {
    case 'file-write':
      return step.role !== 'file';
    case 'store-add':
    case 'store-unpack':
    case 'file-replace':
    case 'file-remove':
      return false;
    default:
      return true;
  }
}
