import { showBytes } from '../../text/show-bytes.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';
import { counted } from '../../text/counted.ts';

type StateSnapshot = StepOfKind<'state-snapshot'>;
type StateCopy = StepOfKind<'state-copy'>;

export const stateCopyDuties: StepDuties<StateCopy> = {
  preview: ({ path, holds }) => `copy ${path}${sizeText(holds)} aside, while the service still runs`,
  render: () => ['what is written to it until the service is down is copied then'],
  invert: () => [],
  overlay: () => ({}),
};

export const stateSnapshotDuties: StepDuties<StateSnapshot> = {
  preview: ({ path, holds }) =>
    holds === 'absent'
      ? `note that ${path} does not exist, while the service is down; a rollback removes what stands there then`
      : `make the copy of ${path} equal to it, while the service is down; a rollback puts this copy back`,
  render: ({ why }) => [why],
  invert: ({ step, snapshot }) =>
    snapshot === undefined
      ? []
      : [
          ...(step.holds === 'absent' ? [] : [{ kind: 'state-prepare', path: step.path, snapshot } as const]),
          { kind: 'state-restore', path: step.path, snapshot },
        ],
  overlay: () => ({}),
};

function sizeText(holds: StateCopy['holds']): string {
  if (holds === undefined) return '';
  const { files, bytes } = holds;
  if (files === 0) return ' (no files)';
  return ` (${counted(files, 'file')}, ${showBytes(bytes)})`;
}
