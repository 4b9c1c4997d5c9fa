import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, cutOff, findingsOf, graphWith } from '../../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { nginx } from './nginx.ts';

const SIGNATURE = '8,4,8,0011111111010111001111111111111111';
const STRUCTURE = `typedef unsigned long word;
struct ngx_module_t { word ctx_index, index; const char *name; word spare0, spare1, version;
  const char *signature; void *ctx, *commands; word type; void *hooks[15]; };`;
const UNIT = '/usr/lib/systemd/system/nginx.service';

/** A dynamic module as nginx's configure lays it down. */
function moduleSource(name: string, version = 1022001, signature = SIGNATURE, more = ''): string {
  return `${STRUCTURE}
    extern "C" { ${more}
      ngx_module_t ${name} = { -1ul, -1ul, 0, 0, 0, ${version}, "${signature}", 0, 0, 0x50545448 };
      ngx_module_t *ngx_modules[] = { &${name}, 0 };
      const char *ngx_module_names[] = { "${name}", 0 }; }`;
}

function nginxRoot(conf: string, modules: Readonly<Record<string, string>>) {
  const host = rootWith({
    [UNIT]: "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\n",
    '/etc/nginx/nginx.conf': conf,
  });
  addLoader(host.root);
  program(
    join(host.root, 'usr/sbin/nginx'),
    `${STRUCTURE}
     extern "C" { const char built[] = "configure arguments: --prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf --http-client-body-temp-path=/var/lib/nginx/body --without-http_uwsgi_module";
       ngx_module_t ngx_core_module = { 0, 0, "core", 0, 0, 1022001, "${SIGNATURE}", 0, 0, 0x45524f43 };
       int ngx_log() { return built[1]; } void _start() { for (;;) ngx_log(); } }`,
    '-Wl,-E',
  );
  for (const [name, source] of Object.entries(modules))
    library(join(host.root, 'usr/share/nginx/modules', name), source);
  return host;
}

