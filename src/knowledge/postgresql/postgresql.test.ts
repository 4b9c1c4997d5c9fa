import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, cutOff, findingsOf, graphWith } from '../../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { postgresql } from './postgresql.ts';

const UNIT = '/usr/lib/systemd/system/postgresql@.service';
const CONF = '/etc/postgresql/15/main';
const BIN = '/usr/lib/postgresql/15/bin';
const LIB = '/usr/lib/postgresql/15/lib';
const EXTENSIONS = '/usr/share/postgresql/15/extension';

const block = (version = 1500, abi = 'PostgreSQL', nameLength = 64) =>
  `struct Block { int len, version, funcmaxargs, indexmaxkeys, namedatalen, float8byval; char abi_extra[32]; };
   static const Block magic = { sizeof(Block), ${version}, 100, 32, ${nameLength}, 1, "${abi}" };`;
const extension = (version?: number, abi?: string, nameLength?: number) =>
  `${block(version, abi, nameLength)} extern "C" const Block *Pg_magic_func() { return &magic; }`;

function postgresqlRoot(libraries: Readonly<Record<string, string>>, conf = '') {
  const host = rootWith({
    [UNIT]: '[Service]\nType=forking\nExecStart=-/usr/bin/pg_ctlcluster --skip-systemctl-redirect %i start\n',
    '/usr/bin/pg_ctlcluster': {
      text: '#!/usr/bin/perl -wT\n\n        exec $pg_ctl @options or error "no";\n',
      mode: 0o755,
    },
    [`${CONF}/postgresql.conf`]: `data_directory = '/var/lib/postgresql/15/main'\nport = 5433\ninclude_dir = 'conf.d'\n`,
    [`${CONF}/conf.d/lamp.conf`]: conf,
    [`${CONF}/environment`]: "LampOil = 'palm'\n",
    [`${EXTENSIONS}/plpgsql.control`]: "module_pathname = '$libdir/plpgsql'\n",
  });
  addLoader(host.root);
  program(join(host.root, BIN, 'pg_ctl'), 'extern "C" void _start() { for (;;) ; }');
  program(
    join(host.root, BIN, 'postgres'),
    `${block()} const char *texts[] = { "PostgreSQL 15.18 (Debian)" };
     extern "C" void _start() { for (;;) texts[0] = (const char *)&magic; }`,
  );
  for (const [name, source] of Object.entries({ 'plpgsql.so': extension(), ...libraries }))
    library(join(host.root, LIB, name), source, '-O2');
  return host;
}

const SERVICE = 'postgresql@15-main';

