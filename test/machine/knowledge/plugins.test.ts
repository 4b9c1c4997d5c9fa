// Every plugin of Debian's nginx, Apache, PostgreSQL and Redis: what Cutover reads in it and says of it, and of corrupted
// copies, is what the program itself says when it loads it.
import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { buildGraph } from '../../../src/graph/build-graph.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { Subject } from '../../../src/graph/subject.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { httpd } from '../../../src/knowledge/httpd/httpd.ts';
import { nginx } from '../../../src/knowledge/nginx/nginx.ts';
import { postgresql } from '../../../src/knowledge/postgresql/postgresql.ts';
import { redis } from '../../../src/knowledge/redis/redis.ts';
import { fetchedLayer } from '../../hosts/fetched-layer.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { CORRUPTIONS, corruptPlugin, renameNeeded } from './corrupt-plugin.ts';

const NGINX = '/usr/lib/nginx/modules';
const HTTPD = '/usr/lib/apache2/modules';
const POSTGRESQL = '/usr/lib/postgresql/15';
const REDIS = '/usr/lib/redis/modules/redisearch.so';
const COPIES = '/corrupted';
const DATA = '/tmp/pg';

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const layer = fetchedLayer();
if (layer === undefined)
  print(
    'NOT COMPARED: plugins of Debian packages, which the set-up could not fetch (apt-get install --download-only)',
  );

