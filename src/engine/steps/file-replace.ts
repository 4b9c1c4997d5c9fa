import { isAsBefore, mustStillBe } from '../as-before.ts';
import { exchangeFile } from '../exchange-file.ts';
import { keepCopy, originalOf } from '../keep-original.ts';
import { whyNotWritten } from './why-not-written.ts';
import { type StepAction, StepFailure, type StepOf } from '../step-action.ts';

const MAX_SIZE = 2 ** 30;

export const fileReplace: StepAction<StepOf<'file-replace'>> = {
  foresee: async ({ path }, context) => {
    const original = originalOf(path, context);
    return { createdDirectories: [], ...(original === undefined ? {} : { original }) };
  },
  apply: async ({ path, source, mode, uid, gid, before }, context, { original }) => {
    const { machine, journal } = context;
    // A plan replaces a file that is there.
    if (original === undefined || !(await isAsBefore(path, context)))
      throw new StepFailure(`${path} changed while the change was prepared`);
    await keepCopy(context, path, original);
    // By a rename: written over, it would change under the processes that have it mapped.
    await exchangeFile(
      machine,
      path,
      journal.begin.change,
      (beside) =>
        machine.files.createFile(beside, machine.host.readFile(source, MAX_SIZE), { mode, uid, gid }),
      () => mustStillBe(machine, path, before),
    );
    return {};
  },
  verify: async (step, { machine }) => whyNotWritten(step, machine.host),
};
