import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pokeFile } from '../../test/cut-file.ts';
import { rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program, versionedLibrary } from '../../test/small-elf.ts';
import type { CheckReport } from '../documents/check-report.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { Subject } from '../graph/subject.ts';
import { check } from './check.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const ENVIRONMENT = '/etc/lamp.env';

/** A service in a root; what is in it is compiled by `make`. */
function lamp(files: Parameters<typeof rootWith>[0], make: (root: string) => void = () => undefined): Graph {
  const host = rootWith(files);
  make(host.root);
  return buildGraph(new Subject(host, 'lamp', { knowledge: [] }));
}

function lampOf(execStart: string, make?: (root: string) => void, environment = ''): Graph {
  const unit = `[Service]\nEnvironmentFile=${ENVIRONMENT}\nExecStart=${execStart}\n`;
  return lamp({ [UNIT]: unit, [ENVIRONMENT]: environment }, make);
}

const said = ({ findings }: CheckReport): string[] =>
  findings.map(({ id, severity, subject, reason }) => `${severity} ${id}: ${subject}: ${reason}`);
const results = ({ checks }: CheckReport): string[] =>
  checks.map(({ id, result, reason }) => `${id} ${result}${reason === undefined ? '' : `: ${reason}`}`);

const GLOW = 'int glow(int) { return 1; }';
const CALLS_GLOW = 'int glow(int); extern "C" void _start() { glow(1); }';

const CALLS_PLAIN_GLOW = 'extern "C" int glow(); extern "C" void _start() { glow(); }';
const LOADER = 'lib64/ld-linux-x86-64.so.2';

/** /opt/lamp/bin/lamp with /opt/lamp/lib/libglow.so, and the loader it asks for. */
function old(root: string): void {
  library(join(root, 'opt/lamp/lib/libglow.so'), GLOW);
  program(join(root, 'opt/lamp/bin/lamp'), CALLS_GLOW, join(root, 'opt/lamp/lib/libglow.so'));
  library(join(root, LOADER), 'int loader;');
}

const today = (environment = ''): Graph => lampOf('/opt/lamp/bin/lamp', old, environment);
const NONE = new Set<string>();

