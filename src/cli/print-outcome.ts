import type { Outcome } from '../documents/outcome.ts';
import { outcomeText } from '../report/terminal/outcome-text.ts';
import { exitCodeOf } from './exit-code-of-outcome.ts';
import type { ExitCode } from './exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from './output.ts';

/** Prints how a change ended, as it was asked for; how the verb ends with it. */
export function printOutcome(outcome: Outcome, flags: OutputOptions): ExitCode {
  if (flags.json === true) printJson(outcome);
  else print(outcomeText(screenOf(flags), outcome));
  return exitCodeOf(outcome);
}
