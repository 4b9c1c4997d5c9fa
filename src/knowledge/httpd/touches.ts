import { posix } from 'node:path';
import type { ConfigurationLine } from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { withoutAnyAddress } from '../configured-program/without-any-address.ts';
import type { HttpdConfiguration } from './read-configuration.ts';

/** Files, directories, ports, hosts and the user that httpd's configuration names. */
export function httpdTouches({ lines, root }: HttpdConfiguration): Touch[] {
  return lines.flatMap((line): Touch[] => {
    const target = TARGETS[line.name];
    const word = line.words[target?.word ?? 0];
    const piped = target?.edge === 'keeps-state-in' ? PIPED.exec(word?.text ?? '')?.[1] : undefined;
    if (piped !== undefined && word !== undefined)
      return [
        { kind: 'program', name: piped, edge: 'starts', label: `${line.name} |`, evidence: word.place },
      ];
    if (target === undefined || word === undefined || /\$\{|%\{|^[|!]|^syslog/.test(word.text)) return [];
    const { text } = word;
    const found = { edge: target.edge ?? 'names', label: line.name, evidence: word.place };
    switch (target.kind) {
      case 'port':
        return [{ ...found, kind: 'port', name: withoutAnyAddress(text) }];
      case 'user':
        return [{ ...found, kind: line.name === 'group' ? 'group' : 'user', name: text }];
      case 'host':
        return hostsOf(text).map((name) => ({ ...found, kind: 'host', name }));
      case 'file':
      case 'directory':
        return [{ ...found, kind: target.kind, name: posix.resolve(root, text) }];
    }
  });
}

/** The program of a piped log, with a path; `||` and `|` start it as it is, `|$` by a shell. Source: "Piped Logs" of httpd 2.4. */
const PIPED = /^\|[|$]?\s*(\/[^\s"'$;&|<>]+)/;

interface Target {
  readonly kind: 'port' | 'user' | 'host' | 'file' | 'directory';
  readonly edge?: Touch['edge'];
  /** Which of the words, from 0. */
  readonly word?: number;
}

const WRITTEN: Target = { kind: 'file', edge: 'keeps-state-in' };
const READ: Target = { kind: 'file' };

const TARGETS: Readonly<Record<ConfigurationLine['name'], Target>> = {
  listen: { kind: 'port' },
  user: { kind: 'user' },
  group: { kind: 'user' },
  documentroot: { kind: 'directory' },
  serverroot: { kind: 'directory' },
  errorlog: WRITTEN,
  customlog: WRITTEN,
  transferlog: WRITTEN,
  pidfile: WRITTEN,
  defaultruntimedir: { kind: 'directory', edge: 'keeps-state-in' },
  sslcertificatefile: READ,
  sslcertificatekeyfile: READ,
  sslcertificatechainfile: READ,
  sslcacertificatefile: READ,
  authuserfile: READ,
  typesconfig: READ,
  mimemagicfile: READ,
  proxypass: { kind: 'host', word: 1 },
  balancermember: { kind: 'host' },
};

function hostsOf(target: string): string[] {
  const host = /^\w+:\/\/([^/\s]+)/.exec(target)?.[1];
  return host === undefined || target.startsWith('unix:') || target.startsWith('balancer:') ? [] : [host];
}
