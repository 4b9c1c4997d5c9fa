import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const daemonReloadDuties: StepDuties<StepOfKind<'daemon-reload'>> = {
  preview: () => 'let systemd read the unit files anew',
  render: () => [],
  invert: () => [{ kind: 'daemon-reload' }],
  overlay: () => ({}),
};

export const unitStopDuties: StepDuties<StepOfKind<'unit-stop'>> = {
  preview: ({ unit }) => `stop ${unit}`,
  render: () => [],
  invert: ({ step }) => [
    { kind: 'unit-stop', unit: step.unit },
    { kind: 'unit-start', unit: step.unit },
  ],
  overlay: () => ({}),
};

export const unitRestartDuties: StepDuties<StepOfKind<'unit-restart'>> = {
  preview: ({ unit }) => `restart ${unit}`,
  render: () => [],
  invert: ({ step }) => [{ kind: 'unit-restart', unit: step.unit }],
  overlay: () => ({}),
};

export const unitStartDuties: StepDuties<StepOfKind<'unit-start'>> = {
  preview: ({ unit }) => `start ${unit}`,
  render: () => [],
  invert: ({ step }) => [{ kind: 'unit-stop', unit: step.unit }],
  overlay: () => ({}),
};
