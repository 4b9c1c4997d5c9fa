import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const stateSnapshotDuties: StepDuties<StepOfKind<'state-snapshot'>> = {
  preview: ({ path }) => `copy ${path} aside, while the service is down; a rollback puts this copy back`,
  render: ({ why }) => [why],
  invert: ({ step, snapshot }) =>
    snapshot === undefined ? [] : [{ kind: 'state-restore', path: step.path, snapshot }],
  overlay: () => ({}),
};
