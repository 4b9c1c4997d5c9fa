import type { CheckReport } from '../documents/check-report.ts';
import type { Plan, Step } from '../documents/plan.ts';
import { GENERIC_CHECKS } from './generic-checks.ts';

const GENERIC = new Set(GENERIC_CHECKS.map(({ id }) => id));

/**
 * Whether what check could not look at is the same tomorrow as today: a change of settings alone brings no other program or
 * library, and only what knowledge says of a program hangs on its settings.
 */
export function needNotBeExamined(plan: Plan, { verdict, checks }: CheckReport): boolean {
  if (verdict !== 'could-not-run' || !plan.steps.every(isOfSettings)) return false;
  return checks.every(({ id, result }) => result !== 'could-not-run' || GENERIC.has(id));
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
