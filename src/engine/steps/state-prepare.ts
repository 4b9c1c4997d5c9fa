import { newBeside } from '../exchange-file.ts';
import { differenceInLooks, keptEntries, layBeside } from '../kept-state.ts';
import { nothing, type StepAction, type StepOf } from '../step-action.ts';

/** While the service still runs, so that it is not down for that; and so that a copy that can't be used, or for which there is no room, leaves it running. */
export const statePrepare: StepAction<StepOf<'state-prepare'>> = {
  foresee: nothing,
  apply: async (step, context) => {
    const { files, host } = context.machine;
    const beside = newBeside(step.path, context);
    files.removeTree(beside); // left by a run that was cut short
    const expected = keptEntries(step, context);
    if (host.lstat(step.snapshot) === undefined) return {};
    if ((await differenceInLooks(step.path, expected, context)) === undefined) return {};
    await layBeside(step, context);
    return {};
  },
  verify: async () => undefined, // what was laid beside was compared, and is once more when the service is down
};
