import { Command } from '@commander-js/extra-typings';
import type { ExitCode } from './exit-code.ts';

type SetExitCode = (code: ExitCode) => void;

/** Declares every verb: its arguments, options and examples. The code of each is loaded when it is asked for. */
export function addVerbs(program: Command, exit: SetExitCode): void {
  program
    .command('trace')
    .argument('<service>', 'a systemd service; .service may be left out')
    .argument('[settings...]', 'environment variables or directives; without any, all are listed')
    .summary('where a value comes from, who else tried to set it, where yours would win')
    .description(
      'Where a value of a service comes from: every layer that could set it, who wins, and what made it.',
    )
    .option('--root <dir>', 'look at a root directory instead of this machine')
    .option('--sources <dir>', "a generator's sources that are not on the host")
    .option('--json', 'print the Trace or TraceList document')
    .option('--show-secrets', 'do not mask passwords and the like')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples([
        'cutover trace dcos-mesos-slave.service MESOS_ISOLATION',
        'cutover trace ssh.service SSHD_OPTS ExecStart',
        'cutover trace nginx --root /mnt/image --json',
      ]),
    )
    .action(async (service, settings, options) =>
      exit((await import('./verbs/trace.ts')).trace(service, settings, options)),
    );

  program
    .command('inspect')
    .argument('<service>', 'a systemd service; .service may be left out')
    .summary('what it depends on, and what depends on it')
    .description(
      'What a service depends on, from its unit to the last library and module, and which units refer to it.',
    )
    .option('--only <kinds>', 'show these kinds only: libraries, modules, files, hosts, packages, …')
    .option('--depth <levels>', 'levels of the tree below the service')
    .option('--root <dir>', 'look at a root directory instead of this machine')
    .option('--json', 'print the Inspection document')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples([
        'cutover inspect dcos-mesos-slave.service',
        'cutover inspect nginx --only libraries,modules',
        'cutover inspect cron --root /mnt/image --json',
      ]),
    )
    .action(async (service, options) => exit((await import('./verbs/inspect.ts')).inspect(service, options)));
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
