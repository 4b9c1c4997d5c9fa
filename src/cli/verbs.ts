import { Command } from '@commander-js/extra-typings';
import { declareInspect } from './declare-inspect.ts';
import { examples } from './examples.ts';
import type { SetExitCode } from './run-command-line.ts';

/** Declares every verb: its arguments, options and examples. The code of each is loaded when it is asked for. */
export function addVerbs(program: Command, exit: SetExitCode): void {
  program
    .command('trace')
    .argument('[service|file]', 'a service (.service may be left out), or FILE[:LINE[:COLUMN]] with a slash')
    .argument('[settings...]', 'environment variables or directives; without any, all are listed')
    .summary('where a value comes from, who else tried to set it, where yours would win')
    .description(
      'Where a value of a service comes from: every layer that could set it, who wins, and what made it. ' +
        'Or where a file, a line of it or one character comes from.',
    )
    .option('--all', 'every service of the host; with settings, these in all services that have them')
    .option('--why-not <file[:line]>', 'why the line, or each line of the file, has no effect on the service')
    .option('--root <dir>', 'look at a root directory instead of this machine')
    .option('--sources <dir>', "a generator's sources that are not on the host")
    .option('--config <file>', "the operator's config.yaml that the generator was given")
    .option('--json', 'print the Trace, TraceList, FileTrace, HostTrace or WhyNot document')
    .option('--show-secrets', 'do not mask passwords and the like')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples([
        'cutover trace dcos-mesos-slave.service MESOS_ISOLATION',
        'cutover trace ssh.service SSHD_OPTS ExecStart',
        'cutover trace /opt/mesosphere/etc/mesos-slave-common:6:20',
        'cutover trace nginx --why-not /etc/systemd/system/nginx.service.d/override.conf:3',
        'cutover trace --all TZ',
        'cutover trace nginx --root /mnt/image --json',
      ]),
    )
    .action(async (service, settings, options) =>
      exit(await (await import('./verbs/trace.ts')).trace(service, settings, options)),
    );

  declareInspect(program, async (service, options) => {
    const { libraries, path } = options;
    (await import('./refuse-several-subjects.ts')).refuseSeveralSubjects({ service, libraries, path });
    if (path !== undefined) exit((await import('./verbs/inspect-path.ts')).inspectPath(path, options));
    else if (libraries !== undefined)
      exit((await import('./verbs/inspect-libraries.ts')).inspectLibraries(libraries, options));
    else exit((await import('./verbs/inspect.ts')).inspect(service, options));
  });

  program
    .command('check')
    .argument('[spec|service]', 'a spec (cutover.yaml), or a service together with --with')
    .summary('what the replacement would break, and why')
    .description(
      'What a replacement would break, before anything is touched. Exit code 1 when there are blockers.',
    )
    .option(
      '--with <path>',
      'check this program with the arguments of today, without a spec; or a directory or archive (.deb, .tar), with --run',
    )
    .option('--run <command>', 'with --with DIRECTORY or ARCHIVE: what to start in it, such as bin/server')
    .option('--explain <id>', 'why a check exists and how to silence it')
    .option('--root <dir>', 'look at a root directory instead of this machine')
    .option('--json', 'print the CheckReport document')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples([
        'cutover check cutover.yaml',
        'cutover check nginx.service --with /srv/nginx/sbin/nginx',
        'cutover check dcos-mesos-slave.service --with /root/repo/mesos/build --run bin/mesos-slave.sh',
      ]),
    )
    .action(async (asked, options) =>
      exit(await (await import('./verbs/check.ts')).checkVerb(asked, options)),
    );

  program
    .command('plan')
    .argument('<spec|service>', 'a spec (cutover.yaml), or a service together with --set or --unset')
    .summary('what exactly will change, what restarts, what can not be undone')
    .description('Makes the plan of a change and prints it for review. Changes nothing.')
    .option('--set <NAME=VALUE...>', 'set a variable; NAME+=TEXT appends, NAME-=ELEMENT removes from a list')
    .option('--unset <NAME...>', 'take a variable out of the environment')
    .option(
      '--accept-irreversible <name...>',
      'accept a point of no return, beside those under accept: of the spec',
    )
    .option('--trial', 'try the replacement beside the service first, isolated')
    .option('--no-trial', 'do not, though Cutover knows how to try this program')
    .option('--out <file>', 'write the Plan document to a file, for: cutover apply FILE')
    .option('--root <dir>', 'plan for a root directory instead of this machine')
    .option('--json', 'print the Plan document')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples([
        'cutover plan cutover.yaml --out plan.json',
        'cutover plan dcos-mesos-slave.service --set MESOS_ISOLATION+=,gpu/nvidia',
      ]),
    )
    .action(async (asked, options) => exit((await import('./verbs/plan.ts')).plan(asked, options)));

  program
    .command('apply')
    .argument('<plan|spec>', 'a plan (plan.json) or a spec (cutover.yaml)')
    .summary('do it: journaled, gated, reverted by itself when the gate fails')
    .description(
      'Makes a change. Exit code 0: committed; 1: blocked, or gate failed and rolled back, verified.',
    )
    .option(
      '--accept-irreversible <name...>',
      'accept a point of no return, beside those under accept: of the spec',
    )
    .option('--trial', 'try the replacement beside the service first, isolated')
    .option('--no-trial', 'do not, though Cutover knows how to try this program')
    .option('--confirm-within <time>', 'take it back so long after its gate unless confirmed: 90s, 10m, 2h')
    .option(
      '--despite-blockers',
      'go on although check found blockers, or could not look at what a replacement brings',
    )
    .option('--quiet', 'no progress')
    .option('--progress-fd <n>', 'write each step as a line of JSON to an open file descriptor')
    .option('--json', 'print the Outcome document')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples(['cutover apply plan.json', 'cutover apply cutover.yaml --confirm-within 10m']),
    )
    .action(async (file, options) => exit(await (await import('./verbs/apply.ts')).apply(file, options)));

  program
    .command('confirm')
    .argument('<service|change>', 'a service, or a change by its id')
    .summary('accept a change that waits for it')
    .description(
      'Accepts a change that was applied with --confirm-within: it is not taken back by itself then.',
    )
    .option('--json', 'print the Outcome document')
    .option('--no-color', 'no colour')
    .addHelpText('after', examples(['cutover confirm nginx.service']))
    .action(async (asked, options) =>
      exit(await (await import('./verbs/confirm.ts')).confirm(asked, options)),
    );

  program
    .command('rollback')
    .argument('<service|change>', 'a service (its last change), or a change by its id')
    .summary('go back, exactly, and prove it')
    .description('Takes back a change, also one that was interrupted: files, links and state, verified.')
    .option(
      '--accept-differences',
      'be content with what still differs, and with a gate that fails: nothing is owed to the change any more',
    )
    .option('--quiet', 'no progress')
    .option('--progress-fd <n>', 'write each step as a line of JSON to an open file descriptor')
    .option('--json', 'print the Outcome document')
    .option('--no-color', 'no colour')
    .addHelpText('after', examples(['cutover rollback dcos-mesos-slave.service']))
    .action(async (asked, options) =>
      exit(await (await import('./verbs/rollback.ts')).rollback(asked, options)),
    );

  program
    .command('recover')
    .summary('finish what was interrupted')
    .description(
      'Finishes every change that was cut short by a crash or a power cut: a change goes back, a way back goes on, ' +
        'and one whose gate was passed is committed. Exit code 0 also when nothing was unfinished.',
    )
    .option('--quiet', 'no progress')
    .option('--progress-fd <n>', 'write each step as a line of JSON to an open file descriptor')
    .option('--json', 'print the Recovery document')
    .option('--no-color', 'no colour')
    .addHelpText('after', examples(['cutover recover', 'cutover recover --json']))
    .action(async (options) => exit(await (await import('./verbs/recover.ts')).recover(options)));

  program
    .command('status')
    .summary('what is swapped now, and what was')
    .description('Every change made on this machine, and whether it is in force.')
    .option('--json', 'print the Status document')
    .option('--no-color', 'no colour')
    .addHelpText('after', examples(['cutover status', 'cutover status --json']))
    .action(async (options) => exit(await (await import('./verbs/status.ts')).status(options)));
}
