import { dcos } from './dcos/dcos.ts';
import { debian } from './debian/debian.ts';
import { nginx } from './nginx/nginx.ts';
import { redis } from './redis/redis.ts';
import { httpd } from './httpd/httpd.ts';
import { postgresql } from './postgresql/postgresql.ts';
import { sshd } from './sshd/sshd.ts';
import { cron } from './cron/cron.ts';
import { rsyslog } from './rsyslog/rsyslog.ts';
import { busybox } from './busybox/busybox.ts';
import { mesos } from './mesos/mesos.ts';
import type { Knowledge } from './knowledge.ts';

/** All that Cutover knows; of two that say the same of a path, the earlier counts. */
export const allKnowledge: readonly Knowledge[] = [
  dcos,
  debian,
  mesos,
  nginx,
  redis,
  httpd,
  postgresql,
  sshd,
  cron,
  rsyslog,
  busybox,
];
