import { confirm as accept } from '../../engine/confirm.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { outcomeText } from '../../report/terminal/outcome-text.ts';
import { exitCodeOf } from '../exit-code-of-outcome.ts';
import type { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { engineOptions } from '../show-progress.ts';

export async function confirm(asked: string, flags: OutputOptions): Promise<ExitCode> {
  const outcome = await accept(asked, liveMachine(), engineOptions({}));
  if (flags.json === true) printJson(outcome);
  else print(outcomeText(screenOf(flags), outcome));
  return exitCodeOf(outcome);
}
