import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { buildOwnGraph } from '../build-graph.ts';
import { Subject } from '../subject.ts';

describe.skipIf(!hasCompiler)('every library of a process has an edge that leads to it', () => {
  test('filters, auxiliary filters and preloaded libraries', () => {
    const host = lampRoot();
    const graph = buildOwnGraph(new Subject(host, 'lamp', { knowledge: [] }));
    const ways = graph.edges
      .filter(({ kind }) => kind === 'needs')
      .map(({ from, to, evidence }) => `${from} → ${to}: ${'how' in evidence ? evidence.how : ''}`);
    expect(ways.sort()).toEqual([
      'library:/opt/bin/../lib/libwick.so → library:/opt/bin/../lib/libflame.so: ' +
        '/opt/bin/../lib/libwick.so is filtered by libflame.so; found by rpath of /opt/bin/lamp',
      'library:/opt/bin/../lib/libwick.so → library:/opt/bin/../lib/libglow.so: ' +
        '/opt/bin/../lib/libwick.so is filtered by libglow.so; found by rpath of /opt/bin/lamp',
      'program:/opt/bin/lamp → library:/opt/bin/../lib/libwick.so: ' +
        '/opt/bin/lamp needs libwick.so; found by rpath of /opt/bin/lamp',
      'program:/opt/bin/lamp → library:/opt/shade/libshade.so: ' +
        '/opt/shade/libshade.so is preloaded; found by path',
    ]);
  });

  function lampRoot() {
    const host = rootWith({
      '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/opt/bin/lamp\n',
      '/etc/ld.so.preload': '/opt/shade/libshade.so\n',
    });
    const at = (path: string) => join(host.root, 'opt', path);
    addLoader(host.root);
    const wick = 'extern "C" int wick() { return 1; }';
    for (const name of ['lib/libflame.so', 'lib/libglow.so', 'shade/libshade.so']) library(at(name), wick);
    library(at('lib/libwick.so'), wick, '-Wl,-F,libflame.so', '-Wl,-f,libglow.so');
    const start = 'extern "C" int wick(); extern "C" void _start() { wick(); }';
    program(at('bin/lamp'), start, at('lib/libwick.so'), '-Wl,--disable-new-dtags');
    return host;
  }
});
