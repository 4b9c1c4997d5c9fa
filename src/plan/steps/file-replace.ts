import type { StepDuties, StepOfKind } from '../step-duties.ts';
import { octalMode } from '../../text/octal-mode.ts';

export const fileReplaceDuties: StepDuties<StepOfKind<'file-replace'>> = {
  preview: ({ path }) => `replace ${path} for everybody`,
  render: ({ source, mode, uid, gid }) => [
    `mode ${octalMode(mode)}, owner ${uid}:${gid}`,
    `+ the content of ${source}`,
  ],
  invert: ({ step, createdDirectories, original }) => [
    {
      kind: 'file-restore',
      path: step.path,
      createdDirectories: [...createdDirectories],
      ...(original === undefined ? {} : { original }),
    },
  ],
  overlay: ({ path, source }) => ({ trees: [{ at: path, from: { tomorrow: source } }] }),
};
