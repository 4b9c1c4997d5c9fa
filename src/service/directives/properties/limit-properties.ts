import type { Property } from '../property.ts';
import { resourceLimit } from '../kinds/resource-limit.ts';
import { one } from './define.ts';
import { managerValue } from './system-conf-defaults.ts';

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

/** What a limit is without a line. */
const TAKEN_OVER = { unknown: 'systemd takes it over from the machine, which no file tells' };

/** Source: systemd.exec(5), "Process properties"; systemd-system.conf(5), DefaultLimitCPU= and the like. */
export const LIMIT_PROPERTIES: readonly Property[] = LIMITS.flatMap(([name, unit]) => {
  const directive = `Limit${name}`;
  const [hard, soft] = [resourceLimit('hard', unit), resourceLimit('soft', unit)];
  return [
    one('Service', directive, hard, managerValue(`Default${directive}`, hard, TAKEN_OVER)),
    one('Service', `${directive}Soft`, soft, managerValue(`Default${directive}`, soft, TAKEN_OVER), [
      directive,
    ]),
  ];
});
