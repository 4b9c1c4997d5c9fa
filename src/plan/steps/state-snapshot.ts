import { showBytes } from '../../text/show-bytes.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';

type StateSnapshot = StepOfKind<'state-snapshot'>;

export const stateSnapshotDuties: StepDuties<StateSnapshot> = {
  preview: (step) =>
    `copy ${step.path}${sizeText(step)} aside, while the service is down; a rollback puts this copy back`,
  render: ({ why }) => [why],
  invert: ({ step, snapshot }) =>
    snapshot === undefined ? [] : [{ kind: 'state-restore', path: step.path, snapshot }],
  overlay: () => ({}),
};

function sizeText({ files, bytes }: StateSnapshot): string {
  if (files === undefined || bytes === undefined) return '';
  if (files === 0) return ' (no files)';
  return ` (${files === 1 ? '1 file' : `${files} files`}, ${showBytes(bytes)})`;
}
