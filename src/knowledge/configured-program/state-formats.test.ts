// Data that stays on disk while the program changes: whether tomorrow's reads it, and today's what tomorrow's writes.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, type Graph, graphWith, reportBetween } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, program } from '../../../test/small-elf.ts';
import { postgresql } from '../postgresql/postgresql.ts';
import { redis } from '../redis/redis.ts';

const DUMP = '/var/lib/redis/dump.rdb';

/** A server with this release among its texts, beside an older one, as the tables of commands have them. */
function redisOf(
  release: string,
  files: Readonly<Record<string, string>> = {},
  name = 'redis-server',
): Graph {
  const host = rootWith({
    '/usr/lib/systemd/system/redis.service': `[Service]\nExecStart=/usr/bin/${name} /etc/redis.conf\n`,
    '/etc/redis.conf': 'dir /var/lib/redis\n',
    ...files,
  });
  addLoader(host.root);
  serverWith(join(host.root, 'usr/bin', name), '2.8.12', release);
  return graphWith(host, 'redis', redis);
}

function serverWith(path: string, ...texts: readonly string[]): void {
  const all = texts.map((text) => `"${text}"`).join(', ');
  program(
    path,
    `const char *texts[] = { "", ${all} }; extern "C" void _start() { for (;;) texts[0] = texts[1]; }`,
  );
}

const said = (id: string, today: Graph, tomorrow: Graph): string[] =>
  reportBetween(today, tomorrow)
    .findings.filter((finding) => finding.id === id)
    .map(({ severity, subject, reason }) => `${severity} ${subject}: ${reason}`);
const kept = (today: Graph, tomorrow: Graph) => {
  const [before, after] = [today, tomorrow].map(({ examinations }) => examinations.get('redis'));
  return after === undefined ? [] : before?.advise(after).state;
};

describe.runIf(hasCompiler)('the dumps of Redis', () => {
  test('one that an older server does not read', () => {
    const files = { [DUMP]: 'REDIS0010…' };
    expect(said('redis-data', redisOf('7.0.15', files), redisOf('6.2.1', files))).toEqual([
      `blocker ${DUMP}: It was written in the format 10, and Redis 6.2.1 reads 1 to 9: Can't handle RDB format version 10.`,
    ]);
  });

  test('one that is read, by a server that writes what the old one reads', () => {
    const files = { [DUMP]: 'REDIS0009…' };
    expect(said('redis-data', redisOf('6.0.16', files), redisOf('6.2.1', files))).toEqual([]);
    expect(said('redis-data', redisOf('7.2.4', files), redisOf('7.2.4', files, 'valkey-server'))).toEqual([]);
  });

  test('one that a newer server will write anew is copied first', () => {
    const files = { [DUMP]: 'REDIS0009…', '/var/lib/redis/appendonlydir/a.1.base.rdb': 'REDIS0009…' };
    const [today, tomorrow] = [redisOf('6.0.16', files), redisOf('7.4.1', files)];
    expect(said('redis-data', today, tomorrow)).toEqual([
      `note ${DUMP}: Redis 7.4.1 writes it in the format 12, which Redis 6.0.16 does not read (up to 9): going back wants the copy of before, and what was written since is lost.`,
      expect.stringContaining('note /var/lib/redis/appendonlydir/a.1.base.rdb: '),
    ]);
    expect(kept(today, tomorrow)).toEqual([
      {
        path: DUMP,
        class: 'snapshot',
        why: 'Redis 7.4.1 writes it in the format 12, and Redis 6.0.16 reads none above 9',
      },
      expect.objectContaining({ path: '/var/lib/redis/appendonlydir/a.1.base.rdb' }),
    ]);
    expect(kept(tomorrow, today)).toEqual([]);
  });

  test('a release that is not in the table could not be checked, unless it is so today', () => {
    const files = { [DUMP]: 'REDIS0010…' };
    const outcome = (today: Graph, tomorrow: Graph) =>
      reportBetween(today, tomorrow).checks.find(({ id }) => id === 'redis-data');
    expect(outcome(redisOf('7.0.15', files), redisOf('19.0.0', files))).toMatchObject({
      result: 'could-not-run',
      reason: 'what Redis 19.0.0 reads is not known',
    });
    expect(outcome(redisOf('19.0.0', files), redisOf('19.0.1', files))).toMatchObject({ result: 'ok' });
    expect(outcome(redisOf('7.0.15'), redisOf('19.0.0'))).toMatchObject({ result: 'ok', examined: 0 });
  });
});

describe.runIf(hasCompiler)('the data directory of PostgreSQL', () => {
  const serverOf = (release: string, version: string): Graph => {
    const host = rootWith({
      '/usr/lib/systemd/system/pg.service': '[Service]\nExecStart=/usr/bin/postgres -D /srv/pg\n',
      '/srv/pg/postgresql.conf': '',
      '/srv/pg/PG_VERSION': `${version}\n`,
    });
    addLoader(host.root);
    serverWith(join(host.root, 'usr/bin/postgres'), `PostgreSQL ${release} (Debian)`);
    return graphWith(host, 'pg', postgresql);
  };

  test('of another major release', () => {
    expect(said('postgresql-data', serverOf('15.18', '15'), serverOf('16.2', '15'))).toEqual([
      'blocker /srv/pg/PG_VERSION: It was written in the format 15, and PostgreSQL 16.2 reads 16 alone: FATAL:  database files are incompatible with server.',
    ]);
  });

  test('of the same one', () => {
    expect(said('postgresql-data', serverOf('15.1', '15'), serverOf('15.18', '15'))).toEqual([]);
    expect(said('postgresql-data', serverOf('9.6.1', '9.6'), serverOf('9.6.24', '9.6'))).toEqual([]);
  });
});
