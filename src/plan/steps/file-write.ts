import { lineDiff } from '../line-diff.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';
import { octalMode } from '../../text/octal-mode.ts';

export const fileWriteDuties: StepDuties<StepOfKind<'file-write'>> = {
  preview: ({ path, role, before }) => `${whatIsDone(path, before)}${role === 'file' ? '' : ` (${role})`}`,
  render: ({ content, mode, uid, gid, diff }) => [
    `mode ${octalMode(mode)}, owner ${uid}:${gid}`,
    ...(diff ?? lineDiff('', content)),
  ],
  invert: ({ step, createdDirectories, original }) => [
    {
      kind: 'file-restore',
      path: step.path,
      createdDirectories: [...createdDirectories],
      ...(original === undefined ? {} : { original }),
    },
    { kind: 'daemon-reload' }, // also when the change never came to its own
  ],
  overlay: ({ path, content, mode, uid, gid }) => ({
    entries: [[path, { type: 'file', content, mode, uid, gid }]],
  }),
};

/** Of a link it is said that it goes: what it leads to is not written. */
function whatIsDone(path: string, before: StepOfKind<'file-write'>['before']): string {
  if (before.type === 'link') return `replace the link ${path} -> ${before.target} by a file`;
  return `${before.type === 'absent' ? 'write' : 'replace'} ${path}`;
}
