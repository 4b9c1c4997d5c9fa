import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addToRoot, rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program } from '../../test/small-elf.ts';
import { libraryReport } from './library-report.ts';

describe.skipIf(!hasCompiler)('the libraries of files', () => {
  test('a directory: its programs and libraries, without links, texts and what lies deeper', () => {
    const host = lampRoot();
    const report = libraryReport(host, ['/opt/lamp/bin', '/opt/lamp/lib'], false);
    expect(report.files.map(({ path, kind }) => [path, kind])).toEqual([
      ['/opt/lamp/bin/lamp', 'program'],
      ['/opt/lamp/lib/libwick.so', 'library'],
    ]);
    expect(report.files[0]?.libraries).toEqual([
      {
        name: 'libwick.so',
        path: '/opt/lamp/bin/../lib/libwick.so',
        foundBy: 'runpath of /opt/lamp/bin/lamp',
        neededBy: '/opt/lamp/bin/lamp',
      },
    ]);
    expect(report.damaged).toEqual([
      { path: '/opt/lamp/bin/torn', reason: 'the file ends inside its ELF header', offset: 5 },
    ]);
  });

  test('a directory with a circular link: the rest of it is reported', () => {
    const host = lampRoot();
    addToRoot(host.root, { '/opt/lamp/bin/loop': '-> loop', '/opt/lamp/bin/there': '-> back/there' });
    addToRoot(host.root, { '/opt/lamp/bin/back': '-> there' });
    const { files } = libraryReport(host, ['/opt/lamp/bin'], false);
    expect(files.map(({ path }) => path)).toEqual(['/opt/lamp/bin/lamp']);
  });

  test('symbols: how many each library gives, what is missing', () => {
    const [file] = libraryReport(lampRoot(), ['/opt/lamp/bin/lamp'], true).files;
    expect(file?.symbols).toEqual({
      providers: [{ path: '/opt/lamp/bin/../lib/libwick.so', symbols: 1 }],
      missing: [{ name: 'smoke', neededBy: '/opt/lamp/bin/../lib/libwick.so' }],
      missingVersions: [],
      elsewhere: [],
      unreadable: [],
    });
  });

  test('of several files one that is no ELF file: the others are reported, and it', () => {
    const report = libraryReport(lampRoot(), ['/opt/lamp/bin/text', '/opt/lamp/bin/lamp'], false);
    expect(report.files.map(({ path }) => path)).toEqual(['/opt/lamp/bin/lamp']);
    expect(report.notElf).toEqual(['/opt/lamp/bin/text']);
  });

  test.each([
    ['/opt/none', '/opt/none is not there'],
    ['/opt/lamp/bin/text', '/opt/lamp/bin/text is neither an ELF program nor a library'],
  ])('%s', (path, message) => {
    expect(() => libraryReport(lampRoot(), [path], false)).toThrow(message);
  });

  function lampRoot() {
    const host = rootWith({
      '/opt/lamp/bin/text': 'text',
      '/opt/lamp/bin/link': '-> lamp',
      '/opt/lamp/bin/torn': '\x7fELF\x02',
    });
    const at = join(host.root, 'opt/lamp/lib/libwick.so');
    library(at, 'extern "C" int smoke(); extern "C" int wick() { return smoke(); }');
    program(
      join(host.root, 'opt/lamp/bin/lamp'),
      'extern "C" int wick(); extern "C" void _start() { wick(); }',
      at,
    );
    return host;
  }
});
