import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, findingsOf, graphWith } from '../../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { rsyslog } from './rsyslog.ts';

const UNIT = '/usr/lib/systemd/system/rsyslog.service';

function rsyslogRoot(conf: string, more: Readonly<Record<string, string>> = {}) {
  const host = rootWith({
    [UNIT]: '[Service]\nExecStart=/usr/sbin/rsyslogd -n -iNONE\n',
    '/etc/rsyslog.conf': conf,
    ...more,
  });
  addLoader(host.root);
  program(
    join(host.root, 'usr/sbin/rsyslogd'),
    'extern "C" { const char built[] = "\\0/usr/lib/lamp/rsyslog/"; int use() { return built[1]; } void _start() { for (;;) use(); } }',
  );
  return host;
}

describe.runIf(hasCompiler)('rsyslogd', () => {
  test('what it includes, writes, listens on and sends to', () => {
    const host = rsyslogRoot(
      '$WorkDirectory /var/spool/lamp\n$UDPServerRun 514\ninput(type="imtcp" port="601" address="127.0.0.1")\n$IncludeConfig /etc/rsyslog.d/*.conf\n',
      {
        '/etc/rsyslog.d/10-send.conf':
          '*.* @logs.example:1514;form\n*.* @@[2001:db8::1]\n*.info action(type="omfwd" target="far.example" port="6514" protocol="tcp")\n',
        '/etc/rsyslog.d/20-files.conf':
          'mail.* -/var/log/mail.log\n*.* |/dev/xconsole\n*.* ^/usr/bin/tell;form\n',
      },
    );
    const { nodes, edges } = graphWith(host, 'rsyslog', rsyslog);
    const touched = edges
      .filter(({ label }) => label !== undefined)
      .map(
        ({ kind, to, label, evidence }) =>
          `${kind} ${to} ${label} ${'line' in evidence ? evidence.line : evidence.how}`,
      );
    expect(touched.filter((line) => !line.includes('ExecStart')).sort()).toEqual([
      'keeps-state-in file:/var/log/mail.log action 1',
      'keeps-state-in file:/var/spool/lamp $WorkDirectory 1',
      'names file:/dev/xconsole action 2',
      'names host:[2001:db8::1]:514 forwards to 2',
      'names host:far.example:6514 forwards to 3',
      'names host:logs.example:1514/udp forwards to 1',
      'names port:127.0.0.1:601 imtcp 3',
      'names port:514/udp $UDPServerRun 2',
      'names port:[::]:514/udp $UDPServerRun 2',
      'starts program:/usr/bin/tell ^ 3',
    ]);
    expect([...nodes.keys()].filter((id) => id.startsWith('file:/etc'))).toEqual([
      'file:/etc/rsyslog.conf',
      'file:/etc/rsyslog.d/10-send.conf',
      'file:/etc/rsyslog.d/20-files.conf',
    ]);
  });

  test('its modules: there, missing, and none of rsyslog; it starts without them', () => {
    const host = rsyslogRoot(
      'module(load="imlamp")\n$ModLoad omgone.so\nmodule(load="builtin:omfile")\nmodule(load="/opt/oil")\n',
    );
    library(join(host.root, 'usr/lib/lamp/rsyslog/imlamp.so'), 'extern "C" int modInit() { return 1; }');
    library(join(host.root, 'opt/oil.so'), 'extern "C" int oil() { return 1; }');
    const { nodes } = graphWith(host, 'rsyslog', rsyslog);
    expect(nodes.get('module:imlamp')?.attributes).toEqual({ kind: 'rsyslog module' });
    expect(
      findingsOf(host, 'rsyslog', rsyslog).findings.map(
        ({ is, subject, reason }) => `${is} ${subject}: ${reason}`,
      ),
    ).toEqual([
      'note rsyslog-modules /usr/lib/lamp/rsyslog/omgone.so: There is no such file: /usr/lib/lamp/rsyslog/omgone.so: cannot open shared object file. $ModLoad at /etc/rsyslog.conf:2:10 asks for it. rsyslogd then goes on without it. It is so today as well.',
      "note rsyslog-module-entry /opt/oil.so: It is no module of rsyslog: could not load module '/opt/oil.so', dlsym: undefined symbol: modInit. module(load=) at /etc/rsyslog.conf:4:14 asks for it. rsyslogd then goes on without it. It is so today as well.",
    ]);
  });

  describe('the versions of the interfaces that a module asks for', () => {
    const useObj = (version: number): string => `extern "C" {
      static struct { int version; void *functions[4]; } glbl = {${version}, {}};
      int (*useObj)(const char *, const char *, const char *, void *);
      int modInit() { int is = useObj("lamp.c", "glbl", nullptr, &glbl); return is ? is : ((int (*)())glbl.functions[1])(); }
    }`;

    /** rsyslogd gives out version 10 of glbl. */
    function withModules(own: number, asked: number) {
      const host = rsyslogRoot('module(load="imlamp")\n');
      program(
        join(host.root, 'usr/sbin/rsyslogd'),
        `extern "C" { __attribute__((used)) extern const char built[] = "\\0/usr/lib/lamp/rsyslog/\\0lmnet";
          int glblQueryInterface(int *pIf) { return *pIf != 10 ? -2054 : built[1]; } void _start() { for (;;); } }`,
        '-O2',
        '-Wl,--export-dynamic',
      );
      library(join(host.root, 'usr/lib/lamp/rsyslog/lmnet.so'), useObj(own), '-O2');
      library(join(host.root, 'usr/lib/lamp/rsyslog/imlamp.so'), useObj(asked), '-O2');
      return findingsOf(host, 'rsyslog', rsyslog).findings.map(({ is, reason }) => `${is}: ${reason}`);
    }

    test('another than rsyslogd gives out', () => {
      const refused = (name: string, wants: number) =>
        `It was built for another rsyslog and asks for version ${wants} of the interface glbl (there is 10): could not load module '/usr/lib/lamp/rsyslog/${name}.so', rsyslog error -2054.`;
      expect(withModules(9, 11)).toEqual([
        `blocker rsyslog-module-entry: ${refused('lmnet', 9)} rsyslogd opens it by itself when it starts. rsyslogd then does not start.`,
        `note rsyslog-module-entry: ${refused('imlamp', 11)} module(load=) at /etc/rsyslog.conf:1:14 asks for it. rsyslogd then goes on without it. It is so today as well.`,
      ]);
    });

    test('the same', () => {
      expect(withModules(10, 10)).toEqual([]);
    });
  });

  test('a file named on the command line', () => {
    const host = rsyslogRoot('*.* /var/log/no\n', { '/etc/own.conf': '*.* /var/log/own\n' });
    addToRoot(host.root, {
      [UNIT]: '[Service]\nExecStart=/usr/sbin/rsyslogd -nf /etc/own.conf -i/run/own.pid\n',
    });
    const { nodes } = graphWith(host, 'rsyslog', rsyslog);
    expect([...nodes.keys()].filter((id) => /own|log\/no/.test(id)).sort()).toEqual([
      'file:/etc/own.conf',
      'file:/run/own.pid',
      'file:/var/log/own',
    ]);
  });
});