describe.skipIf(!hasCompiler || process.arch !== 'x64')('a replacement', () => {
  test('the same service again is ready, with nothing to say', () => {
    const report = check(
      today('LD_LIBRARY_PATH=/opt/lamp/lib\n'),
      today('LD_LIBRARY_PATH=/opt/lamp/lib\n'),
      NONE,
    );
    expect(report).toMatchObject({
      kind: 'CheckReport',
      service: 'lamp.service',
      verdict: 'ready',
      findings: [],
      pointsOfNoReturn: [],
    });
    expect(report.checks.map(({ id, result, examined }) => [id, result, examined])).toEqual([
      ['unit-lines', 'ok', 2],
      ['users', 'ok', 1],
      ['program', 'ok', 1],
      ['sandbox', 'ok', 0],
      ['other-commands', 'ok', 0],
      ['libraries-missing', 'ok', 1],
      ['libraries-elsewhere', 'ok', 1],
      ['libraries-changed', 'ok', 1],
      ['library-types', 'ok', 0],
      ['symbols-missing', 'ok', 2],
      ['options', 'ok', 0],
      ['named-files', 'ok', 0],
      ['readiness', 'ok', 0],
      ['daemonising', 'ok', 1],
      ['pid-file', 'ok', 0],
      ['ports', 'ok', 0],
      ['state-writable', 'ok', 0],
      ['hardening', 'ok', 0],
      ['secrets', 'ok', 0],
      ['other-users', 'ok', 0],
      ['upgrades', 'ok', 0],
    ]);
    expect(report.notExamined).toContain(
      'libraries that a program opens by itself while it runs, unless a configuration above names them',
    );
  });

  test('a script that a Windows editor wrote asks for an interpreter that is not there', () => {
    const today = lamp({ [UNIT]: '[Service]\nExecStart=/opt/lamp\n', '/opt/lamp': '' });
    const script = { text: '#!/bin/sh\r\nexec lamp\r\n', mode: 0o755 };
    const tomorrow = lamp({ [UNIT]: '[Service]\nExecStart=/opt/lamp\n', '/opt/lamp': script, '/bin/sh': '' });
    const report = check(today, tomorrow, NONE);
    expect(said(report)).toEqual([
      'blocker program: /opt/lamp: Its first line ends with a carriage return, as files from Windows do, and the kernel takes it for a part of the name of the interpreter: No such file or directory.',
    ]);
    expect(report.findings[0]?.remedy).toBe("sed -i 's/\\r$//' /opt/lamp");
  });

  test('a program for another processor is told of once', () => {
    const other = lampOf('/opt/lamp/bin/lamp', (root) => {
      old(root);
      pokeFile(join(root, 'opt/lamp/bin/lamp'), 18, 183);
    });
    expect(said(check(today(), other, NONE))).toEqual([
      "blocker program: /opt/lamp/bin/lamp: It is built for aarch64, and today's program for x86-64: Exec format error.",
    ]);
  });

  test('a program that is not there blocks, and what depends on it could not be run', () => {
    const report = check(today(), lampOf('/srv/lamp/bin/lamp'), NONE);
    expect(report.verdict).toBe('blocked');
    expect(report.findings).toEqual([
      {
        id: 'program',
        severity: 'blocker',
        subject: '/srv/lamp/bin/lamp',
        reason: 'It is to be started (ExecStart) and is not there.',
        evidence: [{ file: UNIT, line: 3, column: 1 }],
        remedy: `Correct the command at ${UNIT}:3, or bring /srv/lamp/bin/lamp along.`,
      },
    ]);
    expect(results(report).slice(3)).toEqual([
      'sandbox ok',
      'other-commands ok',
      'libraries-missing could-not-run: no ELF program was reached',
      'libraries-elsewhere could-not-run: no ELF program was reached',
      'libraries-changed could-not-run: no ELF program was reached',
      'library-types could-not-run: no ELF program was reached',
      'symbols-missing could-not-run: no ELF program was reached',
      'options could-not-run: no ELF program was reached',
      'named-files ok',
      'readiness ok',
      'daemonising ok',
      'pid-file ok',
      'ports ok',
      'state-writable ok',
      'hardening could-not-run: no ELF program was reached',
      'secrets ok',
      'other-users ok',
      'upgrades ok',
    ]);
  });

  test('a program that nobody may execute, behind a script', () => {
    const files = {
      [UNIT]: '[Service]\nExecStart=/srv/start.sh\n',
      '/srv/start.sh': '#!/bin/sh\nexec /srv/lamp\n',
      '/srv/lamp': 'neither program nor script',
    };
    expect(said(check(today(), lamp(files), NONE))).toEqual([
      'blocker program: /srv/start.sh: It is to be started (ExecStart) and nobody may execute it.',
      'blocker program: /srv/lamp: It is to be started (exec) and nobody may execute it.',
      'blocker program: /srv/lamp: It is neither an ELF program nor a script that names its interpreter: Exec format error.',
    ]);
  });

  test('a loader that is not there', () => {
    const bare = lampOf('/srv/bin/lamp', (root) => {
      library(join(root, 'srv/lib/libglow.so'), GLOW);
      program(join(root, 'srv/bin/lamp'), CALLS_GLOW, join(root, 'srv/lib/libglow.so'));
    });
    expect(said(check(today(), bare, NONE))).toEqual([
      'blocker program: /srv/bin/lamp: It asks for the loader /lib64/ld-linux-x86-64.so.2, which is not there; the kernel then says that the program does not exist.',
    ]);
  });

  test('a library and a program that the unit hides from its service', () => {
    const hidden = (line: string) =>
      lamp({ [UNIT]: `[Service]\nExecStart=/opt/lamp/bin/lamp\n${line}\n` }, old);
    const plain = hidden('');
    expect(said(check(plain, hidden('PrivateTmp=yes\nInaccessiblePaths=/srv'), NONE))).toEqual([]);
    expect(check(plain, hidden('InaccessiblePaths=/opt/lamp/lib'), NONE).findings[0]).toMatchObject({
      id: 'libraries-missing',
      subject: 'libglow.so',
      evidence: [
        {
          how: `tried /opt/lamp/bin/../lib/libglow.so (runpath of /opt/lamp/bin/lamp: hidden from the service by InaccessiblePaths=/opt/lamp/lib (${UNIT}:3:1)), /lib64/libglow.so (default path), /usr/lib64/libglow.so (default path)`,
        },
      ],
    });
    expect(said(check(plain, hidden('TemporaryFileSystem=/opt'), NONE))).toContain(
      `blocker program: /opt/lamp/bin/lamp: It is to be started (ExecStart), and the service does not see it: TemporaryFileSystem=/opt (${UNIT}:3:1).`,
    );
    expect(said(check(plain, hidden('InaccessiblePaths=/opt/lamp/lib/libglow.so'), NONE))).toEqual([
      `blocker libraries-missing: /opt/lamp/bin/../lib/libglow.so: /opt/lamp/bin/../lib/libglow.so is hidden from the service by InaccessiblePaths=/opt/lamp/lib/libglow.so (${UNIT}:3:1). In its place the loader finds a file of no bytes, refuses it, and looks no further.`,
    ]);
    expect(said(check(plain, hidden('NoExecPaths=/opt/lamp/lib'), NONE))).toEqual([
      'blocker sandbox: /opt/lamp/lib/libglow.so: The unit forbids to execute anything under /opt/lamp/lib (NoExecPaths=), so the loader refuses the library: failed to map segment from shared object.',
    ]);
  });

  test('a library that is not found, with every path that was tried', () => {
    const lost = lampOf('/opt/lamp/bin/lamp', (root) => {
      library(join(root, 'build/libglow.so'), GLOW);
      program(join(root, 'opt/lamp/bin/lamp'), CALLS_GLOW, join(root, 'build/libglow.so'));
      library(join(root, LOADER), 'int loader;');
    });
    const report = check(today(), lost, NONE);
    expect(report.findings).toEqual([
      {
        id: 'libraries-missing',
        severity: 'blocker',
        subject: 'libglow.so',
        reason:
          '/opt/lamp/bin/lamp needs it and the loader does not find it: cannot open shared object file.',
        evidence: [
          {
            how: 'tried /opt/lamp/bin/../lib/libglow.so (runpath of /opt/lamp/bin/lamp), /lib64/libglow.so (default path), /usr/lib64/libglow.so (default path)',
          },
        ],
        remedy:
          'Install the package that has libglow.so, or bring it along and let LD_LIBRARY_PATH name its directory.',
      },
    ]);
    expect(results(report)).toContain(
      'symbols-missing could-not-run: libraries are missing (libraries-missing), so what they provide is not known',
    );
  });

  test('a function that a library no longer has', () => {
    const changed = lampOf('/opt/lamp/bin/lamp', (root) => {
      old(root);
      library(join(root, 'opt/lamp/lib/libglow.so'), 'int glow(int, int) { return 1; }');
    });
    expect(said(check(today(), changed, NONE))).toEqual([
      "blocker symbols-missing: /opt/lamp/bin/lamp: It needs glow(…), which no library of tomorrow's program provides: undefined symbol.",
      'note libraries-changed: libglow.so: /opt/lamp/lib/libglow.so is another build tomorrow. Gone from it: glow(…).',
    ]);
    expect(said(check(changed, changed, NONE))).toEqual([]);
  });

  test('a version that a library no longer has', () => {
    const glowing = (version: string) => (root: string) => {
      old(root);
      const path = join(root, 'opt/lamp/lib/libglow.so');
      versionedLibrary(path, 'glow', 'GLOW_2');
      program(join(root, 'opt/lamp/bin/lamp'), CALLS_PLAIN_GLOW, path);
      versionedLibrary(path, 'glow', version);
    };
    const before = lampOf('/opt/lamp/bin/lamp', glowing('GLOW_2'));
    const after = lampOf('/opt/lamp/bin/lamp', glowing('GLOW_1'));
    expect(said(check(before, before, NONE))).toEqual([]);
    expect(said(check(before, after, NONE))).toContain(
      "blocker symbols-missing: /opt/lamp/bin/lamp: It needs version GLOW_2 of /opt/lamp/bin/../lib/libglow.so, which does not have it: version `GLOW_2' not found.",
    );
  });

  const other = (environment: string): Graph =>
    lampOf(
      '/srv/bin/lamp',
      (root) => {
        old(root);
        library(join(root, 'usr/lib64/libecho.so'), 'int echo() { return 2; }');
        program(
          join(root, 'srv/bin/lamp'),
          'int glow(int); int echo(); extern "C" void _start() { glow(echo()); }',
          join(root, 'opt/lamp/lib/libglow.so'),
          join(root, 'usr/lib64/libecho.so'),
        );
      },
      environment,
    );

  test("another program that would take libraries of today's", () => {
    const report = check(today(), other('LAMPS=2\nLD_LIBRARY_PATH=/opt/lamp/lib/\n'), NONE);
    expect(report.verdict).toBe('ready');
    expect(report.findings).toEqual([
      {
        id: 'libraries-elsewhere',
        severity: 'warning',
        subject: 'LD_LIBRARY_PATH=/opt/lamp/lib/',
        reason: `${ENVIRONMENT}:2:17 sets it for today's program. /srv/bin/lamp is another one and would take /opt/lamp/lib/libglow.so from there.`,
        evidence: [
          { file: ENVIRONMENT, line: 2, column: 17 },
          { how: 'libglow.so is found as /opt/lamp/lib/libglow.so' },
        ],
        remedy:
          'Write LD_LIBRARY_PATH under settings: unset: in the spec (UnsetEnvironment=LD_LIBRARY_PATH in a drop-in), unless the new program needs it.',
      },
    ]);
  });

  test('another program that only would look there, and one that does not look there any more', () => {
    const looks = lampOf(
      '/srv/bin/lamp',
      (root) => {
        old(root);
        library(join(root, 'usr/lib64/libecho.so'), 'int echo() { return 2; }');
        program(
          join(root, 'srv/bin/lamp'),
          'int echo(); extern "C" void _start() { echo(); }',
          join(root, 'usr/lib64/libecho.so'),
        );
      },
      'LD_LIBRARY_PATH=/opt/lamp/lib\n',
    );
    expect(said(check(today(), looks, NONE))).toEqual([
      `warning libraries-elsewhere: LD_LIBRARY_PATH=/opt/lamp/lib: ${ENVIRONMENT}:1:17 sets it for today's program. /srv/bin/lamp is another one, and the loader would look into /opt/lamp/lib first for libecho.so: none of them is there now, but one that its package brings would be taken. All that the program starts inherits it.`,
    ]);
    const unset = lamp(
      {
        [UNIT]: `[Service]\nEnvironmentFile=${ENVIRONMENT}\nUnsetEnvironment=LD_LIBRARY_PATH\nExecStart=/srv/bin/lamp\n`,
        [ENVIRONMENT]: 'LD_LIBRARY_PATH=/opt/lamp/lib\n',
      },
      (root) => {
        old(root);
        program(join(root, 'srv/bin/lamp'), 'extern "C" void _start() {}');
      },
    );
    expect(said(check(today(), unset, NONE))).toEqual([]);
  });

  test('lines that systemd skips: a warning when they are new, else a note', () => {
    const noisy = lamp(
      {
        [UNIT]: `[Service]\nEnvironmentFile=${ENVIRONMENT}\nNice 5\nExecStart=/opt/lamp/bin/lamp\n`,
        [ENVIRONMENT]: 'LAMP-COUNT=2\n',
      },
      old,
    );
    expect(said(check(today(), noisy, NONE))).toEqual([
      `warning unit-lines: ${UNIT}:3: Missing '=', ignoring line.`,
      `warning unit-lines: ${ENVIRONMENT}:1: 'LAMP-COUNT' is not a variable name, systemd drops the line`,
    ]);
    const again = check(noisy, noisy, NONE);
    expect(again.findings.map(({ severity }) => severity)).toEqual(['note', 'note']);
    expect(again.checks[0]).toMatchObject({ id: 'unit-lines', result: 'ok' });
  });
});