describe.runIf(hasCompiler)('the modules of nginx', () => {
  test('are named by nginx.conf and what it includes, and say themselves what they are', () => {
    const host = nginxRoot(
      'include /etc/nginx/on/*.conf;\nevents {}\nhttp { server { listen 127.0.0.1:8080; } }\n',
      {
        'lamp.so': moduleSource('ngx_http_lamp_module'),
      },
    );
    addToRoot(host.root, { '/etc/nginx/on/50-lamp.conf': 'load_module modules/lamp.so;\n' });
    const { nodes, edges } = graphWith(host, 'nginx', nginx);
    const path = '/usr/share/nginx/modules/lamp.so';
    expect(nodes.get('program:/usr/sbin/nginx')?.attributes).toMatchObject({
      version: '1.22.1',
      signature: SIGNATURE,
    });
    expect(nodes.get('module:ngx_http_lamp_module')?.attributes).toEqual({
      kind: 'HTTP',
      'built for': 'nginx 1.22.1',
      signature: SIGNATURE,
    });
    expect(edges).toContainEqual({
      from: 'program:/usr/sbin/nginx',
      to: `module-library:${path}`,
      kind: 'loads',
      label: 'load_module',
      evidence: { file: '/etc/nginx/on/50-lamp.conf', line: 1, column: 13 },
    });
    expect(nodes.get('port:127.0.0.1:8080')).toBeDefined();
    expect(findingsOf(host, 'nginx', nginx)).toEqual({ verdict: 'ready', findings: [] });
  });

  test('of another version, of other options and of no nginx at all are told apart', () => {
    const host = nginxRoot(
      'load_module modules/new.so;\nload_module modules/odd.so;\nload_module modules/none.so;\n',
      {
        'new.so': moduleSource('ngx_http_new_module', 1024000),
        'odd.so': moduleSource('ngx_http_odd_module', 1022001, SIGNATURE.replace(/1$/, '0')),
        'none.so': 'extern "C" int lamp() { return 1; }',
      },
    );
    const asks = (line: number) =>
      `load_module at /etc/nginx/nginx.conf:${line}:13 asks for it. nginx then does not start.`;
    const at = (name: string) => `/usr/share/nginx/modules/${name}`;
    expect(findingsOf(host, 'nginx', nginx)).toEqual({
      verdict: 'blocked',
      findings: [
        {
          is: 'blocker nginx-module-signature',
          subject: at('new.so'),
          reason: `ngx_http_new_module was built for nginx 1.24.0, and this is nginx 1.22.1, which takes modules of its own version alone: module "${at('new.so')}" version 1024000 instead of 1022001. ${asks(1)}`,
          remedy: `Install the build of ${at('new.so')} for nginx 1.22.1.`,
        },
        {
          is: 'blocker nginx-module-signature',
          subject: at('odd.so'),
          reason: `ngx_http_odd_module was built with other options than nginx: module "${at('odd.so')}" is not binary compatible. binary compatibility (--with-compat): off in it, on in nginx. ${asks(2)}`,
          remedy: `Build ${at('odd.so')} with the configure arguments that nginx -V prints (or both with --with-compat).`,
        },
        {
          is: 'blocker nginx-module-signature',
          subject: at('none.so'),
          reason: `It is no module of nginx: dlsym() "${at('none.so')}", "ngx_modules" failed. ${asks(3)}`,
          remedy: 'Correct the name behind load_module, or take the line out.',
        },
      ],
    });
  });

  test('that are loaded twice, from one file or from two, are refused with both places', () => {
    const host = nginxRoot(
      'include on/*.conf;\nload_module modules/lamp.so;\nload_module modules/kit.so;\n',
      {
        'lamp.so': moduleSource('ngx_http_lamp_module'),
        'kit.so': moduleSource('ngx_kit_module'),
      },
    );
    addToRoot(host.root, { '/etc/nginx/on/50-lamp.conf': 'load_module modules/lamp.so;\n' });
    const at = '/usr/share/nginx/modules/lamp.so';
    const first = 'load_module at /etc/nginx/on/50-lamp.conf:1:13 asks for it';
    expect(findingsOf(host, 'nginx', nginx)).toEqual({
      verdict: 'blocked',
      findings: [
        {
          is: 'blocker nginx-module-signature',
          subject: at,
          reason: `It is loaded twice: module "ngx_http_lamp_module" is already loaded: ${first}. load_module at /etc/nginx/nginx.conf:2:13 asks for it. nginx then does not start.`,
          remedy:
            'Take one of the two lines out: load_module at /etc/nginx/nginx.conf:2:13, or the one before it.',
        },
      ],
    });
    const copies = {
      'lamp.so': moduleSource('ngx_http_lamp_module'),
      'copy.so': moduleSource('ngx_http_lamp_module'),
    };
    const two = nginxRoot('load_module modules/copy.so;\nload_module modules/lamp.so;\n', copies);
    expect(findingsOf(two, 'nginx', nginx).findings.map(({ reason }) => reason)).toEqual([
      'It is loaded twice: module "ngx_http_lamp_module" is already loaded: load_module at /etc/nginx/nginx.conf:1:13 asks for it, in /usr/share/nginx/modules/copy.so. load_module at /etc/nginx/nginx.conf:2:13 asks for it. nginx then does not start.',
    ]);
  });

  test('that are missing or cut off, and those whose symbols nobody provides, are told apart', () => {
    const host = nginxRoot(
      'load_module modules/gone.so;\nload_module modules/cut.so;\nload_module modules/wants.so;\nload_module modules/kit.so;\nload_module modules/late.so;\n',
      {
        'cut.so': moduleSource('ngx_http_cut_module'),
        'wants.so': moduleSource(
          'ngx_http_wants_module',
          1022001,
          SIGNATURE,
          'int kit(); int use() { return kit(); }',
        ),
        'kit.so': moduleSource('ngx_kit_module', 1022001, SIGNATURE, 'int kit() { return 1; }'),
        'late.so': moduleSource(
          'ngx_http_late_module',
          1022001,
          SIGNATURE,
          'int kit(); int ngx_log(); int use2() { return kit() + ngx_log(); }',
        ),
      },
    );
    const at = (name: string) => `/usr/share/nginx/modules/${name}`;
    cutOff(host.root, at('cut.so'), 5000);
    const out = (line: number) => `take load_module out at /etc/nginx/nginx.conf:${line}`;
    const asks = (line: number) =>
      `load_module at /etc/nginx/nginx.conf:${line}:13 asks for it. nginx then does not start.`;
    const { findings } = findingsOf(host, 'nginx', nginx);
    expect(findings[1]?.reason).toMatch(
      /^The loader can not use the file \/usr\/share\/nginx\/modules\/cut\.so: the file (?:has 5000 bytes and ends before the \d+ bytes that are loaded of it do|ends inside .*)\. load_module at/,
    );
    expect([findings[0], ...findings.slice(2)]).toEqual([
      {
        is: 'blocker nginx-modules',
        subject: at('gone.so'),
        reason: `There is no such file: ${at('gone.so')}: cannot open shared object file. ${asks(1)}`,
        remedy: `Install the package that has it, correct the name at /etc/nginx/nginx.conf:1, or ${out(1)}.`,
      },
      {
        is: 'blocker nginx-modules',
        subject: at('wants.so'),
        reason: `It needs kit, which nothing provides that is loaded before it: ${at('wants.so')}: undefined symbol: kit. ${asks(3)}`,
        remedy: `Let the plugin that provides it be loaded first, install a build of ${at('wants.so')} for this program, or ${out(3)}.`,
      },
    ]);
  });
});

