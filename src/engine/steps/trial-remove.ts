import { removeTrial } from '../remove-trial.ts';
import { type Alone, nothing, type StepOf } from '../step-action.ts';

export const trialRemove: Alone<StepOf<'trial-remove'>> = {
  foresee: nothing,
  apply: async (step, { machine }) => {
    await removeTrial(machine, step);
    return {};
  },
  verify: async ({ directory }, { machine }) =>
    machine.host.lstat(directory) === undefined ? undefined : `${directory} is still there`,
};
