import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { showPlace } from '../../text/place.ts';
import type { Configuration } from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import { textInProgram } from '../configured-program/text-in-program.ts';
import { type CronJob, readCrontab } from './crontab.ts';

export interface Crontabs {
  readonly configuration: Configuration;
  readonly jobs: readonly CronJob[];
  /** Where users' crontabs are kept. */
  readonly spool: string;
}

/** /etc/crontab, those of /etc/cron.d, and those of users. Source: load_database() of cron 3.0pl1 and of cronie 1.6. */
export function readCrontabs(start: ServiceStart): Crontabs {
  const { host } = start;
  const spool = spoolOf(start);
  const reader = new ConfigurationReader(host);
  const jobs: CronJob[] = [];
  const read = (path: string, how: string, user: string | undefined): void => {
    reader.file(path, { how }, (text) => {
      const found = readCrontab(path, text, user, (place) =>
        reader.notExamined.push(`${showPlace(place)}: no line that cron understands`),
      );
      jobs.push(...found);
    });
  };
  if (host.stat('/etc/crontab') !== undefined) read('/etc/crontab', "cron's own crontab", undefined);
  for (const name of namesIn(host, '/etc/cron.d', reader.notExamined)) {
    const path = `/etc/cron.d/${name}`;
    const facts = host.stat(path);
    if (!/^[A-Za-z0-9_-]+$/.test(name)) {
      if (!name.startsWith('.')) reader.notExamined.push(`${path}: cron passes over a file with such a name`);
    } else if (facts?.type === 'file') {
      if (facts.uid !== 0 || (facts.mode & 0o022) !== 0)
        reader.notExamined.push(`${path}: cron refuses a file that others than root may write`);
      else read(path, 'in /etc/cron.d', undefined);
    }
  }
  for (const user of namesIn(host, spool, reader.notExamined))
    if (host.stat(`${spool}/${user}`)?.type === 'file' && !user.startsWith('tmp.'))
      read(`${spool}/${user}`, `the crontab of ${user}`, user);
  return { configuration: reader.configuration, jobs, spool };
}

/** Debian's keeps them in a directory below the one that cronie has. */
function spoolOf(start: ServiceStart): string {
  const base = textInProgram(start, /\0(\/var\/spool\/cron(?:\/crontabs)?)\0/) ?? '/var/spool/cron';
  const below = `${base}/crontabs`;
  return base.endsWith('/crontabs') || ifReadable(() => start.host.stat(below)) === undefined ? base : below;
}

function namesIn(host: Host, directory: string, notExamined: string[]): readonly string[] {
  if (ifReadable(() => host.stat(directory)) === undefined) return [];
  const names = ifReadable(() => host.list(directory));
  if (names === undefined) notExamined.push(`crontabs in ${directory}: not readable, run it as root`);
  return names ?? [];
}
