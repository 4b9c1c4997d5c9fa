import { Command, CommanderError } from '@commander-js/extra-typings';
import { ExitCode } from './exit-code.ts';
import { printFailure } from './output.ts';
import { addVerbs } from './verbs.ts';

/** Runs one command line and returns its exit code. */
export async function run(args: readonly string[], version: string): Promise<number> {
  let exitCode: ExitCode = ExitCode.ok;
  const program = new Command('cutover')
    .description('Replace what runs behind a systemd service, and never lose the way back.')
    .version(`cutover ${version}`, '-V, --version')
    .showHelpAfterError('(cutover --help lists the verbs)')
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  addVerbs(program, (code) => {
    exitCode = code;
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe has gone (`cutover trace … | head`): nobody is left to tell.
    if (error.code === 'EPIPE') process.exit(ExitCode.ok);
    throw error;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.couldNotRun;
    printFailure(error, { json: args.includes('--json') });
    return ExitCode.couldNotRun;
  }
  return exitCode;
}
