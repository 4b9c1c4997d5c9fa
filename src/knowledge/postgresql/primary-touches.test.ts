import { expect, test } from 'vitest';
import { parsePostgresqlConf } from './parse-postgresql-conf.ts';
import { primaryTouches } from './primary-touches.ts';

const named = (text: string) =>
  parsePostgresqlConf('/srv/lamp/postgresql.conf', `primary_conninfo = '${text}'\n`)
    .lines.flatMap((line) => primaryTouches(line, '/srv/lamp'))
    .map(({ label, kind, name }) => `${label} ${kind} ${name}`);

const HOSTS = ['primary_conninfo host one.example.org:5433', 'primary_conninfo host [2001:db8::1]:5434'];

test('the servers and files of primary_conninfo as words: quotes, lists, a socket, the default port', () => {
  expect(
    named(
      "host=one.example.org,2001:db8::1 port=5433,5434 password=oil passfile=''/srv/my pass'' sslrootcert = root.crt",
    ),
  ).toEqual([
    ...HOSTS,
    'primary_conninfo passfile file /srv/my pass',
    'primary_conninfo sslrootcert file /srv/lamp/root.crt',
  ]);
  expect(named('hostaddr=192.0.2.1')).toEqual(['primary_conninfo host 192.0.2.1:5432']);
  expect(named('host=/run/lamp port=1')).toEqual(['primary_conninfo file /run/lamp/.s.PGSQL.1']);
  expect(named('')).toEqual([]);
});

test('the same as an address, its password left out', () => {
  expect(
    named('postgresql://u:oil@one.example.org:5433,[2001:db8::1]:5434/x?passfile=%2Fsrv%2Fpass'),
  ).toEqual([...HOSTS, 'primary_conninfo passfile file /srv/pass']);
  expect(named('postgres://%zz:1/x')).toEqual(['primary_conninfo host %zz:1']);
});
