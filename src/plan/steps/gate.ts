import type { Gate, Probe } from '../../documents/plan.ts';
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
    ...gate.probes.map((probe) => `${probe.title}: ${wanted(probe)}`),
  ];
}

function wanted(probe: Probe): string {
  if ('url' in probe) return `${probe.url} answers ${probe.status}`;
  if ('tcp' in probe) return `${probe.tcp} accepts connections`;
  if ('command' in probe) {
    const prints = probe.prints === undefined ? 'ends with 0' : `prints ${probe.prints}`;
    return `${probe.command.join(' ')} ${prints}`;
  }
  return `${probe.must === 'appear' ? 'logs' : 'does not log'} ${probe.log}`;
}
