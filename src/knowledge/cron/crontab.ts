import type { Place } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';

/** A line of a crontab that starts something. */
export interface CronJob {
  readonly user: string;
  /** What the shell gets; a `%` that ends it begins what it reads. */
  readonly command: string;
  readonly place: Place;
  /** What the lines before it set. */
  readonly environment: ReadonlyMap<string, string>;
}

const NICKNAMES = /^@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/**
 * The jobs of a crontab. One of the system (`user` undefined) names a user on each line, behind the time. Lines that cron
 * would refuse are given to `refused`. Source: crontab(5); load_entry() and load_env() of cron 3.0pl1.
 */
export function readCrontab(
  file: string,
  text: string,
  user: string | undefined,
  refused: (place: Place) => void,
): CronJob[] {
  const placeAt = placesIn(file, text);
  const environment = new Map<string, string>();
  const jobs: CronJob[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const start = at + (line.length - line.trimStart().length);
    at += line.length + 1;
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const setting = /^(?:"([^"]*)"|'([^']*)'|([^\s=*@"'\d-][^\s=]*))\s*=(.*)$/.exec(content);
    if (setting !== null) {
      const [, double, single, bare, value = ''] = setting;
      environment.set(double ?? single ?? bare ?? '', value.trim().replace(/^(["'])(.*)\1$/, '$2'));
      continue;
    }
    const fields = content.startsWith('@') ? 1 : 5;
    const words = fields + (user === undefined ? 1 : 0);
    const match = new RegExp(`^((?:\\S+[ \\t]+){${words}})(\\S.*)$`).exec(content);
    const named = match?.[1]?.trim().split(/[ \t]+/) ?? [];
    const isTime = fields === 1 ? NICKNAMES.test(named[0] ?? '') : named.slice(0, 5).every(isField);
    if (match === null || !isTime) {
      refused(placeAt(start));
      continue;
    }
    const [, before = '', command = ''] = match;
    jobs.push({
      user: user ?? named[fields] ?? '',
      command: command.replace(/(?<!\\)%[^]*$/, '').replaceAll('\\%', '%'),
      place: placeAt(start + before.length),
      environment: new Map(environment),
    });
  }
  return jobs;
}

function isField(word: string): boolean {
  return /^[\d*,/~a-zA-Z-]+$/.test(word);
}
