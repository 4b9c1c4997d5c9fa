import { gateReport } from '../gate.ts';
import { nothing, type StepAction, StepFailure, type StepOf } from '../step-action.ts';

export const gateStep: StepAction<StepOf<'gate'>> = {
  foresee: nothing,
  apply: async ({ unit, gate }, { machine, journal }) => {
    const report = await gateReport(machine, unit, gate, new Date(journal.begin.at).getTime());
    if (report.passed) return { gate: report };
    const failed = report.conditions.filter((condition) => !condition.holds);
    const reasons = failed.map(({ title, detail }) => `${title}: ${detail}`);
    throw new StepFailure(`the gate failed: ${reasons.join('; ')}`, { gate: report });
  },
  verify: async () => undefined, // the gate is itself a look at the effect
};
