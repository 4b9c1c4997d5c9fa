import type { Property } from '../property.ts';
import { resourceLimit } from '../kinds/resource-limit.ts';
import { fixed, one } from './define.ts';

/**
 * Resource limits that systemd itself has the same everywhere; those that it takes over from the machine (NPROC,
 * SIGPENDING, MEMLOCK, NOFILE, CORE) are `undefined` without a line: only the running system tells.
 */
const LIMITS: readonly (readonly [string, Parameters<typeof resourceLimit>[1]])[] = [
  ['CPU', 'seconds'],
  ['FSIZE', 'bytes'],
  ['DATA', 'bytes'],
  ['STACK', 'bytes'],
  ['CORE', 'bytes'],
  ['RSS', 'bytes'],
  ['NOFILE', 'number'],
  ['AS', 'bytes'],
  ['NPROC', 'number'],
  ['MEMLOCK', 'bytes'],
  ['LOCKS', 'number'],
  ['SIGPENDING', 'number'],
  ['MSGQUEUE', 'bytes'],
  ['NICE', 'nice'],
  ['RTPRIO', 'number'],
  ['RTTIME', 'microseconds'],
];

/** Source: systemd.exec(5), "Process properties". */
export const LIMIT_PROPERTIES: readonly Property[] = LIMITS.flatMap(([name, unit]) => [
  one('Service', `Limit${name}`, resourceLimit('hard', unit), fixed(undefined)),
  one('Service', `Limit${name}Soft`, resourceLimit('soft', unit), fixed(undefined), [`Limit${name}`]),
]);
