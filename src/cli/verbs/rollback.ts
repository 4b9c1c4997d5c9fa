import { rollback as takeBack } from '../../engine/rollback.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { outcomeText } from '../../report/terminal/outcome-text.ts';
import { exitCodeOf } from '../exit-code-of-outcome.ts';
import type { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { engineOptions, type ProgressFlags } from '../show-progress.ts';

export async function rollback(asked: string, flags: OutputOptions & ProgressFlags): Promise<ExitCode> {
  const outcome = await takeBack(asked, liveMachine(), engineOptions(flags));
  if (flags.json === true) printJson(outcome);
  else print(outcomeText(screenOf(flags), outcome));
  return exitCodeOf(outcome);
}
