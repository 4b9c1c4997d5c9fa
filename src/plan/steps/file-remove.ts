import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const fileRemoveDuties: StepDuties<StepOfKind<'file-remove'>> = {
  preview: ({ path, before }) =>
    before.type === 'absent' ? `${path} is to be absent, as it is` : `remove ${path}`,
  render: ({ path, why, before }) => [
    `- ${path}${before.type === 'link' ? ` -> ${before.target}` : ''}`,
    why,
  ],
  invert: ({ step, original }) => [
    {
      kind: 'file-restore',
      path: step.path,
      createdDirectories: [],
      ...(original === undefined ? {} : { original }),
    },
  ],
  overlay: ({ path }) => ({ entries: [[path, { type: 'absent' }]] }),
};