describe.runIf(hasCompiler)('the libraries of PostgreSQL', () => {
  test('what compiles queries is loaded from $libdir, by default as well, unless it is off or not there', () => {
    const loaded = (libraries: Readonly<Record<string, string>>, conf = '') =>
      graphWith(postgresqlRoot(libraries, conf), SERVICE, postgresql)
        .edges.filter(({ label }) => label === 'jit_provider')
        .map(({ to, evidence }) => ({ to, evidence }));
    const jit = { 'llvmjit.so': extension() };
    const asked = { to: `module-library:${LIB}/llvmjit.so` };
    const byDefault = { ...asked, evidence: { how: 'jit_provider=llvmjit, the default, asks for it' } };
    expect(loaded(jit)).toEqual([byDefault]);
    expect([loaded({}), loaded(jit, 'jit = off\n')]).toEqual([[], []]);
    expect(loaded({}, "jit_provider = 'ember'\n")).toEqual([
      {
        to: `module-library:${LIB}/ember.so`,
        evidence: { file: `${CONF}/conf.d/lamp.conf`, line: 1, column: 17 },
      },
    ]);
    const lacking = { 'llvmjit.so': `${extension()} extern "C" int smoke(); int use() { return smoke(); }` };
    const node = graphWith(postgresqlRoot(lacking), SERVICE, postgresql).nodes.get(asked.to);
    expect(node?.attributes['fault']).toBe(
      `It needs smoke, which nothing provides that is loaded before it: ${LIB}/llvmjit.so: undefined symbol: smoke.`,
    );
  });

  test('are named by settings and control files, and the way leads through pg_ctlcluster and pg_ctl', () => {
    const host = postgresqlRoot(
      { 'lamp.so': extension() },
      "shared_preload_libraries = 'lamp, \"$libdir/lamp\"'\nlisten_addresses = '*'\n",
    );
    const graph = graphWith(host, SERVICE, postgresql);
    const { launch } = graph.start;
    expect(
      launch?.hops.map(({ path, how, startedAt }) => `${path}: ${how} ${startedAt.file}:${startedAt.line}`),
    ).toEqual([
      `/usr/bin/pg_ctlcluster: ExecStart ${UNIT}:3`,
      `${BIN}/pg_ctl: pg_ctlcluster /usr/bin/pg_ctlcluster:3`,
      `${BIN}/postgres: pg_ctl /usr/bin/pg_ctlcluster:3`,
    ]);
    expect(launch?.args).toEqual([
      '-D',
      '/var/lib/postgresql/15/main',
      '-c',
      `config_file=${CONF}/postgresql.conf`,
      '-c',
      `hba_file=${CONF}/pg_hba.conf`,
      '-c',
      `ident_file=${CONF}/pg_ident.conf`,
    ]);
    expect(launch?.environment.get('LampOil')).toBe('palm');
    expect(graph.nodes.get('module:lamp')?.attributes).toEqual({
      kind: 'PostgreSQL library',
      'built for': 'PostgreSQL 15',
      ABI: 'PostgreSQL',
      limits: 'FUNC_MAX_ARGS 100, INDEX_MAX_KEYS 32, NAMEDATALEN 64',
    });
    const loads = graph.edges
      .filter(({ kind }) => kind === 'loads')
      .map(({ label, to, evidence }) => ({ label, to, evidence }));
    expect(loads).toEqual([
      {
        label: 'shared_preload_libraries',
        to: `module-library:${LIB}/lamp.so`,
        evidence: { file: `${CONF}/conf.d/lamp.conf`, line: 1, column: 29 },
      },
      {
        label: 'module_pathname',
        to: `module-library:${LIB}/plpgsql.so`,
        evidence: { file: `${EXTENSIONS}/plpgsql.control`, line: 1, column: 20 },
      },
    ]);
    expect(graph.nodes.has('port:5433')).toBe(true);
    expect(findingsOf(host, SERVICE, postgresql)).toEqual({ verdict: 'ready', findings: [] });
  });

  test('of another version, ABI or limit, and those without a magic block, are told apart', () => {
    const host = postgresqlRoot(
      {
        'old.so': extension(1300),
        'fork.so': extension(1500, 'Lamp'),
        'long.so': extension(1500, 'PostgreSQL', 128),
        'none.so': 'extern "C" int lamp() { return 1; }',
        'cut.so': extension(),
      },
      "shared_preload_libraries = 'old,fork,long,none,gone,cut'\n",
    );
    cutOff(host.root, `${LIB}/cut.so`, 500);
    const asks = `shared_preload_libraries at ${CONF}/conf.d/lamp.conf:1:29 asks for it. PostgreSQL then does not start.`;
    const { verdict, findings } = findingsOf(host, SERVICE, postgresql);
    expect(verdict).toBe('blocked');
    expect(findings.map(({ is, reason }) => `${is}: ${reason}`)).toEqual([
      `blocker postgresql-libraries: There is no such file: ${LIB}/gone.so: cannot open shared object file. ${asks}`,
      expect.stringMatching(/^blocker postgresql-libraries: The loader can not use the file \S+\/cut\.so: /),
      `blocker postgresql-magic-block: incompatible library "${LIB}/old.so": version mismatch. Server is version 15, library is version 13. ${asks}`,
      `blocker postgresql-magic-block: incompatible library "${LIB}/fork.so": ABI mismatch. Server has ABI "PostgreSQL", library has "Lamp". ${asks}`,
      `blocker postgresql-magic-block: incompatible library "${LIB}/long.so": magic block mismatch. Server has NAMEDATALEN = 64, library has 128. ${asks}`,
      `blocker postgresql-magic-block: incompatible library "${LIB}/none.so": missing magic block. Extension libraries are required to use the PG_MODULE_MAGIC macro. ${asks}`,
    ]);
  });

  test('of an extension that is broken today as well are a note', () => {
    const host = postgresqlRoot({ 'old.so': extension(1300) });
    addToRoot(host.root, { [`${EXTENSIONS}/old.control`]: "module_pathname = '$libdir/old'\n" });
    const { verdict, findings } = findingsOf(host, SERVICE, postgresql);
    expect([verdict, findings.map(({ is, reason }) => `${is}: ${reason}`)]).toEqual([
      'ready',
      [
        `note postgresql-magic-block: incompatible library "${LIB}/old.so": version mismatch. Server is version 15, library is version 13. module_pathname at ${EXTENSIONS}/old.control:1:20 asks for it. Where the extension old was created, its functions then fail. It is so today as well.`,
      ],
    ]);
  });
});

