import { describe, expect, test } from 'vitest';
import { canCompare, sameAsLoader, sameAsPrivileged } from './compare.ts';
import { type Part, Tree } from './tree.ts';

describe.skipIf(!canCompare)('preloading', () => {
  test.each([
    '/a/libsoot.so',
    '/a/libsoot.so /a/libash.so',
    '/a/libash.so:/a/libsoot.so',
    ' : /a/libsoot.so  ',
  ])('LD_PRELOAD=%j', (preload) => {
    const { libraries } = sameAsLoader(lamp(), { environment: { LD_PRELOAD: preload } });
    expect(libraries.map(([name]) => name)).toContain('/a/libsoot.so');
  });

  test('a missing one is passed over', () => {
    const { libraries } = sameAsLoader(lamp(), { environment: { LD_PRELOAD: '/none.so /a/libash.so' } });
    expect(libraries.map(([name]) => name)).toEqual(['/a/libash.so', 'libwick.so']);
  });

  test('one that is no ELF file is passed over', () => {
    const tree = lamp();
    tree.text('/a/text.so', 'text that is long enough for a header, which has sixty-four bytes in all');
    sameAsLoader(tree, { environment: { LD_PRELOAD: '/a/text.so' } });
  });

  test('a name without a slash is searched for', () => {
    const environment = { LD_PRELOAD: 'libsoot.so', LD_LIBRARY_PATH: '/a' };
    expect(sameAsLoader(lamp(), { environment }).rules[0]).toBe('libsoot.so by LD_LIBRARY_PATH');
  });

  test('what is preloaded gives its symbols before all libraries', () => {
    const environment = { LD_PRELOAD: '/a/libsoot.so' };
    expect(sameAsLoader(lamp(), { environment }).bindings).toEqual(['/bin/lamp: wick from /a/libsoot.so']);
  });

  test('what a preloaded library needs comes after what the program needs', () => {
    const tree = lamp();
    tree.library('/a/libtar.so');
    tree.library('/a/libsmoke.so', { links: ['/a/libtar.so'], options: ['-rpath', '/a'] });
    const { libraries } = sameAsLoader(tree, { environment: { LD_PRELOAD: '/a/libsmoke.so' } });
    expect(libraries.map(([name]) => name)).toEqual(['/a/libsmoke.so', 'libwick.so', 'libtar.so']);
  });

  test('/etc/ld.so.preload: blanks, colons, lines and comments, after LD_PRELOAD', () => {
    const tree = lamp();
    tree.text('/etc/ld.so.preload', '# soot\n/a/libsoot.so:/none.so\t/a/libash.so # and ash\n');
    sameAsLoader(tree);
    const { libraries } = sameAsLoader(tree, { environment: { LD_PRELOAD: '/a/libash.so' } });
    expect(libraries.map(([name]) => name)).toEqual(['/a/libash.so', '/a/libsoot.so', 'libwick.so']);
  });
});

describe.skipIf(!canCompare)('ld.so.conf and ld.so.cache', () => {
  test('a directory counts when ldconfig has run, not before', () => {
    const tree = new Tree();
    tree.library('/opt/lib/libwick.so');
    tree.program('/bin/lamp', { links: ['/opt/lib/libwick.so'] });
    tree.text('/etc/ld.so.conf', 'include /etc/ld.so.conf.d/*.conf\n');
    tree.text('/etc/ld.so.conf.d/opt.conf', '# comment\n/opt/lib # another\n');
    expect(sameAsLoader(tree).missing).toEqual(['libwick.so']);
    tree.cache();
    expect(sameAsLoader(tree).rules).toEqual(['libwick.so by ld.so.cache']);
  });

  test('of two directories the first in ld.so.conf', () => {
    const tree = cached(['/opt/b', '/opt/a']);
    expect(sameAsLoader(tree).libraries).toEqual([['libwick.so', '/opt/b/libwick.so']]);
  });

  test('the cache comes before the own directories and after the RUNPATH', () => {
    const tree = cached(['/opt/a']);
    tree.again('/opt/a/libwick.so', '/lib/libwick.so');
    expect(sameAsLoader(tree).rules).toEqual(['libwick.so by ld.so.cache']);
    tree.again('/opt/a/libwick.so', '/run/libwick.so');
    tree.program('/bin/lamp', { links: ['/opt/a/libwick.so'], options: ['-rpath', '/run'] });
    expect(sameAsLoader(tree).rules).toEqual(['libwick.so by runpath of /bin/lamp']);
  });

  test('a cached file that is gone: the own directories are searched', () => {
    const tree = cached(['/opt/a']);
    tree.again('/opt/a/libwick.so', '/usr/lib/libwick.so');
    tree.text('/opt/a/libwick.so', '');
    tree.again('/usr/lib/libwick.so', '/opt/a/other.so');
    tree.patch('/etc/ld.so.cache', {});
    sameAsLoader(tree);
  });

  test('a cache that is none is passed over', () => {
    const tree = cached(['/opt/a']);
    tree.text('/etc/ld.so.cache', 'nothing of use');
    expect(sameAsLoader(tree).missing).toEqual(['libwick.so']);
  });

  function cached(folders: readonly string[]): Tree {
    const tree = new Tree();
    for (const folder of folders) tree.library(`${folder}/libwick.so`);
    tree.text('/etc/ld.so.conf', `${folders.join('\n')}\n`);
    tree.program('/bin/lamp', { links: [`${folders[0]}/libwick.so`] });
    tree.cache();
    return tree;
  }
});

