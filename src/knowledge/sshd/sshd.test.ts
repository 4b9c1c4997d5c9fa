import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, graphWith } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, program } from '../../../test/small-elf.ts';
import { sshd } from './sshd.ts';

/** What sshd names beside its configuration, as `KIND NODE LABEL PLACE`. */
function touched(
  conf: string,
  command = '/usr/sbin/sshd -D',
  more: Parameters<typeof rootWith>[0] = {},
): string[] {
  const host = rootWith({
    '/usr/lib/systemd/system/ssh.service': `[Service]\nExecStart=${command}\n`,
    '/opt/etc/sshd_config': conf,
    ...more,
  });
  addLoader(host.root);
  program(
    join(host.root, 'usr/sbin/sshd'),
    'extern "C" { const char built[] = "\\0/opt/etc/sshd_config"; int use() { return built[1]; } void _start() { for (;;) use(); } }',
  );
  const { edges, notExamined } = graphWith(host, 'ssh', sshd);
  const faults = notExamined.filter(
    (what) => what.includes('sshd') && !what.includes('the configuration of sshd is read'),
  );
  const found = edges
    .filter(
      ({ kind, label, from }) =>
        from.startsWith('service:') &&
        label !== undefined &&
        !/^Exec|^User/.test(label) &&
        kind !== 'runs-as',
    )
    .map(
      ({ to, label, evidence }) =>
        `${to} ${label} ${'line' in evidence ? `${evidence.file}:${evidence.line}:${evidence.column}` : evidence.how}`,
    );
  return [...faults, ...found.filter((line) => !/default of (?:HostKey|AuthorizedKeys)/.test(line))];
}

describe.runIf(hasCompiler)('sshd', () => {
  test('listens on port 22 of every address unless told', () => {
    expect(touched('')).toEqual([
      'port:22 Port the default of Port',
      'port:[::]:22 Port the default of Port',
    ]);
    expect(touched('AddressFamily inet\nPort 2222\n')).toEqual(['port:2222 Port /opt/etc/sshd_config:2:6']);
  });

  test('addresses with a port of their own, and without', () => {
    const conf =
      'Port=2222\nport "2223"\nListenAddress 192.0.2.1\nListenAddress [2001:db8::1]:22\nListenAddress 0.0.0.0:24\n';
    expect(touched(conf)).toEqual([
      'port:192.0.2.1:2222 ListenAddress /opt/etc/sshd_config:3:15',
      'port:192.0.2.1:2223 ListenAddress /opt/etc/sshd_config:3:15',
      'port:[2001:db8::1]:22 ListenAddress /opt/etc/sshd_config:4:15',
      'port:24 ListenAddress /opt/etc/sshd_config:5:15',
    ]);
  });

  test('keys, programs and users, of included files and of blocks for some users as well', () => {
    const conf =
      'Include more/*.conf\nAddressFamily inet\nHostKey /etc/key # mine\nSubsystem sftp /usr/lib/sftp-server -l INFO\nSubsystem other internal-sftp\nAuthorizedKeysFile .ssh/keys /etc/keys/%u\nUsePAM yes\nMatch User keeper\n  AuthorizedKeysCommand /usr/bin/keys %u\n  AuthorizedKeysCommandUser nobody\n';
    const more = { '/opt/etc/more/port.conf': 'Port 2022\nMatch all\nBanner /etc/issue\n' };
    expect(touched(conf, undefined, more)).toEqual([
      'port:2022 Port /opt/etc/more/port.conf:1:6',
      'file:/etc/key HostKey /opt/etc/sshd_config:3:9',
      'file:/etc/issue Banner /opt/etc/more/port.conf:3:8',
      'program:/usr/lib/sftp-server Subsystem sftp /opt/etc/sshd_config:4:11',
      'program:/usr/bin/keys AuthorizedKeysCommand /opt/etc/sshd_config:9:25',
      'user:nobody AuthorizedKeysCommandUser /opt/etc/sshd_config:10:29',
      'file:%h/.ssh/keys AuthorizedKeysFile /opt/etc/sshd_config:6:20',
      'file:/etc/keys/%u AuthorizedKeysFile /opt/etc/sshd_config:6:30',
      'file:/etc/pam.d/sshd UsePAM /opt/etc/sshd_config:7:8',
    ]);
  });

  test('options of the command line, and another file', () => {
    const more = { '/etc/own': 'HostKey none\n' };
    expect(
      touched('Port 1\n', '/usr/sbin/sshd -D4f /etc/own -p 2200 -o "PidFile /run/own.pid"', more),
    ).toEqual([
      'port:2200 Port /usr/lib/systemd/system/ssh.service:2:1',
      'file:/run/own.pid PidFile /usr/lib/systemd/system/ssh.service:2:1',
    ]);
  });

  test('what is so by default is not said where an argument is decided only at run time', () => {
    const more = { '/opt/start.sh': { text: '#!/bin/sh\nexec /usr/sbin/sshd -D -p "$UID"\n', mode: 0o755 } };
    expect(touched('Banner /etc/issue\n', '/opt/start.sh', more)).toEqual([
      '/opt/start.sh:2:27: an argument of sshd is decided only when it runs: options may overrule its files, and its defaults are not taken',
      'file:/etc/issue Banner /opt/etc/sshd_config:1:8',
    ]);
  });

  test('quotes that do not end', () => {
    expect(touched('AddressFamily inet\nBanner "/etc/issue\nPort 1\n')).toEqual([
      '/opt/etc/sshd_config:2:1: quotes that do not end; sshd refuses the file',
      'port:22 Port the default of Port',
    ]);
  });
});
