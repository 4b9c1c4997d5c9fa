import type { Host } from '../host/host.ts';
import { otherAccountSources } from './account-lines.ts';

/** Whether a user or group that is in no file exists, and what is not known of it: another source may know it. */
export function unlistedAccount(
  host: Host,
  database: 'passwd' | 'group',
): [exists: false | null, attributes: Readonly<Record<string, string>>] {
  const others = otherAccountSources(host, database);
  return others.length === 0
    ? [false, {}]
    : [null, { unknown: `not in /etc/${database}; ${others.join(' and ')} was not asked` }];
}
