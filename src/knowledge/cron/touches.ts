import { ShellState } from '../../formats/shell/shell-state.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { commandPrefix } from '../../service/prefixes/command-prefix.ts';
import { findProgram } from '../../service/find-program.ts';
import { scriptCommands } from '../../service/writers/script-commands.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import type { CronJob } from './crontab.ts';
import type { Crontabs } from './read-crontabs.ts';

/** The programs that crontabs start, and where users' crontabs are kept. */
export function cronTouches(host: Host, { jobs, spool }: Crontabs): Touch[] {
  return [
    {
      kind: 'directory',
      name: spool,
      edge: 'keeps-state-in',
      label: 'crontab -e',
      evidence: { how: 'built into cron' },
    },
    ...jobs.flatMap((job) => programsOf(host, job)),
  ];
}

/** What a shell does itself, and what only asks. */
const OF_THE_SHELL = new Set(
  '. : [ alias bg break cd command continue echo eval exec exit export false fg getopts hash jobs kill local printf pwd read readonly return set shift test times trap true type ulimit umask unalias unset wait'.split(
    ' ',
  ),
);

/** Source: the default of cron 3.0pl1. */
const PATH = '/usr/bin:/bin';

function programsOf(host: Host, { user, command, place, environment }: CronJob): Touch[] {
  const started = (name: string, label = `crontab, as ${user}`): Touch => ({
    kind: 'program',
    name,
    edge: 'starts',
    label,
    evidence: place,
  });
  const files = { read: () => undefined, realPath: () => undefined };
  const state = new ShellState('sh', files, new Map(environment), [], '/');
  return scriptCommands(command, state).flatMap(({ words }): Touch[] => {
    let at = words;
    for (let count = 0; count < 8 && at.every((word) => word !== undefined); count += 1) {
      const prefix = commandPrefix(at);
      if (prefix === undefined || prefix.script !== undefined) break;
      at = prefix.words;
    }
    const [name, ...args] = at;
    if (name === undefined || OF_THE_SHELL.has(name)) return [];
    const path = findProgram(host, name, environment.get('PATH') ?? PATH);
    const scripts = name.endsWith('run-parts') ? partsOf(host, args) : [];
    return [
      started(path ?? name),
      ...scripts.map((script) => started(script, `crontab, as ${user}, by run-parts`)),
    ];
  });
}

/** The scripts of a directory that run-parts(8) starts. */
function partsOf(host: Host, args: readonly (string | undefined)[]): string[] {
  const directory = args.find((arg) => arg?.startsWith('/') === true);
  if (directory === undefined) return [];
  const names = ifReadable(() => host.list(directory)) ?? [];
  return names
    .filter((name) => /^[A-Za-z0-9_-]+$/.test(name))
    .map((name) => `${directory.replace(/\/$/, '')}/${name}`)
    .filter((path) => {
      const facts = ifReadable(() => host.stat(path));
      return facts?.type === 'file' && (facts.mode & 0o111) !== 0;
    });
}
