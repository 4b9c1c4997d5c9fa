import { rollback as takeBack } from '../../engine/rollback.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import { outcomeText } from '../../report/terminal/outcome-text.ts';
import { exitCodeOf } from '../exit-code-of-outcome.ts';
import type { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { engineOptions, type ProgressFlags } from '../show-progress.ts';

interface RollbackFlags extends OutputOptions, ProgressFlags {
  readonly acceptDifferences?: boolean | undefined;
}

export async function rollback(asked: string, flags: RollbackFlags): Promise<ExitCode> {
  const { acceptDifferences } = flags;
  const outcome = await takeBack(asked, liveMachine(), { ...engineOptions(flags), acceptDifferences });
  if (flags.json === true) printJson(outcome);
  else print(outcomeText(screenOf(flags), outcome));
  return exitCodeOf(outcome);
}