describe.runIf(hasCompiler)('what postgresql.conf names', () => {
  test('directories, keys, and files that are included when they are there', () => {
    const conf =
      "log_directory = 'log'\nssl_cert_file = '/etc/ssl/lamp.pem'\nssl_key_file = 'lamp.key'\nssl_crl_dir = '/etc/ssl/crl'\nstats_temp_directory = '/run/lamp.pg_stat_tmp'\nunix_socket_directories = '/run/lamp, @hidden'\nhba_file = '/etc/lamp/hba'\ninclude_if_exists = 'later.conf'\narchive_command = 'cp %p /mnt/%f'\nprimary_conninfo = 'host=lamp passfile=/srv/pass'\n";
    const data = '/var/lib/postgresql/15/main';
    const edges = graphWith(postgresqlRoot({}, conf), SERVICE, postgresql).edges.map(
      ({ label, kind, to }) => `${label} ${kind} ${to}`,
    );
    for (const expected of [
      `log_directory keeps-state-in directory:${data}/log`,
      'ssl_cert_file names file:/etc/ssl/lamp.pem',
      `ssl_key_file names file:${data}/lamp.key`,
      'ssl_crl_dir names directory:/etc/ssl/crl',
      'stats_temp_directory keeps-state-in directory:/run/lamp.pg_stat_tmp',
      'unix_socket_directories names directory:/run/lamp',
      'unix_socket_directories names file:/run/lamp/.s.PGSQL.5433',
      'hba_file names file:/etc/lamp/hba',
      `ident_file names file:${CONF}/pg_ident.conf`,
      `include_dir names directory:${CONF}/conf.d`,
      'archive_command names directory:/mnt',
      'primary_conninfo passfile names file:/srv/pass',
      `include_if_exists names file:${CONF}/conf.d/later.conf`,
    ])
      expect(edges).toContain(expected);
  });

  test("Debian's pg_ctlcluster reads four files of the cluster, and tells where pg_hba.conf is unless a setting does", () => {
    const { edges } = graphWith(postgresqlRoot({}), SERVICE, postgresql);
    expect(edges.filter(({ kind }) => kind === 'sources').map(({ to }) => to)).toEqual(
      ['postgresql.conf', 'environment', 'pg_ctl.conf', 'start.conf'].map((name) => `script:${CONF}/${name}`),
    );
    expect(edges.filter(({ label }) => label === 'hba_file').map(({ to }) => to)).toEqual([
      `file:${CONF}/pg_hba.conf`,
    ]);
  });
});
