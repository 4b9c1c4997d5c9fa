import { bracketedAddress } from '../configured-program/bracketed-address.ts';
import type {
  Configuration,
  ConfigurationLine,
  ConfigurationWord,
} from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { parameter } from './parameter.ts';

/** The files that rsyslogd reads and writes, where it listens, and where it sends to. `pidFile`: its option `-i`. */
export function rsyslogTouches({ lines }: Configuration, pidFile: string | undefined): Touch[] {
  const pid: Touch[] =
    pidFile === undefined || pidFile === 'NONE'
      ? []
      : [
          {
            kind: 'file',
            name: pidFile,
            edge: 'keeps-state-in',
            label: '-i',
            evidence: { how: 'option -i of the command' },
          },
        ];
  return [...pid, ...lines.flatMap(targetsOf)];
}

function targetsOf(line: ConfigurationLine): Touch[] {
  switch (line.name) {
    case 'action':
      return parameter(line, 'type') === undefined ? plainAction(line) : actionObject(line);
    case 'input':
    case 'module':
      return inputs(line);
    case 'global':
      return paths(line, GLOBAL_FILES);
    default:
      return directive(line);
  }
}

/** `-/var/log/mail.log`, `@logs.example:514`, `@@(o)[2001:db8::1]:6514;template`, `|/dev/xconsole`, `^/usr/bin/tell`. */
function plainAction({ words }: ConfigurationLine): Touch[] {
  const [word] = words;
  if (word === undefined) return [];
  const text = word.text.replace(/;[^;]*$/, '').trim();
  const sent = /^@(@)?(?:\([^)]*\))?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text);
  if (sent !== null) {
    const [, tcp, bracketed, plain = '', port = '514'] = sent;
    return [host(word, bracketedAddress(bracketed ?? plain), port, tcp !== undefined)];
  }
  const [, sign, path] = /^([-|^]?)\s*(\/\S+)$/.exec(text) ?? [];
  if (path === undefined) return [];
  if (sign === '^')
    return [{ kind: 'program', name: path, edge: 'starts', label: '^', evidence: word.place }];
  return [
    {
      kind: 'file',
      name: path,
      edge: sign === '|' ? 'names' : 'keeps-state-in',
      label: 'action',
      evidence: word.place,
    },
  ];
}

function actionObject(line: ConfigurationLine): Touch[] {
  const target = parameter(line, 'target') ?? parameter(line, 'server');
  const isTcp =
    parameter(line, 'protocol')?.text.toLowerCase() === 'tcp' || parameter(line, 'type')?.text === 'omrelp';
  const port = parameter(line, 'port')?.text ?? parameter(line, 'serverport')?.text ?? '514';
  const sends = target === undefined ? [] : [host(target, bracketedAddress(target.text), port, isTcp)];
  const binary = parameter(line, 'binary');
  const program = /^\/\S+/.exec(binary?.text ?? '')?.[0];
  const starts: Touch[] =
    binary === undefined || program === undefined
      ? []
      : [{ kind: 'program', name: program, edge: 'starts', label: 'binary', evidence: binary.place }];
  return [...sends, ...starts, ...paths(line, ACTION_FILES)];
}

const ACTION_FILES: readonly (readonly [string, Touch['edge']])[] = [
  ['file', 'keeps-state-in'],
  ['pipe', 'names'],
  ['queue.spoolDirectory', 'keeps-state-in'],
  ['StreamDriver.CAFile', 'names'],
  ['StreamDriver.CertFile', 'names'],
  ['StreamDriver.KeyFile', 'names'],
];
const GLOBAL_FILES: readonly (readonly [string, Touch['edge']])[] = [
  ['workDirectory', 'keeps-state-in'],
  ['defaultNetstreamDriverCAFile', 'names'],
  ['defaultNetstreamDriverCertFile', 'names'],
  ['defaultNetstreamDriverKeyFile', 'names'],
];
const INPUT_FILES: readonly (readonly [string, Touch['edge']])[] = [
  ['Socket', 'names'],
  ['SysSock.Name', 'names'],
  ['File', 'names'],
];

function inputs(line: ConfigurationLine): Touch[] {
  const type = (parameter(line, line.name === 'input' ? 'type' : 'load')?.text ?? '').toLowerCase();
  const port = line.name === 'input' ? parameter(line, 'port') : undefined;
  const address = parameter(line, 'address')?.text;
  const suffix = type === 'imudp' ? '/udp' : '';
  const listens: Touch[] =
    port === undefined || !/^im(?:tcp|ptcp|udp|relp|gssapi)$/.test(type)
      ? []
      : anyOf(address).map((any) => ({
          kind: 'port',
          name: `${any}${port.text}${suffix}`,
          edge: 'names',
          label: type,
          evidence: port.place,
        }));
  return [...listens, ...paths(line, INPUT_FILES)];
}

/** Without an address, every one of both versions. */
function anyOf(address: string | undefined): string[] {
  if (address === undefined || address === '*') return ['', '[::]:'];
  return address === '0.0.0.0' ? [''] : [`${bracketedAddress(address)}:`];
}

/** Spelled as the manual does. */
const DIRECTIVES: readonly (readonly [string, Touch['kind'], Touch['edge']])[] = [
  ['$WorkDirectory', 'file', 'keeps-state-in'],
  ['$InputFileName', 'file', 'names'],
  ['$SystemLogSocketName', 'file', 'names'],
  ['$AddUnixListenSocket', 'file', 'names'],
  ['$DefaultNetstreamDriverCAFile', 'file', 'names'],
  ['$DefaultNetstreamDriverCertFile', 'file', 'names'],
  ['$DefaultNetstreamDriverKeyFile', 'file', 'names'],
  ['$PrivDropToUser', 'user', 'names'],
  ['$PrivDropToGroup', 'group', 'names'],
  ['$InputTCPServerRun', 'port', 'names'],
  ['$InputPTCPServerRun', 'port', 'names'],
  ['$InputRELPServerRun', 'port', 'names'],
  ['$UDPServerRun', 'port', 'names'],
];

function directive({ name, words }: ConfigurationLine): Touch[] {
  const [word] = words;
  const [label, kind, edge] = DIRECTIVES.find(([spelled]) => spelled.toLowerCase() === name) ?? [];
  if (word === undefined || label === undefined || kind === undefined || edge === undefined) return [];
  const those = (targets: readonly string[]): Touch[] =>
    targets.map((target) => ({ kind, name: target, edge, label, evidence: word.place }));
  if (kind !== 'port') return kind === 'file' && !word.text.startsWith('/') ? [] : those([word.text]);
  const suffix = label === '$UDPServerRun' ? '/udp' : '';
  return those(anyOf(undefined).map((any) => `${any}${word.text}${suffix}`));
}

function paths(line: ConfigurationLine, names: readonly (readonly [string, Touch['edge']])[]): Touch[] {
  return names.flatMap(([name, edge]) => {
    const word = parameter(line, name);
    return word?.text.startsWith('/') === true
      ? [{ kind: 'file', name: word.text, edge, label: name, evidence: word.place }]
      : [];
  });
}

function host({ place }: ConfigurationWord, address: string, port: string, isTcp: boolean): Touch {
  return {
    kind: 'host',
    name: `${address}:${port}${isTcp ? '' : '/udp'}`,
    edge: 'names',
    label: 'forwards to',
    evidence: place,
  };
}
