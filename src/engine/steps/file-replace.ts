import { mustStillBe, notAsBefore } from '../as-before.ts';
import { exchangeFile } from '../exchange-file.ts';
import { keepCopy, originalOf } from '../keep-original.ts';
import { whyNotWritten } from '../is-as-written.ts';
import { type StepAction, StepFailure, type StepOf } from '../step-action.ts';

const MAX_SIZE = 2 ** 30;

export const fileReplace: StepAction<StepOf<'file-replace'>> = {
  foresee: async ({ path }, context) => {
    const original = originalOf(path, context);
    return { createdDirectories: [], ...(original === undefined ? {} : { original }) };
  },
  apply: async (step, context, { original }) => {
    const { path, source, mode, uid, gid, before } = step;
    const { machine } = context;
    const [changed] = await notAsBefore([{ action: step, context }]);
    // A plan replaces a file that is there.
    if (original === undefined || changed !== undefined)
      throw new StepFailure(`${path} changed while the change was prepared`);
    await keepCopy(context, path, original);
    // By a rename: written over, it would change under the processes that have it mapped.
    exchangeFile(
      context,
      path,
      (beside) =>
        machine.files.createFile(beside, machine.host.readFile(source, MAX_SIZE), { mode, uid, gid }),
      () => mustStillBe(machine.host, path, before),
    );
    return {};
  },
  verify: async (step, { machine }) => whyNotWritten(step, machine.host),
};
