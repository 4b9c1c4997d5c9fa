import { gateReport } from '../gate.ts';
import { nothing, type StepAction, type StepContext, StepFailure, type StepOf } from '../step-action.ts';
import { whatFailed } from '../what-failed.ts';

export const gateStep: StepAction<StepOf<'gate'>> = {
  foresee: nothing,
  apply: async ({ unit, gate }, { machine, journal, interruptedBy = () => undefined }) => {
    const isOver = () => interruptedBy() !== undefined;
    const report = await gateReport(machine, unit, gate, lastStart(journal), isOver);
    if (report.passed) return { gate: report };
    const signal = interruptedBy();
    if (signal !== undefined) throw new StepFailure(`interrupted by ${signal}`, { gate: report });
    throw new StepFailure(`the gate failed: ${whatFailed(report)}`, { gate: report });
  },
  verify: async () => undefined, // the gate is itself a look at the effect
};

/** When the service was last started by this change, in milliseconds since 1970: what it said before is no evidence. */
function lastStart({ begin, records }: StepContext['journal']): number {
  const start = records.findLast(
    (record) => record.type === 'intent' && ['unit-start', 'unit-restart'].includes(record.action.kind),
  );
  return new Date((start ?? begin).at).getTime();
}
