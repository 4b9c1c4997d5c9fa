import type { StepDuties, StepOfKind } from '../step-duties.ts';
import { renderGate } from './gate.ts';

export const trialStartDuties: StepDuties<StepOfKind<'trial-start'>> = {
  preview: ({ unit, gate }) =>
    `try it beside ${unit}, isolated, for ${gate.stableMs / 1000} s, at most ${gate.timeoutMs / 1000} s`,
  render: ({ trialUnit, gate, notShown, optional }) => [
    `as ${trialUnit}, on a view of the file system of its own and without a network`,
    ...renderGate(gate),
    ...notShown.map((what) => `does not show: ${what}`),
    ...(optional ? ['left out where the machine has no means for it'] : []),
  ],
  invert: ({ step: { trialUnit, directory }, isDone }) =>
    isDone ? [] : [{ kind: 'trial-remove', trialUnit, directory }],
  overlay: () => ({}),
};
