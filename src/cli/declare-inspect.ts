import type { Command } from '@commander-js/extra-typings';
import { examples } from './examples.ts';

export interface InspectOptions {
  readonly only?: string | undefined;
  readonly depth?: string | undefined;
  readonly libraries?: readonly string[] | undefined;
  readonly path?: string | undefined;
  readonly symbols?: boolean | undefined;
  readonly root?: string | undefined;
  readonly json?: boolean | undefined;
  readonly dot?: boolean | undefined;
  readonly color: boolean;
}

/** The words and options of `inspect`, for both programs that have it. */
export function declareInspect(
  program: Command,
  act: (service: string | undefined, options: InspectOptions) => void | Promise<void>,
): void {
  program
    .command('inspect')
    .argument('[service]', 'a systemd service; .service may be left out')
    .summary('what it depends on, and what depends on it')
    .description(
      'What a service depends on, from its unit to the last library and module, as whom it runs, where it listens, what it ' +
        'keeps, and who refers to it.',
    )
    .option('--only <kinds>', 'show these kinds only: libraries, modules, files, ports, processes, …')
    .option('--depth <levels>', 'levels of the tree below the service')
    .option(
      '--libraries <path...>',
      'instead of a service: the libraries of files, or of all ELF files in directories',
    )
    .option(
      '--path <file>',
      'instead of a service: which services and lines would notice if this file changed',
    )
    .option('--symbols', 'with --libraries: who gives each symbol, and what is missing')
    .option('--root <dir>', 'look at a root directory instead of this machine')
    .option('--json', 'print the Inspection, LibraryReport or Dependents document')
    .option('--dot', 'print the graph for Graphviz: cutover inspect nginx --dot | dot -Tsvg')
    .option('--no-color', 'no colour')
    .addHelpText(
      'after',
      examples([
        'cutover inspect dcos-mesos-slave.service',
        'cutover inspect nginx --only libraries,modules',
        'cutover inspect cron --root /mnt/image --json',
        'cutover inspect --libraries /usr/sbin/nginx --symbols',
        'cutover inspect --libraries /usr/bin /usr/sbin',
        'cutover inspect --path /etc/ssl/openssl.cnf',
      ]),
    )
    .action(act);
}
