import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const guardSetDuties: StepDuties<StepOfKind<'guard-set'>> = {
  preview: ({ unit }) => `let nothing start ${unit} until its state is safe`,
  render: ({ path }) => [`by a condition in ${path}`],
  invert: ({ step, createdDirectories }) => [
    { kind: 'guard-lift', unit: step.unit, path: step.path, createdDirectories: [...createdDirectories] },
    { kind: 'daemon-reload' },
  ],
  overlay: () => ({}),
};

export const guardLiftDuties: StepDuties<StepOfKind<'guard-lift'>> = {
  preview: ({ unit }) => `let ${unit} be started again, also by a boot`,
  render: ({ path }) => [`remove ${path}`],
  invert: () => [],
  overlay: () => ({}),
};
