import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, findingsOf, graphWith } from '../../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { httpd } from './httpd.ts';

const UNIT = '/usr/lib/systemd/system/apache2.service';
const CONF = '/etc/apache2/apache2.conf';
const STRUCTURE = `struct module_struct { int version, minor_version, module_index; const char *name; void *handle, *next;
  unsigned long magic; void *more[6]; };`;
const structure = (symbol: string, source: string, version = 20120211, minor = 142, magic = '0x41503234ul') =>
  `${STRUCTURE} extern "C" { module_struct ${symbol} = { ${version}, ${minor}, -1, "${source}", 0, 0, ${magic} }; }`;

/** As Debian's: a script of the shell that starts the program without exec. */
const APACHECTL = `#!/bin/sh
ARGV="$@"
if test -z "$APACHE_CONFDIR" ; then APACHE_CONFDIR=/etc/apache2 ; fi
test -z "$APACHE_ENVVARS" && APACHE_ENVVARS="$APACHE_CONFDIR/envvars"
if test -f $APACHE_ENVVARS; then
  . $APACHE_ENVVARS
fi
HTTPD=\${APACHE_HTTPD:-/usr/sbin/apache2}
case "$ARGV" in
start)
    $HTTPD \${APACHE_ARGUMENTS} -k "$ARGV"
    ;;
esac
`;
const ENVVARS = `unset HOME
if [ "\${APACHE_CONFDIR##/etc/apache2-}" != "\${APACHE_CONFDIR}" ] ; then
	SUFFIX="-\${APACHE_CONFDIR##/etc/apache2-}"
else
	SUFFIX=
fi
export APACHE_RUN_DIR=/run/apache2$SUFFIX
export APACHE_RUN_USER=www-data
export APACHE_ARGUMENTS="-D LAMPS"
`;

function httpdRoot(conf: string, modules: Readonly<Record<string, string>>) {
  const host = rootWith({
    [UNIT]: '[Service]\nType=forking\nExecStart=/usr/sbin/apachectl start\n',
    '/usr/sbin/apachectl': { text: APACHECTL, mode: 0o755 },
    '/etc/apache2/envvars': ENVVARS,
    [CONF]: conf,
    '/etc/apache2/mods-enabled/50-lamp.load': 'LoadModule lamp_module /opt/mod_lamp.so\n',
  });
  addLoader(host.root);
  program(
    join(host.root, 'usr/sbin/apache2'),
    `${structure('core_module', 'core.c')}
     const char *built[] = { " -D HTTPD_ROOT=\\"/etc/apache2\\"", " -D SERVER_CONFIG_FILE=\\"apache2.conf\\"", "Apache/2.4.68" };
     extern "C" void _start() { for (;;) built[0] = built[1]; }`,
    '-Wl,-E',
  );
  for (const [name, source] of Object.entries(modules)) library(join(host.root, 'opt', name), source);
  return host;
}

const LAMP = { 'mod_lamp.so': structure('lamp_module', 'mod_lamp.c') };

