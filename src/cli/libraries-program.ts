import { declareInspect } from './declare-inspect.ts';
import { refuseSeveralSubjects } from './refuse-several-subjects.ts';
import { runCommandLine } from './run-command-line.ts';
import { inspectLibraries } from './verbs/inspect-libraries.ts';

/**
 * `inspect --libraries` as a program of its own, with nothing that it does not need: loading all the rest would take
 * longer than reading hundreds of files.
 */
export async function run(args: readonly string[], version: string): Promise<number> {
  let isAsked = true;
  const exitCode = await runCommandLine(args, version, (program, exit) => {
    declareInspect(program, (service, options) => {
      const { libraries, path } = options;
      refuseSeveralSubjects({ service, libraries, path });
      isAsked = libraries !== undefined;
      if (libraries !== undefined) exit(inspectLibraries(libraries, options));
    });
  });
  // What looked like the option may be the value of another one.
  return isAsked ? exitCode : (await import('./program.ts')).run(args, version);
}
