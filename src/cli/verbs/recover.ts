import type { Recovery } from '../../documents/outcome.ts';
import { damagedChange } from '../../engine/damaged-change.ts';
import { recover as finish } from '../../engine/recover.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { outcomeText } from '../../report/terminal/outcome-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printFailure, printJson, screenOf } from '../output.ts';
import { engineOptions, type ProgressFlags } from '../show-progress.ts';

export async function recover(flags: OutputOptions & ProgressFlags): Promise<ExitCode> {
  const { outcomes, damaged, needOperator } = await finish(liveMachine(), engineOptions(flags));
  const recovery: Recovery = {
    apiVersion: 'cutover/v1',
    kind: 'Recovery',
    outcomes: [...outcomes],
    ...(damaged.length === 0 ? {} : { damaged: damaged.map(damagedChange) }),
    ...(needOperator.length === 0 ? {} : { needOperator: [...needOperator] }),
  };
  if (flags.json === true) printJson(recovery);
  else if (outcomes.length > 0) for (const outcome of outcomes) print(outcomeText(screenOf(flags), outcome));
  else print(damaged.length === 0 ? 'nothing was unfinished\n' : 'nothing else was unfinished\n');
  if (flags.json !== true && needOperator.length > 0)
    print(`left as it is, since it needs the operator: ${needOperator.join(', ')} (cutover status)\n`);
  for (const { problem } of damaged) printFailure(problem, {});
  if (outcomes.some(({ state }) => state === 'needs-operator')) return ExitCode.needsOperator;
  return damaged.length === 0 ? ExitCode.ok : ExitCode.couldNotRun;
}
