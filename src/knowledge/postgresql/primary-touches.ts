import { posix } from 'node:path';
import { bracketedAddress } from '../configured-program/bracketed-address.ts';
import type { ConfigurationLine } from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { touch } from '../configured-program/touch.ts';

const FILES = ['passfile', 'sslcert', 'sslkey', 'sslrootcert', 'sslcrl'];

/**
 * The servers and files of a connection string; it may hold a password, so nothing else is taken from it. Lists of hosts
 * and ports go side by side, one port is that of all. Source: "Connection Strings" of libpq.
 */
export function primaryTouches(line: ConfigurationLine, home: string): Touch[] {
  const text = line.words[0]?.text ?? '';
  const given = /^postgres(?:ql)?:\/\//.test(text) ? ofAddress(text) : ofWords(text);
  const hosts = (given.get('host') || given.get('hostaddr') || '').split(',').filter((one) => one !== '');
  const ports = (given.get('port') ?? '').split(',');
  return [
    ...hosts.map((host, index) => {
      const port = (ports.length === 1 ? ports[0] : ports[index]) || '5432';
      return host.startsWith('/')
        ? touch(line, 'file', `${host}/.s.PGSQL.${port}`)
        : touch(line, 'host', `${bracketedAddress(host)}:${port}`);
    }),
    ...FILES.flatMap((name) => {
      const path = given.get(name);
      return path
        ? [{ ...touch(line, 'file', posix.resolve(home, path)), label: `${line.name} ${name}` }]
        : [];
    }),
  ];
}

function ofWords(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/(\w+)\s*=\s*(?:'((?:\\[^]|[^'\\])*)'|((?:\\[^]|[^\s'\\])*))/g)].map(
      ([, name = '', quoted, bare = '']) => [name, (quoted ?? bare).replace(/\\([^])/g, '$1')],
    ),
  );
}

/** `postgresql://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?NAME=VALUE&…` */
function ofAddress(text: string): Map<string, string> {
  const match = /^\w+:\/\/(?:[^@/]*@)?([^/?]*)[^?]*(?:\?(.*))?$/s.exec(text);
  const servers = (match?.[1] ?? '').split(',').map((one) => /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(one));
  const more = (match?.[2] ?? '').split('&').flatMap((pair): [string, string][] => {
    const [name = '', value] = pair.split('=');
    return value === undefined ? [] : [[name, decoded(value)]];
  });
  return new Map([
    ['host', servers.map((one) => decoded(one?.[1] ?? '').replace(/^\[|\]$/g, '')).join(',')],
    ['port', servers.map((one) => one?.[2] ?? '').join(',')],
    ...more,
  ]);
}

/** A `%` that stands for no character stays: PostgreSQL would refuse it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