describe.runIf(hasCompiler)('the modules of httpd', () => {
  test('are those of the sections that hold, and the way leads through apachectl', () => {
    const host = httpdRoot(
      `PidFile \${APACHE_RUN_DIR}/apache2.pid\nUser \${APACHE_RUN_USER}\n<IfModule mod_lamp.c>\nListen 79\n</IfModule>
IncludeOptional mods-enabled/*.load\nIncludeOptional none/*.conf\n<IfModule mod_lamp.c>\nListen 80\n</IfModule>
<IfModule !lamp_module>\n<IfModule x>\nListen 81\n</IfModule>\nListen 82\n</IfModule>
<IfDefine LAMPS>\nListen 127.0.0.1:83\n</IfDefine>\n<IfVersion < 2.4>\nListen 84\n</IfVersion>
<VirtualHost *:80>\nDocumentRoot /srv/lamp\nProxyPass / http://lamp.example:7000/\n</VirtualHost>\n`,
      LAMP,
    );
    const graph = graphWith(host, 'apache2', httpd);
    expect(graph.start.launch?.hops.map(({ path, how, startedAt }) => [path, how, startedAt.line])).toEqual([
      ['/usr/sbin/apachectl', 'ExecStart', 3],
      ['/usr/sbin/apache2', 'apachectl', 11],
    ]);
    expect(graph.start.launch?.args).toEqual(['-D', 'LAMPS', '-k', 'start']);
    const named = [...graph.nodes.keys()].filter((id) => /^(?:port|host|user|directory|module):/.test(id));
    expect(named.sort()).toEqual([
      'directory:/srv/lamp',
      'host:lamp.example:7000',
      'module:lamp_module',
      'port:127.0.0.1:83',
      'port:80',
      'user:root',
      'user:www-data',
    ]);
    expect(graph.nodes.get('file:/run/apache2/apache2.pid')).toBeDefined();
    expect(graph.nodes.get('module:lamp_module')?.attributes).toEqual({
      kind: 'Apache module',
      'built for': 'Apache API 20120211:142',
      source: 'mod_lamp.c',
    });
    expect(graph.edges).toContainEqual({
      from: 'program:/usr/sbin/apache2',
      to: 'module-library:/opt/mod_lamp.so',
      kind: 'loads',
      label: 'LoadModule',
      evidence: { file: '/etc/apache2/mods-enabled/50-lamp.load', line: 1, column: 24 },
    });
    expect(findingsOf(host, 'apache2', httpd)).toEqual({ verdict: 'ready', findings: [] });
  });

  test('a piped log leads to its program and to what reads that; another log to its file', () => {
    const host = httpdRoot(
      `ErrorLog "|/opt/rotate /var/log/lamp 60"\nCustomLog "||/opt/sift -p" common\nCustomLog "|$/opt/rotate x | y" common\n
CustomLog "|$rotate x" common\nTransferLog /var/log/transfers\nErrorLog syslog:local1\n`,
      {},
    );
    addToRoot(host.root, {
      '/opt/rotate': { text: '#!/usr/bin/perl -w\n', mode: 0o755 },
      '/opt/sift': { text: '#!/bin/sh\nexec /opt/grains "$@"\n', mode: 0o755 },
    });
    const { edges } = graphWith(host, 'apache2', httpd);
    const started = edges.filter(({ from, kind }) => kind === 'starts' && !from.startsWith('script:'));
    expect(
      started.flatMap(({ from, to, label, evidence }) =>
        'line' in evidence ? `${from} → ${to} ${label} ${evidence.file}:${evidence.line}` : [],
      ),
    ).toEqual([
      'service:apache2.service → script:/usr/sbin/apachectl ExecStart /usr/lib/systemd/system/apache2.service:3',
      'service:apache2.service → program:/opt/rotate errorlog | /etc/apache2/apache2.conf:1',
      'service:apache2.service → program:/opt/sift customlog | /etc/apache2/apache2.conf:2',
      'service:apache2.service → program:/opt/rotate customlog | /etc/apache2/apache2.conf:3',
      'program:/opt/rotate → program:/usr/bin/perl #! /opt/rotate:1',
      'program:/opt/sift → program:/bin/sh #! /opt/sift:1',
      'program:/opt/sift → program:/opt/grains exec /opt/sift:2',
    ]);
    expect(edges.flatMap(({ to, kind }) => (kind === 'keeps-state-in' ? to : []))).toEqual([
      'file:/var/log/transfers',
    ]);
  });

  test('of another version, garbled, misnamed and newer ones are told apart', () => {
    const names = ['old', 'bad', 'name', 'newer'];
    const host = httpdRoot(names.map((name) => `LoadModule ${name}_module /opt/${name}.so\n`).join(''), {
      'old.so': structure('old_module', 'mod_old.c', 20051115),
      'bad.so': structure('bad_module', 'mod_bad.c', 20120211, 1, '0x41503230ul'),
      'name.so': structure('other_module', 'mod_other.c'),
      'newer.so': structure('newer_module', 'mod_newer.c', 20120211, 143),
    });
    const asks = (line: number, name: string) =>
      `LoadModule at ${CONF}:${line}:${20 + name.length} asks for it.`;
    const ends = 'httpd then does not start.';
    expect(findingsOf(host, 'apache2', httpd).findings.map(({ is, reason }) => [is, reason])).toEqual([
      [
        'blocker httpd-module-magic',
        `Module "mod_old.c" is not compatible with this version of Apache (found 20051115, need 20120211). ${asks(1, 'old')} ${ends}`,
      ],
      [
        'blocker httpd-module-magic',
        `API module structure 'bad_module' in file /opt/bad.so is garbled - expected signature 41503234 but saw 41503230 - perhaps this is not an Apache module DSO, or was compiled for a different Apache version? ${asks(2, 'bad')} ${ends}`,
      ],
      [
        'blocker httpd-module-magic',
        `Can't locate API module structure \`name_module' in file /opt/name.so: undefined symbol: name_module. ${asks(3, 'name')} ${ends}`,
      ],
      [
        'note httpd-module-magic',
        `It was built for a newer httpd: its module magic number is 20120211:143, that of /usr/sbin/apache2 ends with 142; httpd takes it all the same. ${asks(4, 'newer')}`,
      ],
    ]);
  });
});
