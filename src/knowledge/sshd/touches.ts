import { posix } from 'node:path';
import {
  type Configuration,
  type ConfigurationLine,
  linesNamed,
} from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { touch } from '../configured-program/touch.ts';

/** Ports, keys, files, programs and users that sshd_config names; `directory` is where it keeps its keys unless told. */
export function sshdTouches(configuration: Configuration, directory: string): Touch[] {
  return [
    ...ports(configuration),
    ...hostKeys(configuration, directory),
    ...configuration.lines.flatMap(targetsOf),
    ...authorizedKeys(configuration),
    ...pam(configuration),
  ];
}

/** A Match block can't change what the server listens on. */
function ports(configuration: Configuration): Touch[] {
  const numbers = linesNamed(configuration, 'port');
  const addresses = linesNamed(configuration, 'listenaddress');
  const family = linesNamed(configuration, 'addressfamily')[0]?.words[0]?.text.toLowerCase();
  const asked = numbers.map((line) => ({ number: line.words[0]?.text ?? '22', evidence: evidenceOf(line) }));
  const listed = asked.length > 0 ? asked : [{ number: '22', evidence: { how: 'the default of Port' } }];
  const port = (name: string, label: string, evidence: Touch['evidence']): Touch => ({
    kind: 'port',
    name,
    edge: 'names',
    label,
    evidence,
    byDefault: asked.length === 0,
  });
  if (addresses.length === 0) {
    const anywhere = [...(family === 'inet6' ? [] : ['']), ...(family === 'inet' ? [] : ['[::]:'])];
    return listed.flatMap(({ number, evidence }) =>
      anywhere.map((any) => port(`${any}${number}`, 'Port', evidence)),
    );
  }
  return addresses.flatMap((line) => {
    const text = line.words[0]?.text ?? '';
    const [, bracketed, plain, own] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [
      undefined,
      undefined,
      text,
      undefined,
    ];
    const address = bracketed ?? plain ?? text;
    const shown = address.includes(':')
      ? `[${address}]:`
      : address === '0.0.0.0' || address === '*'
        ? ''
        : `${address}:`;
    const those = own === undefined ? listed.map(({ number }) => number) : [own];
    return those.map((number) => port(`${shown}${number}`, 'ListenAddress', evidenceOf(line)));
  });
}

function hostKeys(configuration: Configuration, directory: string): Touch[] {
  const keys = linesNamed(configuration, 'hostkey').filter(
    ({ words }) => words[0]?.text.toLowerCase() !== 'none',
  );
  if (keys.length > 0 || linesNamed(configuration, 'hostkey').length > 0)
    return keys.map((line) => file(line, posix.resolve('/', line.words[0]?.text ?? '')));
  return ['rsa', 'ecdsa', 'ed25519'].map((type) => ({
    kind: 'file',
    name: `${directory}/ssh_host_${type}_key`,
    edge: 'names',
    label: 'HostKey',
    evidence: { how: 'the default of HostKey' },
    byDefault: true,
  }));
}

const FILES = new Set(
  'hostcertificate trustedusercakeys revokedkeys authorizedprincipalsfile banner modulifile securitykeyprovider'.split(
    ' ',
  ),
);
const PROGRAMS = new Set(['authorizedkeyscommand', 'authorizedprincipalscommand', 'xauthlocation']);
const USERS = new Set(['authorizedkeyscommanduser', 'authorizedprincipalscommanduser']);

function targetsOf(line: ConfigurationLine): Touch[] {
  const { name, words } = line;
  const first = words[0]?.text;
  if (first === undefined || first.toLowerCase() === 'none') return [];
  if (FILES.has(name)) return first.includes('%') ? [] : [file(line, posix.resolve('/', first))];
  if (name === 'pidfile') return [file(line, first, 'keeps-state-in')];
  if (name === 'chrootdirectory' && !first.includes('%')) return [touch(shown(line), 'directory', first)];
  if (PROGRAMS.has(name) && first.startsWith('/')) return [touch(shown(line), 'program', first, 'starts')];
  if (USERS.has(name)) return [touch(shown(line), 'user', first)];
  const command = words[1]?.text;
  if (name === 'subsystem' && command?.startsWith('/') === true)
    return [{ ...touch(shown(line), 'program', command, 'starts'), label: `Subsystem ${first}` }];
  return [];
}

/** Relative to the home of whoever logs in; a path from the root is a file like others. */
function authorizedKeys(configuration: Configuration): Touch[] {
  const lines = linesNamed(configuration, 'authorizedkeysfile');
  const given = lines.flatMap((line) => line.words.map(({ text, place }) => ({ text, evidence: place })));
  const how = 'the default of AuthorizedKeysFile';
  const byDefault = ['.ssh/authorized_keys', '.ssh/authorized_keys2'].map((text) => ({
    text,
    evidence: { how },
  }));
  return (lines.length === 0 ? byDefault : given)
    .filter(({ text }) => text.toLowerCase() !== 'none')
    .map(({ text, evidence }) => ({
      kind: 'file',
      name: text.startsWith('/') || text.startsWith('%h') ? text : `%h/${text}`,
      edge: 'names',
      label: 'AuthorizedKeysFile',
      evidence,
      byDefault: lines.length === 0,
    }));
}

function pam(configuration: Configuration): Touch[] {
  const [line] = linesNamed(configuration, 'usepam');
  return line?.words[0]?.text.toLowerCase() === 'yes' ? [file(line, '/etc/pam.d/sshd')] : [];
}

function file(line: ConfigurationLine, path: string, edge: Touch['edge'] = 'names'): Touch {
  return touch(shown(line), 'file', path, edge);
}

/** With the keyword as sshd_config(5) writes it. */
function shown(line: ConfigurationLine): ConfigurationLine {
  return { ...line, name: SPELLED.get(line.name) ?? line.name };
}

const SPELLED: ReadonlyMap<string, string> = new Map(
  'HostKey HostCertificate TrustedUserCAKeys RevokedKeys AuthorizedPrincipalsFile Banner ModuliFile SecurityKeyProvider AuthorizedKeysCommand AuthorizedPrincipalsCommand XAuthLocation AuthorizedKeysCommandUser AuthorizedPrincipalsCommandUser PidFile ChrootDirectory Subsystem UsePAM'
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);

function evidenceOf({ words, place }: ConfigurationLine): Touch['evidence'] {
  return words[0]?.place ?? place;
}
