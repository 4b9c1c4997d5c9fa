import { check } from '../check/check.ts';
import { refuseUnknownSilences } from '../check/refuse-unknown-silences.ts';
import { allKnowledge } from '../knowledge/all-knowledge.ts';
import type { CheckReport } from '../documents/check-report.ts';
import type { Foreseen } from './foresee.ts';

/** What `check` says of a plan: today's service against tomorrow's. */
export function checkForeseen({ plan, today, tomorrow }: Foreseen): CheckReport {
  const accepted = plan.irreversible.filter((point) => point.accepted).map((point) => point.id);
  const silences = plan.silenced ?? [];
  refuseUnknownSilences(silences, allKnowledge);
  return check(today, tomorrow, new Set(accepted), silences);
}