describe.skipIf(!canCompare)('builds for better processors', () => {
  const LEVELS = ['x86-64-v2', 'x86-64-v3', 'x86-64-v4', 'x86-64-v9'];

  test.each([[LEVELS], [LEVELS.slice(0, 2)], [LEVELS.slice(0, 1)], [LEVELS.slice(2)]])(
    'glibc-hwcaps with %j: the best that this processor takes',
    (levels) => {
      const tree = new Tree();
      tree.library('/a/libwick.so');
      for (const level of levels) tree.again('/a/libwick.so', `/a/glibc-hwcaps/${level}/libwick.so`);
      tree.program('/bin/lamp', { links: ['/a/libwick.so'], options: ['-rpath', '/a'] });
      sameAsLoader(tree);
      tree.text('/etc/ld.so.conf', '/a\n');
      tree.program('/bin/lamp', { links: ['/a/libwick.so'] });
      tree.cache();
      sameAsLoader(tree);
    },
  );

  test.each([
    'tls',
    'x86_64',
    'haswell',
    'tls/x86_64',
    'avx512_1',
    'tls/haswell/x86_64',
    'x86_64/x86_64',
    'i686',
  ])('the older subdirectory %s', (folder) => {
    const tree = new Tree();
    tree.library('/a/libwick.so');
    tree.again('/a/libwick.so', `/a/${folder}/libwick.so`);
    tree.program('/bin/lamp', { links: ['/a/libwick.so'], options: ['-rpath', '/a'] });
    sameAsLoader(tree);
    tree.text('/etc/ld.so.conf', '/a\n');
    tree.program('/bin/lamp', { links: ['/a/libwick.so'] });
    tree.cache();
    sameAsLoader(tree);
  });
});

describe.skipIf(!canCompare)('a program with privileges', () => {
  test('LD_LIBRARY_PATH is dropped', () => {
    const tree = lamp({ options: [] });
    expect(sameAsPrivileged(tree, { environment: { LD_LIBRARY_PATH: '/a' } })).toEqual([]);
  });

  test('RPATH and RUNPATH count', () => {
    expect(sameAsPrivileged(lamp())).toEqual(['/a/libwick.so']);
  });

  test.each([
    ['$ORIGIN/../a', '/bin/lamp', false],
    ['$ORIGIN/../lib', '/usr/bin/lamp', true],
    ['$ORIGIN', '/usr/lib/lamp', true],
    ['/usr/bin/$ORIGIN', '/usr/lib/lamp', false],
    ['$ORIGIN.d', '/usr/lib/lamp', false],
    ['$ORIGIN/../../a', '/usr/bin/lamp', false],
  ])('%s of %s: only what leads into a directory of the loader counts', (path, program, found) => {
    const tree = new Tree();
    for (const folder of ['/a', '/usr/lib/x', '/usr/lib.d'])
      tree.library(`${folder}/libwick.so`, { soname: 'libwick.so' });
    for (const folder of ['/usr/lib/lib', '/usr/bin/../lib']) tree.library(`${folder}/libwick.so`);
    tree.program(program, { links: ['/a/libwick.so'], options: ['-rpath', path, '-z', 'nodefaultlib'] });
    expect(sameAsPrivileged(tree, { program }).length > 0).toBe(found);
  });

  test.each([
    ['/a/libsoot.so', 'a path is dropped'],
    ['libsoot.so', 'a name without the set-user-ID bit is dropped'],
  ])('LD_PRELOAD=%s: %s', (preload) => {
    const tree = lamp();
    tree.again('/a/libsoot.so', '/usr/lib/libsoot.so');
    expect(sameAsPrivileged(tree, { environment: { LD_PRELOAD: preload } })).toEqual(['/a/libwick.so']);
  });

  test('LD_PRELOAD of a library in an own directory with the set-user-ID bit', () => {
    const tree = lamp();
    tree.again('/a/libsoot.so', '/usr/lib/libsoot.so');
    tree.mode('/usr/lib/libsoot.so', 0o4755);
    expect(sameAsPrivileged(tree, { environment: { LD_PRELOAD: 'libsoot.so' } })).toContain(
      '/usr/lib/libsoot.so',
    );
  });

  test('/etc/ld.so.preload counts', () => {
    const tree = lamp();
    tree.text('/etc/ld.so.preload', '/a/libsoot.so\n');
    expect(sameAsPrivileged(tree)).toEqual(['/a/libsoot.so', '/a/libwick.so']);
  });
});

/** A lamp with a wick from /a; soot and ash give the same symbol. */
function lamp(part: Part = { options: ['-rpath', '/a'] }): Tree {
  const tree = new Tree();
  for (const name of ['wick', 'soot', 'ash']) tree.library(`/a/lib${name}.so`, { defines: ['wick'] });
  tree.program('/bin/lamp', { links: ['/a/libwick.so'], needs: ['wick'], ...part });
  return tree;
}
