import { showBytes } from '../../text/show-bytes.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';
import { counted } from '../../text/counted.ts';

type StateSnapshot = StepOfKind<'state-snapshot'>;

export const stateSnapshotDuties: StepDuties<StateSnapshot> = {
  preview: ({ path, holds }) =>
    holds === 'absent'
      ? `note that ${path} does not exist, while the service is down; a rollback removes what stands there then`
      : `copy ${path}${sizeText(holds)} aside, while the service is down; a rollback puts this copy back`,
  render: ({ why }) => [why],
  invert: ({ step, snapshot }) =>
    snapshot === undefined ? [] : [{ kind: 'state-restore', path: step.path, snapshot }],
  overlay: () => ({}),
};

function sizeText(holds: Exclude<StateSnapshot['holds'], 'absent'>): string {
  if (holds === undefined) return '';
  const { files, bytes } = holds;
  if (files === 0) return ' (no files)';
  return ` (${counted(files, 'file')}, ${showBytes(bytes)})`;
}
