import { dirname } from 'node:path/posix';
import { isInSnapshot } from '../as-before.ts';
import { keepCopy, originalOf } from '../keep-original.ts';
import type { StepAction, StepOf } from '../step-action.ts';

export const fileRemove: StepAction<StepOf<'file-remove'>> = {
  foresee: async ({ path }, context) => {
    const original = isInSnapshot(path, context) ? undefined : originalOf(path, context);
    return original === undefined ? {} : { original };
  },
  apply: async ({ path }, context, { original }) => {
    if (context.machine.host.lstat(path) === undefined) return {};
    if (original !== undefined) await keepCopy(context, path, original);
    context.machine.files.removeFile(path);
    context.machine.files.sync(dirname(path));
    return {};
  },
  verify: async ({ path }, { machine }) =>
    machine.host.lstat(path) === undefined ? undefined : `${path} is still there`,
};
