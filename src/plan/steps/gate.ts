import type { Gate } from '../../documents/plan.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const gateDuties: StepDuties<StepOfKind<'gate'>> = {
  preview: ({ unit, gate }) =>
    `wait until ${unit} is well for ${gate.stableMs / 1000} s, at most ${gate.timeoutMs / 1000} s`,
  render: ({ gate }) => renderGate(gate),
  invert: () => [],
  overlay: () => ({}),
};

/** The conditions, one a line. */
export function renderGate(gate: Gate): string[] {
  return [
    `active, and not started anew for ${gate.stableMs / 1000} s`,
    `at most ${gate.restarts} restarts`,
    ...gate.probes.map(({ title, url, status }) => `${title}: ${url} answers ${status}`),
  ];
}
