import { Command, CommanderError } from '@commander-js/extra-typings';
import { ExitCode } from './exit-code.ts';
import { printFailure } from './output.ts';

export type SetExitCode = (code: ExitCode) => void;

/** Runs one command line with the verbs that are declared for it, and returns its exit code. */
export async function runCommandLine(
  args: readonly string[],
  version: string,
  declareVerbs: (program: Command, exit: SetExitCode) => void,
): Promise<number> {
  let exitCode: ExitCode = ExitCode.ok;
  const program = new Command('cutover')
    .description('Replace what runs behind a systemd service, and never lose the way back.')
    .version(`cutover ${version}`, '-V, --version')
    .showHelpAfterError('(cutover --help lists the verbs)')
    .configureHelp({ sortSubcommands: false })
    .exitOverride();
  declareVerbs(program, (code) => {
    exitCode = code;
  });
  outliveReaders();
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.couldNotRun;
    printFailure(error, { json: args.includes('--json') });
    return ExitCode.couldNotRun;
  }
  return exitCode;
}

/**
 * The reader of a pipe may go (`cutover trace … | head`), in the middle of a change too: the work and its exit
 * code go on. Output that can't be written for another reason (a full disk) is a failure.
 */
function outliveReaders(): void {
  let lost = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      lost ||= error.code !== 'EPIPE';
    });
  }
  process.on('exit', () => {
    if (lost) process.exitCode = ExitCode.couldNotRun;
  });
}
