import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader } from '../../../test/plugin-findings.ts';
import { addToRoot, rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { inspect } from '../../inspect/inspect.ts';
import { inspectionText } from './inspection-text.ts';
import { buildOwnGraph } from '../../graph/build-graph.ts';
import { cron } from '../../knowledge/cron/cron.ts';
import { Subject } from '../../graph/subject.ts';

const UNIT = '/etc/systemd/system/lamp.service';

describe.skipIf(!hasCompiler)('the libraries of every program that the commands of a unit execute', () => {
  test('of a helper, of the shell that reads a script, of the program: what is shown already is counted', () => {
    const host = lampRoot(
      'ExecStartPre=/opt/bin/trim --all\nExecStart=/opt/start.sh\nExecStopPost=/opt/bin/trim\n',
    );
    expect(treeOf(host)).toBe(`lamp.service
└─ starts (3)
   ├─ /opt/start.sh  ExecStart ${UNIT}:3
   │  └─ starts (2)
   │     ├─ /opt/bin/lamp  exec /opt/start.sh:2
   │     │  └─ needs (1)
   │     │     └─ /opt/bin/../lib/libwick.so  by rpath of /opt/bin/lamp
   │     └─ /bin/sh  #! /opt/start.sh:1
   │        └─ needs (1)
   │           └─ /bin/../lib/libshell.so  by rpath of /bin/sh
   ├─ /opt/bin/trim  ExecStartPre ${UNIT}:2
   │  └─ needs (2, 1 of them shown above)
   │     └─ /opt/bin/../lib/libsnuffer.so  by rpath of /opt/bin/trim
   └─ /opt/bin/trim  ExecStopPost ${UNIT}:4 (see above)
`);
  });

  test('a helper that can not be loaded is said, and the rest goes on', () => {
    const host = lampRoot('ExecStartPre=/opt/bin/trim\nExecStart=/opt/start.sh\n');
    addToRoot(host.root, { '/opt/lib/libsnuffer.so': 'no library any more' });
    const graph = buildOwnGraph(new Subject(host, 'lamp', { knowledge: [] }));
    expect(graph.notExamined).toContain(
      'libraries of /opt/bin/trim: /opt/bin/../lib/libsnuffer.so is damaged: not an ELF file (at byte 0)',
    );
    expect(graph.edgesFrom('program:/opt/bin/lamp').map(({ to }) => to)).toContain(
      'library:/opt/bin/../lib/libwick.so',
    );
  });

  test('with the environment that each is started with', () => {
    const host = lampRoot(
      'Environment=LD_PRELOAD=/opt/lib/libsnuffer.so\nExecStart=/opt/start.sh\n',
      'unset LD_PRELOAD\n',
    );
    const graph = buildOwnGraph(new Subject(host, 'lamp', { knowledge: [] }));
    const preloaded = graph.edgesTo('library:/opt/lib/libsnuffer.so').map(({ from }) => from);
    expect(preloaded).toEqual(['program:/bin/sh']);
  });

  test('a program and a script that a configuration names', () => {
    const host = lampRoot('ExecStart=/opt/bin/crond\n');
    addToRoot(host.root, { '/etc/crontab': '* * * * * root /opt/bin/trim\n* * * * * root /opt/start.sh\n' });
    const graph = buildOwnGraph(new Subject(host, 'lamp', { knowledge: [cron] }));
    const to = (id: string) => graph.edgesFrom(id).map((edge) => edge.to);
    expect(to('program:/opt/bin/trim')).toContain('library:/opt/bin/../lib/libsnuffer.so');
    expect(to('program:/opt/start.sh')).toEqual(['program:/bin/sh', 'program:/opt/bin/lamp']);
    expect(to('program:/bin/sh')).toContain('library:/bin/../lib/libshell.so');
  });

  function lampRoot(commands: string, line = '') {
    const host = rootWith({
      [UNIT]: `[Service]\n${commands}`,
      '/opt/start.sh': { text: `#!/bin/sh -e\n${line}exec /opt/bin/lamp\n`, mode: 0o755 },
    });
    const at = (path: string) => join(host.root, path);
    addLoader(host.root);
    const needs = (path: string, ...libraries: readonly string[]) => {
      const calls = libraries.map((name) => `extern "C" int ${name}();`).join(' ');
      const start = `${calls} extern "C" void _start() { ${libraries.map((name) => `${name}();`).join(' ')} }`;
      const directory = path.startsWith('bin') ? 'lib' : 'opt/lib';
      program(
        at(path),
        start,
        ...libraries.map((name) => at(`${directory}/lib${name}.so`)),
        '-Wl,--disable-new-dtags',
      );
    };
    library(at('lib/libshell.so'), 'extern "C" int shell() { return 1; }');
    for (const name of ['wick', 'snuffer'])
      library(at(`opt/lib/lib${name}.so`), `extern "C" int ${name}() { return 1; }`);
    needs('bin/sh', 'shell');
    needs('opt/bin/lamp', 'wick');
    needs('opt/bin/crond', 'wick');
    needs('opt/bin/trim', 'wick', 'snuffer');
    return host;
  }

  function treeOf(host: ReturnType<typeof lampRoot>): string {
    const inspection = inspect(buildOwnGraph(new Subject(host, 'lamp', { knowledge: [] })), false);
    const view = { only: ['program', 'script', 'library'] as const, depth: undefined };
    return inspectionText({ colour: false, width: undefined }, { ...inspection, notExamined: [] }, view)
      .replace(/\n\n$/, '\n')
      .replaceAll(/^.*ld-linux.*\n/gm, '');
  }
});
