import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program, versionedLibrary } from '../../test/small-elf.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { Subject } from '../graph/subject.ts';
import { inspect } from './inspect.ts';

describe.skipIf(!hasCompiler)('libraries in an inspection', () => {
  test('the rule each was found by, the symbols it gives and lacks; every path tried for a missing one', () => {
    const host = rootWith({
      '/etc/systemd/system/lamp.service':
        '[Service]\nEnvironment=LD_LIBRARY_PATH=/opt/new\nExecStart=/opt/lamp/bin/lamp\n',
    });
    const at = (path: string) => join(host.root, path);
    versionedLibrary(at('build/libwick.so'), 'wick', 'WICK_1');
    library(at('build/liboil.so'), 'extern "C" int oil() { return 1; }');
    library(at('opt/new/libsoot.so'), 'extern "C" int smoke(); extern "C" int soot() { return smoke(); }');
    const source = 'extern "C" int wick(); extern "C" void _start() { wick(); }';
    const inputs = ['build/libwick.so', 'build/liboil.so', 'opt/new/libsoot.so'].map(at);
    program(at('opt/lamp/bin/lamp'), source, '-Wl,--no-as-needed', ...inputs);
    versionedLibrary(at('opt/new/libwick.so'), 'wick', 'WICK_1');
    const { nodes } = inspect(buildGraph(new Subject(host, 'lamp', { knowledge: [] })), true);
    const attributes = (id: string) => nodes.find((node) => node.id === id)?.attributes;
    expect(attributes('library:/opt/new/libwick.so')).toMatchObject({
      'found by': 'LD_LIBRARY_PATH',
      gives: '1 symbol',
    });
    expect(attributes('library:/opt/new/libsoot.so')).toMatchObject({ 'undefined symbols': 'smoke' });
    expect(attributes('library:liboil.so')?.['tried']).toBe(
      '/opt/new/liboil.so (LD_LIBRARY_PATH), /opt/lamp/bin/../lib/liboil.so (runpath of /opt/lamp/bin/lamp), ' +
        '/lib64/liboil.so (default path), /usr/lib64/liboil.so (default path)',
    );
  });
});
