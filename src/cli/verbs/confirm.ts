import { confirm as accept } from '../../engine/confirm.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import type { ExitCode } from '../exit-code.ts';
import type { OutputOptions } from '../output.ts';
import { printOutcome } from '../print-outcome.ts';
import { engineOptions } from '../show-progress.ts';

export async function confirm(asked: string, flags: OutputOptions): Promise<ExitCode> {
  const outcome = await accept(asked, liveMachine(), engineOptions({}));
  return printOutcome(outcome, flags);
}
