import type { Recovery } from '../../documents/outcome.ts';
import { recover as finish } from '../../engine/recover.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { outcomeText } from '../../report/terminal/outcome-text.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { engineOptions, type ProgressFlags } from '../show-progress.ts';

export async function recover(flags: OutputOptions & ProgressFlags): Promise<ExitCode> {
  const outcomes = await finish(liveMachine(), engineOptions(flags));
  const recovery: Recovery = { apiVersion: 'cutover/v1', kind: 'Recovery', outcomes: [...outcomes] };
  if (flags.json === true) printJson(recovery);
  else if (outcomes.length === 0) print('nothing was unfinished\n');
  else for (const outcome of outcomes) print(outcomeText(screenOf(flags), outcome));
  return outcomes.some(({ state }) => state === 'needs-operator') ? ExitCode.needsOperator : ExitCode.ok;
}
