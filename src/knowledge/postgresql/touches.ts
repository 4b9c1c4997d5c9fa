import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { bracketedAddress } from '../configured-program/bracketed-address.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { touch } from '../configured-program/touch.ts';
import { COMMANDS, commandTouches } from './command-touches.ts';
import { primaryTouches } from './primary-touches.ts';
import type { PostgresqlConfiguration } from './read-configuration.ts';

/** The data directory, files, commands, ports, sockets and the primary that the settings name. */
export function postgresqlTouches(
  configuration: PostgresqlConfiguration,
  host: Host,
  environment: ReadonlyMap<string, string>,
): Touch[] {
  const { dataDirectory, setting } = configuration;
  const home = dataDirectory ?? '/';
  const state = setting('data_directory');
  const conninfo = setting('primary_conninfo');
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
    ...(conninfo === undefined ? [] : primaryTouches(conninfo, home)),
    ...COMMANDS.flatMap((name) => {
      const line = setting(name);
      return line === undefined ? [] : commandTouches(host, line, environment);
    }),
    ...absentIncludes(configuration),
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
  { name: 'ssl_crl_file', kind: 'file', edge: 'names' },
  { name: 'ssl_crl_dir', kind: 'directory', edge: 'names' },
  { name: 'ssl_dh_params_file', kind: 'file', edge: 'names' },
  { name: 'krb_server_keyfile', kind: 'file', edge: 'names' },
  { name: 'stats_temp_directory', kind: 'directory', edge: 'keeps-state-in' },
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
      byDefault: [port, setting('listen_addresses')].some((line) => line?.words[0] === undefined),
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
        .flatMap((directory) => [
          touch(line, 'directory', directory),
          touch(line, 'file', `${directory}/.s.PGSQL.${port}`),
        ]);
}

/** What `include_dir` names, and `include_if_exists` where nothing is there: the files that are there were read. */
function absentIncludes({ lines, files }: PostgresqlConfiguration): Touch[] {
  return lines.flatMap((line): Touch[] => {
    const target = line.words[0]?.text;
    if (!target || (line.name !== 'include_dir' && line.name !== 'include_if_exists')) return [];
    const path = posix.resolve(posix.dirname(line.place.file), target);
    if (files.some((file) => file.path === path)) return [];
    return [touch(line, line.name === 'include_dir' ? 'directory' : 'file', path)];
  });
}