describeOnMachine('the plugins of Debian packages', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'plugins', layers: layer === undefined ? [] : [layer] });
    mkdirSync(`${machine.root}${COPIES}`);
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  const service = async (name: string, command: string) =>
    await machine.writeFile(`/etc/systemd/system/${name}.service`, `[Service]\nExecStart=${command}\n`);
  const graphOf = (name: string): Graph =>
    buildGraph(
      new Subject(new RootedHost(machine.view), name, { knowledge: [nginx, httpd, postgresql, redis] }),
    );
  const pluginsIn = ({ nodes }: Graph) => [...nodes.values()].filter(({ kind }) => kind === 'module-library');
  /** What is wrong with each plugin's file, by its path. */
  const reasonsIn = (graph: Graph): ReadonlyMap<string, string> => {
    const { checks, findings } = check(graph, graph, new Set());
    expect(checks.filter(({ result }) => result === 'could-not-run')).toEqual([]);
    return new Map(
      findings.filter(({ severity }) => severity !== 'note').map(({ subject, reason }) => [subject, reason]),
    );
  };
  const filesIn = (directory: string): string[] =>
    readdirSync(`${machine.root}${directory}`)
      .filter((name) => name.endsWith('.so'))
      .map((name) => name.slice(0, -'.so'.length));
  /** The part of a reason that is the program's own message. */
  const messageIn = (reason: string | undefined, pattern: RegExp): string =>
    pattern.exec(reason ?? '')?.[0] ?? `no message in: ${reason}`;

  test.runIf(layer !== undefined)('nginx', async () => {
    const first = ['ndk_http_module', 'ngx_stream_module', 'ngx_mail_module'];
    const modules = [...first, ...filesIn(NGINX).filter((name) => !first.includes(name))];
    const conf = (files: readonly string[]) =>
      `${files.map((file) => `load_module ${file};\n`).join('')}events {}\npid /run/nginx-test.pid;\n`;
    const all = modules.map((name) => `${NGINX}/${name}.so`);
    await machine.writeFile('/etc/nginx/all.conf', conf(all));
    await service('nginx-all', '/usr/sbin/nginx -c /etc/nginx/all.conf');
    await machine.mustRunShell('nginx -t -c /etc/nginx/all.conf');
    const graph = graphOf('nginx-all');
    expect([pluginsIn(graph).length, [...reasonsIn(graph)]]).toEqual([modules.length, []]);
    const version = /nginx\/([\d.]+)/.exec((await machine.runShell('nginx -v')).stderr)?.[1];
    const builtFor = [...graph.nodes.values()]
      .filter(({ kind }) => kind === 'module')
      .map(({ attributes }) => attributes['built for']);
    expect([...new Set(builtFor)]).toEqual([`nginx ${version}`]);

    const copies = modules.map((name, index) => ({
      from: `${machine.root}${NGINX}/${name}.so`,
      path: `${COPIES}/${name}.so`,
      what: CORRUPTIONS[index % 3] ?? 'version',
    }));
    for (const { from, path, what } of copies)
      corruptPlugin('nginx', { from, to: `${machine.root}${path}` }, what);
    for (const [index, { path }] of copies.entries()) {
      const before = index < first.length ? [] : all.slice(0, first.length);
      await machine.writeFile(`${path}.conf`, conf([...before, path]));
    }
    await machine.writeFile(
      '/etc/nginx/bad.conf',
      conf([...all.slice(0, 3), ...copies.map(({ path }) => path)]),
    );
    await service('nginx-bad', '/usr/sbin/nginx -c /etc/nginx/bad.conf');
    const said = await machine.mustRunShell(
      `for conf in ${COPIES}/*.so.conf; do echo "== $conf"; nginx -t -c $conf 2>&1 && echo TAKEN; done; true`,
    );
    const reasons = reasonsIn(graphOf('nginx-bad'));
    const differences = copies.filter(({ path, what }) => {
      const answer = said.split(`== ${path}.conf\n`)[1]?.split('== ')[0] ?? 'TAKEN';
      const message =
        what === 'cut off'
          ? 'dlopen() '
          : messageIn(
              reasons.get(path),
              what === 'version'
                ? /module "\S+" version \d+ instead of \d+/
                : /module "\S+" is not binary compatible/,
            );
      const isOurs = what === 'cut off' ? /The loader can not use/.test(reasons.get(path) ?? '') : true;
      // A process that maps a file that was cut off may die of SIGBUS before it says anything.
      const isSame = answer.includes(message) || (what === 'cut off' && !answer.includes('TAKEN'));
      return !isOurs || !isSame;
    });
    print(
      `nginx ${version}: ${modules.length} modules taken by both, ${copies.length} corrupted copies refused by both`,
    );
    expect(differences).toEqual([]);
    expect(modules.length).toBeGreaterThanOrEqual(28);
  });

  test.runIf(layer !== undefined)('Apache', async () => {
    const first = 'mpm_event proxy session cache ldap dbd dav slotmem_shm proxy_balancer'
      .split(' ')
      .map((name) => `mod_${name}`);
    const others = filesIn(HTTPD).filter(
      (name) => !first.includes(name) && !/mpm_(?:prefork|worker)/.test(name),
    );
    const host = new RootedHost(machine.view);
    const base =
      'ServerRoot /tmp\nServerName lamp\nListen 8181\nPidFile /run/httpd-test.pid\nMutex file:/tmp default\nErrorLog /tmp/error.log\n';
    const lines = [...first, ...others].flatMap((name) => {
      const structure = structureIn(host, `${HTTPD}/${name}.so`);
      return structure === undefined ? [] : [{ name, structure }];
    });
    const load = ({ name, structure }: { name: string; structure: string }, directory = HTTPD) =>
      `LoadModule ${structure} ${directory}/${name}.so\n`;
    await machine.writeFile('/etc/all.conf', base + lines.map((line) => load(line)).join(''));
    await service('httpd-all', '/usr/sbin/apache2 -f /etc/all.conf');
    const listed = await machine.mustRunShell('apache2 -M -f /etc/all.conf 2>/dev/null');
    const graph = graphOf('httpd-all');
    expect([...reasonsIn(graph)]).toEqual([]);
    const shared = [...listed.matchAll(/^ (\w+) \(shared\)$/gm)].map((match) => match[1] ?? '').sort();
    const modules = [...graph.nodes.values()].filter(({ kind }) => kind === 'module');
    expect(modules.map(({ name }) => name).sort()).toEqual(shared);
    const magic = /Module Magic Number: (\S+)/.exec((await machine.runShell('apache2 -V')).stdout)?.[1];
    expect([...new Set(modules.map(({ attributes }) => attributes['built for']))]).toEqual([
      `Apache API ${magic}`,
    ]);

    // Of every third one, for the time that it takes to ask.
    const copies = lines
      .filter((_, index) => index % 3 === 1)
      .map((line, index) => ({ ...line, what: CORRUPTIONS[index % 3] ?? 'version' }));
    for (const { name, structure, what } of copies) {
      const from = `${machine.root}${HTTPD}/${name}.so`;
      corruptPlugin('httpd', { from, to: `${machine.root}${COPIES}/${name}.so`, name: structure }, what);
    }
    // What a module needs comes before it.
    const needed = (name: string) => {
      const before = lines.slice(0, first.length);
      const at = before.findIndex((line) => line.name === name);
      return at === -1 ? before : before.slice(0, at);
    };
    for (const line of copies) {
      const text =
        base +
        needed(line.name)
          .map((one) => load(one))
          .join('') +
        load(line, COPIES);
      await machine.writeFile(`${COPIES}/${line.name}.so.conf`, text);
    }
    const ours = lines
      .slice(0, first.length)
      .map((line) => load(line))
      .join('');
    await machine.writeFile('/etc/bad.conf', base + ours + copies.map((line) => load(line, COPIES)).join(''));
    await service('httpd-bad', '/usr/sbin/apache2 -f /etc/bad.conf');
    const said = await machine.mustRunShell(
      `for conf in ${COPIES}/mod_*.so.conf; do echo "== $conf"; apache2 -t -f $conf 2>&1 && echo TAKEN; done; true`,
    );
    const reasons = reasonsIn(graphOf('httpd-bad'));
    const differences = copies.flatMap(({ name, what }) => {
      const answer = said.split(`== ${COPIES}/${name}.so.conf\n`)[1]?.split('== ')[0] ?? 'TAKEN';
      const reason = reasons.get(`${COPIES}/${name}.so`) ?? '';
      const message = messageIn(
        reason,
        what === 'version'
          ? /Module "\S+" is not compatible with this version of Apache \(found \d+, need \d+\)\./
          : /API module structure '\w+' in file \S+ is garbled - expected signature \w+ but saw \w+ - perhaps/,
      );
      const isSame =
        what === 'cut off'
          ? reason.startsWith('The loader can not use') && !answer.includes('TAKEN')
          : answer.includes(message);
      return isSame ? [] : [{ name, what, reason, answer }];
    });
    print(
      `Apache ${magic}: ${modules.length} modules taken by both, ${copies.length} corrupted copies refused by both`,
    );
    expect(differences).toEqual([]);
    expect(modules.length).toBeGreaterThanOrEqual(110);
  });

  const withPostgresqlData = () =>
    machine.mustRunShell(
      `getent passwd postgres > /dev/null || useradd --system postgres
       [ -e ${DATA} ] || runuser -u postgres -- ${POSTGRESQL}/bin/initdb -D ${DATA} -A trust --no-sync > /dev/null`,
    );

  test.runIf(layer !== undefined)('PostgreSQL', async () => {
    await withPostgresqlData();
    const postgres = (script: string) => `runuser -u postgres -- ${script}`;
    const data = DATA;
    // What is no library for LOAD: the JIT provider comes without LLVM, the others bring no magic block.
    const names = filesIn(`${POSTGRESQL}/lib`).filter((name) => name !== 'llvmjit' && name !== 'sepgsql');
    const single = `${postgres(`${POSTGRESQL}/bin/postgres --single -D ${data} template1`)} 2>&1`;
    const loadAll = async (paths: readonly string[]): Promise<string> => {
      await machine.writeFile('/tmp/load.sql', paths.map((path) => `LOAD '${path}'\n`).join(''));
      return (await machine.runShell(`${single} < /tmp/load.sql`)).stdout;
    };
    const controls = (directory: string, files: readonly string[]) =>
      Promise.all(
        files.map(async (name) => {
          const text = `module_pathname = '${directory}/${name}'\n`;
          await machine.writeFile(`/usr/share/postgresql/15/extension/test_${name}.control`, text);
        }),
      );
    await controls('$libdir', names);
    await service('pg-all', `${POSTGRESQL}/bin/postgres -D ${data}`);
    const graph = graphOf('pg-all');
    const said = await loadAll(names.map((name) => `$libdir/${name}`));
    const refused = [...said.matchAll(/ERROR: {2}(?:could not|incompatible)[^\n]*/g)].map(([line]) => line);
    expect([refused, [...reasonsIn(graph)]]).toEqual([[], []]);
    const modules = [...graph.nodes.values()].filter(({ kind }) => kind === 'module');
    expect([...new Set(modules.map(({ attributes }) => attributes['built for']))]).toEqual(['PostgreSQL 15']);

    const copies = names.map((name, index) => ({ name, what: CORRUPTIONS[index % 3] ?? 'version' }));
    for (const { name, what } of copies) {
      const from = `${machine.root}${POSTGRESQL}/lib/${name}.so`;
      corruptPlugin('postgresql', { from, to: `${machine.root}${COPIES}/${name}.so` }, what);
    }
    await controls(COPIES, names);
    const answers = await loadAll(
      copies.filter(({ what }) => what !== 'cut off').map(({ name }) => `${COPIES}/${name}.so`),
    );
    const reasons = reasonsOfWarnings(graphOf('pg-all'));
    const differences = copies.flatMap(({ name, what }): { name: string; what: string; reason: string }[] => {
      const reason = reasons.get(`${COPIES}/${name}.so`) ?? '';
      if (what === 'cut off')
        return reason.startsWith('The loader can not use') ? [] : [{ name, what, reason }];
      const parts =
        /^(incompatible library "\S+": [\w ]+ mismatch)\. (Server (?:is version|has ABI) .*?[\d"]\.)/.exec(
          reason,
        );
      const isSame = parts !== null && answers.includes(parts[1] ?? '') && answers.includes(parts[2] ?? '');
      return isSame ? [] : [{ name, what, reason }];
    });
    const cut = copies.find(({ what }) => what === 'cut off')?.name;
    expect(await loadAll([`${COPIES}/${cut}.so`])).not.toMatch(/backend> \n*backend> $/);
    print(
      `PostgreSQL 15: ${modules.length} libraries taken by both, ${copies.length} corrupted copies refused by both`,
    );
    expect(differences).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(70);

    // One that is to be loaded at the start, and is of another version, ends it.
    const bad = copies.find(({ what }) => what === 'version')?.name;
    await service(
      'pg-preload',
      `${POSTGRESQL}/bin/postgres -D ${data} -c shared_preload_libraries=${COPIES}/${bad}.so`,
    );
    const start = await machine.runShell(
      `${single.replace('template1', `-c shared_preload_libraries=${COPIES}/${bad}.so template1`)} < /dev/null`,
    );
    const preload = graphOf('pg-preload');
    const { verdict } = check(preload, preload, new Set());
    expect([verdict, start.stdout]).toEqual([
      'blocked',
      expect.stringContaining('FATAL:  incompatible library'),
    ]);
  });

  /** The same, where what is so today as well is a note. */
  function reasonsOfWarnings(graph: Graph): ReadonlyMap<string, string> {
    return new Map(check(graph, graph, new Set()).findings.map(({ subject, reason }) => [subject, reason]));
  }

  test.runIf(layer !== undefined)('Redis', async () => {
    const command = (path: string) =>
      `/usr/bin/redis-server --port 0 --unixsocket /tmp/redis.sock --save "" --loadmodule ${path}`;
    const outcome = async (path: string) =>
      (await machine.runShell(`timeout 3 ${command(path)} 2>&1`)).stdout;
    await service('redis-all', command(REDIS));
    const graph = graphOf('redis-all');
    expect([...reasonsIn(graph)]).toEqual([]);
    expect(await outcome(REDIS)).toContain("Module 'ft' loaded from");
    expect(graph.nodes.get('module:ft')?.attributes).toMatchObject({
      version: '10200',
      'built for': 'module API 1',
    });
    await machine.mustRunShell(
      `cd ${COPIES} && cp ${REDIS} plain.so && chmod 644 plain.so && head -c 300000 ${REDIS} > cut.so && chmod 755 cut.so &&
       sed 's/RedisModule_OnLoad/RedisModule_OnLoaf/g' ${REDIS} > none.so && chmod 755 none.so`,
    );
    for (const [name, message] of [
      ['plain', 'It does not have execute permissions.'],
      ['none', 'does not export RedisModule_OnLoad() symbol. Module not loaded.'],
      ['cut', 'The loader can not use the file'],
    ] as const) {
      await service(`redis-${name}`, command(`${COPIES}/${name}.so`));
      const reason = reasonsIn(graphOf(`redis-${name}`)).get(`${COPIES}/${name}.so`);
      const said = await outcome(`${COPIES}/${name}.so`);
      expect(reason).toContain(message);
      expect(said).not.toContain('loaded from');
      if (name !== 'cut') expect(said).toContain(message);
    }
    print('Redis: 1 module taken by both, 3 corrupted copies refused by both');
  });
  test.runIf(layer !== undefined)('each with a symbol that nothing provides', async () => {
    const copy = (name: string) => `${COPIES}/lacking-${name}.so`;
    const lack = (name: string, from: string, pattern: RegExp) =>
      renameNeeded(`${machine.root}${from}`, `${machine.root}${copy(name)}`, pattern);
    const nginxConf = (path: string) => `load_module ${path};\nevents {}\npid /run/lacking.pid;\n`;
    const cases = [
      {
        name: 'nginx',
        symbol: lack('nginx', `${NGINX}/ndk_http_module.so`, /^ngx_/),
        command: '/usr/sbin/nginx -c /etc/lacking-nginx.conf',
        asks: 'nginx -t -c /etc/lacking-nginx.conf',
      },
      {
        name: 'httpd',
        symbol: lack('httpd', `${HTTPD}/mod_alias.so`, /^ap_/),
        command: '/usr/sbin/apache2 -f /etc/lacking-httpd.conf',
        asks: 'apache2 -t -f /etc/lacking-httpd.conf',
      },
      {
        name: 'postgresql',
        symbol: lack('postgresql', `${POSTGRESQL}/lib/auto_explain.so`, /^[A-Z]\w+$/),
        command: `${POSTGRESQL}/bin/postgres -D ${DATA} -c session_preload_libraries=${copy('postgresql')}`,
        asks: `echo "LOAD '${copy('postgresql')}'" | runuser -u postgres -- ${POSTGRESQL}/bin/postgres --single -D ${DATA} template1`,
      },
      {
        name: 'redis',
        symbol: lack('redis', REDIS, /^[a-z]+$/),
        command: `/usr/bin/redis-server --port 0 --loadmodule ${copy('redis')}`,
        asks: `timeout 3 redis-server --port 0 --unixsocket /tmp/lacking.sock --loadmodule ${copy('redis')}`,
      },
    ];
    await withPostgresqlData();
    await machine.writeFile('/etc/lacking-nginx.conf', nginxConf(copy('nginx')));
    await machine.writeFile(
      '/etc/lacking-httpd.conf',
      `ServerRoot /tmp\nListen 8181\nLoadModule alias_module ${copy('httpd')}\n`,
    );
    for (const { name, symbol, command, asks } of cases) {
      await service(`lacking-${name}`, command);
      const graph = graphOf(`lacking-${name}`);
      const fault = graph.nodes.get(`module-library:${copy(name)}`)?.attributes['fault'];
      const message = `${copy(name)}: undefined symbol: ${symbol}`;
      expect(fault).toMatch(/^It needs /);
      expect(fault?.replace(/\.$/, '')).toContain(message);
      expect((await machine.runShell(`(${asks}) 2>&1`)).stdout).toContain(message);
    }
    print(`a missing symbol: said of ${cases.length} plugins in the words of their programs`);
  });
});

/** The exported structure of a module of httpd, as LoadModule has to name it. */
function structureIn(host: RootedHost, path: string): string | undefined {
  const file = host.open(path);
  try {
    const elf = parseElf(file);
    const symbols = elf.kind === 'elf' ? readDynamicSymbols(file, elf) : undefined;
    const defined = symbols?.kind === 'symbols' ? symbols.defined : [];
    return defined.find(
      ({ name, type, size }) => type === 'object' && size === 112 && name.endsWith('_module'),
    )?.name;
  } finally {
    file.close();
  }
}
