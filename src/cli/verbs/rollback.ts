import { rollback as takeBack } from '../../engine/rollback.ts';
import { liveMachine } from '../../host/machine/live-machine.ts';
import type { ExitCode } from '../exit-code.ts';
import type { OutputOptions } from '../output.ts';
import { printOutcome } from '../print-outcome.ts';
import { engineOptions, type ProgressFlags } from '../show-progress.ts';

interface RollbackFlags extends OutputOptions, ProgressFlags {
  readonly acceptDifferences?: boolean | undefined;
}

export async function rollback(asked: string, flags: RollbackFlags): Promise<ExitCode> {
  const { acceptDifferences } = flags;
  const outcome = await takeBack(asked, liveMachine(), { ...engineOptions(flags), acceptDifferences });
  return printOutcome(outcome, flags);
}
