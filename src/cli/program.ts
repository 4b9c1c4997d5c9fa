import { runCommandLine } from './run-command-line.ts';
import { addVerbs } from './verbs.ts';

/** Runs one command line and returns its exit code. */
export function run(args: readonly string[], version: string): Promise<number> {
  return runCommandLine(args, version, addVerbs);
}