describe.runIf(hasCompiler)('what nginx.conf names and what is built in', () => {
  const touched = (conf: string, kind: string) =>
    graphWith(nginxRoot(conf, {}), 'nginx', nginx)
      .edges.filter(({ to }) => to.startsWith(`${kind}:`))
      .map(({ to, label, evidence }) => `${label} ${to.slice(kind.length + 1)} ${JSON.stringify(evidence)}`);

  test('name servers and syslog servers are hosts, the socket of syslog is a file', () => {
    const conf =
      'error_log syslog:server=logs.example.org:514,tag=x info;\nhttp { resolver 9.9.9.9 [2620:fe::fe]:5353 valid=30s ipv6=off;\naccess_log syslog:facility=local7,server=[2001:db8::1],nohostname main;\naccess_log syslog:server=unix:/dev/log;\nserver { resolver $own; } }\n';
    const place = (line: number, column: number) =>
      JSON.stringify({ file: '/etc/nginx/nginx.conf', line, column });
    expect(touched(conf, 'host')).toEqual([
      `error_log logs.example.org:514 ${place(1, 11)}`,
      `resolver 9.9.9.9 ${place(2, 17)}`,
      `resolver [2620:fe::fe]:5353 ${place(2, 25)}`,
      `access_log [2001:db8::1] ${place(3, 12)}`,
    ]);
    expect(touched(conf, 'file')).toContain(`access_log /dev/log ${place(4, 12)}`);
  });

  test('the directories of temporary files are those built in, unless http itself names others', () => {
    const conf = 'http { scgi_temp_path /srv/scgi; server { proxy_temp_path ember; } }\n';
    const how = (text: string) => JSON.stringify({ how: text });
    expect(touched(conf, 'directory')).toEqual([
      expect.stringMatching(/^scgi_temp_path \/srv\/scgi \{"file"/),
      expect.stringMatching(/^proxy_temp_path \/usr\/share\/nginx\/ember \{"file"/),
      `client_body_temp_path /var/lib/nginx/body ${how('built into nginx (--http-client-body-temp-path)')}`,
      `proxy_temp_path /usr/share/nginx/proxy_temp ${how('the default of proxy_temp_path')}`,
      `fastcgi_temp_path /usr/share/nginx/fastcgi_temp ${how('the default of fastcgi_temp_path')}`,
    ]);
    expect(touched('events {}\n', 'directory')).toEqual([]);
  });
});
