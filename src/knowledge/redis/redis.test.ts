import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, cutOff, findingsOf, graphWith, makePlain } from '../../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { redis } from './redis.ts';

const UNIT = '/usr/lib/systemd/system/redis-server.service';
const CONF = '/etc/redis/redis.conf';

/** As redismodule.h makes it: every function is asked for by its name, then the module says what it is. */
const moduleSource = (name: string, ...functions: readonly string[]) => `
  typedef int (*GetApi)(const char *, void *);
  static void (*attributes)(void *, const char *, int, int);
  ${functions.map((one) => `static void *${one};`).join(' ')}
  extern "C" int RedisModule_OnLoad(void **ctx, void **argv, int argc) {
    GetApi get = (GetApi)ctx[0];
    get("RedisModule_SetModuleAttribs", (void *)&attributes);
    ${functions.map((one) => `get("RedisModule_${one}", (void *)&${one});`).join(' ')}
    attributes(ctx, "${name}", 10200, 1);
    return 0; }`;

function redisRoot(conf: string, modules: Readonly<Record<string, string>>, name = 'redis-server') {
  const host = rootWith({
    [UNIT]: `[Service]\nExecStart=/usr/bin/${name} ${CONF} --supervised systemd\n`,
    [CONF]: conf,
  });
  addLoader(host.root);
  program(
    join(host.root, 'usr/bin', name),
    `const char *names[] = { "RedisModule_Alloc", "RedisModule_SetModuleAttribs", "ValkeyModule_Alloc" };
     extern "C" void _start() { for (;;) names[0] = names[1]; }`,
  );
  for (const [file, source] of Object.entries(modules)) library(join(host.root, 'opt', file), source, '-O2');
  return host;
}

describe.runIf(hasCompiler)('the modules of Redis', () => {
  test('are named by redis.conf, what it includes and the command line', () => {
    const host = redisRoot(
      'include /etc/redis/on/*.conf\ndir /opt\nport 7000\nreplicaof lamp.example 7001\n',
      {
        'lamp.so': moduleSource('lamp', 'Alloc'),
      },
    );
    addToRoot(host.root, { '/etc/redis/on/lamp.conf': '# oil\nLoadModule ./lamp.so "7 nights"\n' });
    const { nodes, edges } = graphWith(host, 'redis-server', redis);
    expect(nodes.get('module:lamp')?.attributes).toEqual({
      kind: 'Redis module',
      'built for': 'module API 1',
      version: '10200',
      'functions asked for': '1',
    });
    expect(edges).toContainEqual({
      from: 'program:/usr/bin/redis-server',
      to: 'module-library:/opt/lamp.so',
      kind: 'loads',
      label: 'loadmodule',
      evidence: { file: '/etc/redis/on/lamp.conf', line: 2, column: 12 },
    });
    expect([...nodes.keys()].filter((id) => /^(?:port|host|directory)/.test(id)).sort()).toEqual([
      'directory:/opt',
      'host:lamp.example:7001',
      'port:7000',
    ]);
    expect(findingsOf(host, 'redis-server', redis)).toEqual({ verdict: 'ready', findings: [] });
  });

  test('a port by default is not said where an argument is decided only at run time', () => {
    const host = redisRoot('bind 127.0.0.1\n', {});
    const start = (args: string) => {
      const script = { text: `#!/bin/sh\nexec /usr/bin/redis-server ${CONF} ${args}\n`, mode: 0o755 };
      addToRoot(host.root, {
        [UNIT]: '[Service]\nExecStart=/opt/start.sh\n',
        '/opt/start.sh': script,
      });
      const { nodes, notExamined } = graphWith(host, 'redis-server', redis);
      const all = [...nodes.keys()].filter((id) => /^(?:port|directory):/.test(id));
      return { all, notes: notExamined.filter((note) => note.includes('an argument')) };
    };
    expect(start('--port "$UID"')).toEqual({
      all: [],
      notes: [
        '/opt/start.sh:2:57: an argument of Redis is decided only when it runs: options may overrule its files, and its defaults are not taken',
      ],
    });
    expect(start('--daemonize no')).toEqual({ all: ['port:127.0.0.1:6379', 'directory:/'], notes: [] });
  });

  test('that are no module, not executable, cut off or for a newer API are told apart', () => {
    const names = ['none', 'mode', 'cut', 'newer'];
    const host = redisRoot(names.map((name) => `loadmodule /opt/${name}.so\n`).join(''), {
      'none.so': 'extern "C" int lamp() { return 1; }',
      'mode.so': moduleSource('mode'),
      'cut.so': moduleSource('cut'),
      'newer.so': moduleSource('newer', 'Alloc', 'LightLamp'),
    });
    cutOff(host.root, '/opt/cut.so', 900);
    makePlain(host.root, '/opt/mode.so');
    const asks = (line: number) => `loadmodule at ${CONF}:${line}:12 asks for it.`;
    const { verdict, findings } = findingsOf(host, 'redis-server', redis);
    expect(verdict).toBe('blocked');
    expect(findings.map(({ is, reason, remedy }) => [is, reason, remedy])).toEqual([
      [
        'blocker redis-modules',
        expect.stringMatching(/^The loader can not use the file \/opt\/cut\.so: the file .*\. loadmodule at/),
        `Copy /opt/cut.so again from where it was built, reinstall its package, or take loadmodule out at ${CONF}:3.`,
      ],
      [
        'blocker redis-module-api',
        `Module /opt/none.so does not export RedisModule_OnLoad() symbol. Module not loaded. ${asks(1)} Redis then does not start.`,
        'Name a module of Redis, or take the line out.',
      ],
      [
        'blocker redis-module-api',
        `Module /opt/mode.so failed to load: It does not have execute permissions. ${asks(2)} Redis then does not start.`,
        'chmod +x /opt/mode.so',
      ],
      [
        'note redis-module-api',
        `It was built for a newer module API: it asks for RedisModule_LightLamp, which /usr/bin/redis-server does not offer; if it calls one all the same, the server dies. ${asks(4)}`,
        'Use a build of /opt/newer.so for this Redis.',
      ],
    ]);
  });

  test('are taken by Valkey as well', () => {
    const host = redisRoot(
      'loadmodule /opt/lamp.so\n',
      { 'lamp.so': moduleSource('lamp', 'Alloc') },
      'valkey-server',
    );
    const { nodes } = graphWith(host, 'redis-server', redis);
    expect(nodes.get('module:lamp')?.attributes['kind']).toBe('Valkey module');
    expect(findingsOf(host, 'redis-server', redis)).toEqual({ verdict: 'ready', findings: [] });
  });
});
