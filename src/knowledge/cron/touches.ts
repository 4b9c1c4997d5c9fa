import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { commandPrograms } from '../configured-program/command-programs.ts';
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
  return commandPrograms(host, command, environment, PATH).flatMap(({ name, path, args }): Touch[] => {
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
