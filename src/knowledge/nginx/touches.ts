import { posix } from 'node:path';
import type { Configuration, ConfigurationLine } from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { withoutAnyAddress } from '../configured-program/without-any-address.ts';
import { touch } from '../configured-program/touch.ts';
import type { BuiltInStore } from './nginx-paths.ts';

/** Files, directories, ports, hosts and the user that nginx.conf names. What depends on a request is left out. */
export function nginxTouches(
  { lines }: Configuration,
  prefix: string,
  directory: string,
  stores: readonly BuiltInStore[],
): Touch[] {
  const named = lines.flatMap((line): Touch[] => {
    const { name, words } = line;
    const first = words[0]?.text;
    if (first === undefined || first.includes('$')) return [];
    if (name === 'resolver') return resolvers(line);
    if ((name === 'access_log' || name === 'error_log') && first.startsWith('syslog:'))
      return syslogServer(line, first);
    if (name === 'listen') return [touch(line, 'port', withoutDefaults(first))];
    if (name === 'user') return [touch(line, 'user', first)];
    if (name === 'server' && line.within.at(-1)?.name === 'upstream') return hostOf(line, first);
    if (PASSED_TO.test(name)) return hostOf(line, first);
    if (WRITES.has(name) && !isSwitch(first))
      return [touch(line, 'file', posix.resolve(prefix, first), 'keeps-state-in')];
    if (STORES.has(name) && !isSwitch(first))
      return [touch(line, 'directory', posix.resolve(prefix, first), 'keeps-state-in')];
    if (READS_BY_PREFIX.has(name)) return [touch(line, 'file', posix.resolve(prefix, first))];
    if (READS_BY_DIRECTORY.has(name) && !/^(?:data|engine):/.test(first))
      return [touch(line, 'file', posix.resolve(directory, first))];
    return [];
  });
  return [...named, ...builtIn(lines, stores)];
}

/** A block below http that names a directory of its own leaves the built-in one to the others. */
function builtIn(lines: readonly ConfigurationLine[], stores: readonly BuiltInStore[]): Touch[] {
  if (!lines.some(({ name, within }) => name === 'http' && within.length === 0)) return [];
  const overruled = new Set(
    lines.filter(({ within }) => within.length === 1 && within[0]?.name === 'http').map(({ name }) => name),
  );
  return stores
    .filter(({ directive }) => !overruled.has(directive))
    .map(({ directive, directory, how }) => ({
      kind: 'directory',
      name: directory,
      edge: 'keeps-state-in',
      label: directive,
      evidence: { how },
    }));
}

/** Addresses of name servers; the words with `=` are options. Source: ngx_resolver_create(). */
function resolvers(line: ConfigurationLine): Touch[] {
  return line.words
    .filter(({ text }) => !/[=$]/.test(text))
    .map((word) => touch({ ...line, words: [word] }, 'host', word.text));
}

/** `syslog:server=HOST[:PORT],…` or `syslog:server=unix:SOCKET,…`. Source: ngx_syslog_parse_args(). */
function syslogServer(line: ConfigurationLine, target: string): Touch[] {
  const server = /^syslog:(?:[^,]*,)*?server=([^,]+)/.exec(target)?.[1];
  return server === undefined ? [] : hostOf(line, server);
}

const PASSED_TO = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/;
const WRITES = new Set(['access_log', 'error_log', 'pid', 'lock_file']);
const STORES = new Set(
  'client_body_temp_path proxy_temp_path proxy_cache_path fastcgi_temp_path fastcgi_cache_path uwsgi_temp_path scgi_temp_path'.split(
    ' ',
  ),
);
const READS_BY_PREFIX = new Set(['root', 'alias']);
/** Relative to the directory of nginx.conf: ngx_conf_full_name(…, 1). */
const READS_BY_DIRECTORY = new Set(
  'ssl_certificate ssl_certificate_key ssl_trusted_certificate ssl_client_certificate ssl_dhparam ssl_password_file auth_basic_user_file'.split(
    ' ',
  ),
);

function isSwitch(text: string): boolean {
  return text === 'off' || text === 'stderr' || text === 'stdout' || /^(?:syslog|memory):/.test(text);
}

/** `*:80` and `0.0.0.0:80` are port 80; an address without a port has port 80. Source: ngx_http_core_module. */
function withoutDefaults(listen: string): string {
  if (listen.startsWith('unix:')) return listen.slice('unix:'.length);
  const address = withoutAnyAddress(listen);
  return /^\d+$|:\d+$/.test(address) && !/^\[[^\]]*$/.test(address) ? address : `${address}:80`;
}

function hostOf(line: ConfigurationLine, target: string): Touch[] {
  const socket = /^(?:\w+:\/\/)?unix:([^:\s]+)/.exec(target)?.[1];
  if (socket !== undefined) return [touch(line, 'file', socket)];
  const address = /^(?:\w+:\/\/)?([^/\s]+)/.exec(target)?.[1];
  return address === undefined ? [] : [touch(line, 'host', address)];
}
