import { posix } from 'node:path';
import { bracketedAddress } from '../configured-program/bracketed-address.ts';
import {
  type Configuration,
  type ConfigurationLine,
  linesNamed,
} from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { touch } from '../configured-program/touch.ts';

/** Ports, sockets, files, the state directory and the server it is a replica of, as redis.conf says them. */
export function redisTouches(configuration: Configuration, directory: string): Touch[] {
  const last = (name: string) => linesNamed(configuration, name).at(-1);
  const files = FILES.flatMap(({ name, edge }) => {
    const line = last(name);
    const path = line?.words[0]?.text;
    return line === undefined || !path ? [] : [touch(line, 'file', posix.resolve(directory, path), edge)];
  });
  const state = last('dir');
  const replica = last('replicaof') ?? last('slaveof');
  const [host, port] = replica?.words.map(({ text }) => text) ?? [];
  return [
    ...ports(last('port'), last('bind'), 'port', '6379'),
    ...ports(last('tls-port'), last('bind'), 'tls-port', '0'),
    ...(state?.words[0] === undefined
      ? [
          {
            kind: 'directory' as const,
            name: directory,
            edge: 'keeps-state-in' as const,
            label: 'dir',
            evidence: { how: 'the working directory, for want of a dir line' },
            byDefault: true,
          },
        ]
      : [touch(state, 'directory', posix.resolve(directory, state.words[0].text), 'keeps-state-in')]),
    ...files,
    ...(replica === undefined || host === undefined || port === undefined || host === 'no'
      ? []
      : [touch(replica, 'host', `${host}:${port}`)]),
  ];
}

const FILES: readonly { readonly name: string; readonly edge: Touch['edge'] }[] = [
  { name: 'unixsocket', edge: 'names' },
  { name: 'logfile', edge: 'keeps-state-in' },
  { name: 'pidfile', edge: 'keeps-state-in' },
  { name: 'aclfile', edge: 'names' },
  { name: 'tls-cert-file', edge: 'names' },
  { name: 'tls-key-file', edge: 'names' },
  { name: 'tls-ca-cert-file', edge: 'names' },
];

/** Without a `bind` all addresses; an address with `-` before it need not exist. Port 0: it does not listen. */
function ports(
  port: ConfigurationLine | undefined,
  bind: ConfigurationLine | undefined,
  label: string,
  byDefault: string,
): Touch[] {
  const number = port?.words[0]?.text ?? byDefault;
  if (number === '0') return [];
  const addresses = bind?.words.map(({ text }) => text.replace(/^-/, '')) ?? ['*'];
  const evidence = port?.words[0]?.place ?? { how: `the default of ${label}` };
  return addresses.map((address) => ({
    kind: 'port',
    name: `${bracketedAddress(address)}:${number}`.replace(/^\*:/, ''),
    edge: 'names',
    label,
    evidence,
    byDefault: port?.words[0] === undefined,
  }));
}
