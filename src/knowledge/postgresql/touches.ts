import { posix } from 'node:path';
import { bracketedAddress } from '../configured-program/bracketed-address.ts';
import type { ConfigurationLine } from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { touch } from '../configured-program/touch.ts';
import type { PostgresqlConfiguration } from './read-configuration.ts';

/** The data directory, files, ports, sockets and the primary that the settings name. */
export function postgresqlTouches(configuration: PostgresqlConfiguration): Touch[] {
  const { dataDirectory, setting } = configuration;
  const home = dataDirectory ?? '/';
  const state = setting('data_directory');
  const files = FILES.flatMap(({ name, kind, edge }): Touch[] => {
    const line = setting(name);
    const path = line?.words[0]?.text;
    return line === undefined || !path || path === '(none)'
      ? []
      : [touch(line, kind, posix.resolve(home, path), edge)];
  });
  const data: Touch[] =
    dataDirectory === undefined
      ? []
      : [
          {
            kind: 'directory',
            name: dataDirectory,
            edge: 'keeps-state-in',
            label: 'data_directory',
            evidence: state?.words[0]?.place ?? { how: 'the data directory (-D)' },
          },
        ];
  return [
    ...data,
    ...files,
    ...ports(configuration),
    ...sockets(configuration),
    ...primary(setting('primary_conninfo')),
  ];
}

const FILES: readonly {
  readonly name: string;
  readonly kind: 'file' | 'directory';
  readonly edge: Touch['edge'];
}[] = [
  { name: 'hba_file', kind: 'file', edge: 'names' },
  { name: 'ident_file', kind: 'file', edge: 'names' },
  { name: 'ssl_cert_file', kind: 'file', edge: 'names' },
  { name: 'ssl_key_file', kind: 'file', edge: 'names' },
  { name: 'ssl_ca_file', kind: 'file', edge: 'names' },
  { name: 'log_directory', kind: 'directory', edge: 'keeps-state-in' },
  { name: 'external_pid_file', kind: 'file', edge: 'keeps-state-in' },
];

function ports({ setting }: PostgresqlConfiguration): Touch[] {
  const port = setting('port');
  const number = port?.words[0]?.text ?? '5432';
  const addresses = (setting('listen_addresses')?.words[0]?.text ?? 'localhost')
    .split(',')
    .map((one) => one.trim());
  const evidence = port?.words[0]?.place ?? { how: 'the default of port' };
  return addresses
    .filter((address) => address !== '')
    .map((address) => ({
      kind: 'port',
      name: address === '*' ? number : `${bracketedAddress(address)}:${number}`,
      edge: 'names',
      label: 'port',
      evidence,
    }));
}

function sockets({ setting }: PostgresqlConfiguration): Touch[] {
  const line = setting('unix_socket_directories');
  const port = setting('port')?.words[0]?.text ?? '5432';
  const directories = (line?.words[0]?.text ?? '').split(',').map((one) => one.trim());
  return line === undefined
    ? []
    : directories
        .filter((directory) => directory.startsWith('/'))
        .map((directory) => touch(line, 'file', `${directory}/.s.PGSQL.${port}`));
}

/** A connection string may hold a password: host and port alone are taken from it. */
function primary(line: ConfigurationLine | undefined): Touch[] {
  const text = line?.words[0]?.text ?? '';
  const host = /(?:^|\s)host\s*=\s*'?([^\s']+)/.exec(text)?.[1];
  const port = /(?:^|\s)port\s*=\s*'?(\d+)/.exec(text)?.[1] ?? '5432';
  return line === undefined || host === undefined ? [] : [touch(line, 'host', `${host}:${port}`)];
}
