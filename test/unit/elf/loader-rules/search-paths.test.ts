import { describe, expect, test } from 'vitest';
import { canCompare, sameAsLoader } from './compare.ts';
import { Tree } from './tree.ts';

describe.skipIf(!canCompare)('where the loader searches', () => {
  test('RPATH of the program', () => {
    const { tree } = lampWith('/a/libwick.so', { options: ['--disable-new-dtags', '-rpath', '/a'] });
    expect(sameAsLoader(tree).rules).toEqual(['libwick.so by rpath of /bin/lamp']);
  });

  test('RUNPATH of the program', () => {
    const { tree } = lampWith('/a/libwick.so', { options: ['--enable-new-dtags', '-rpath', '/a'] });
    expect(sameAsLoader(tree).rules).toEqual(['libwick.so by runpath of /bin/lamp']);
  });

  test.each([
    ['an RPATH is handed down to what is needed further on', '--disable-new-dtags', true],
    ['a RUNPATH counts for the own needs alone', '--enable-new-dtags', false],
  ])('%s', (_, tags, found) => {
    const tree = new Tree();
    tree.library('/a/libwick.so');
    tree.library('/a/liboil.so', { links: ['/a/libwick.so'] });
    tree.program('/bin/lamp', { links: ['/a/liboil.so'], options: [tags, '-rpath', '/a'] });
    expect(sameAsLoader(tree).missing).toEqual(found ? [] : ['libwick.so']);
  });

  test('a RUNPATH of the library puts an RPATH handed down out of force', () => {
    const tree = new Tree();
    tree.library('/a/libwick.so');
    tree.library('/a/liboil.so', {
      links: ['/a/libwick.so'],
      options: ['--enable-new-dtags', '-rpath', '/none'],
    });
    tree.program('/bin/lamp', { links: ['/a/liboil.so'], options: ['--disable-new-dtags', '-rpath', '/a'] });
    expect(sameAsLoader(tree).missing).toEqual(['libwick.so']);
  });

  test('an RPATH comes before LD_LIBRARY_PATH', () => {
    const { tree } = lampWith('/a/libwick.so', { options: ['--disable-new-dtags', '-rpath', '/a'] });
    tree.again('/a/libwick.so', '/b/libwick.so');
    const { libraries } = sameAsLoader(tree, { environment: { LD_LIBRARY_PATH: '/b' } });
    expect(libraries).toEqual([['libwick.so', '/a/libwick.so']]);
  });

  test('LD_LIBRARY_PATH comes before a RUNPATH', () => {
    const { tree } = lampWith('/a/libwick.so', { options: ['--enable-new-dtags', '-rpath', '/a'] });
    tree.again('/a/libwick.so', '/b/libwick.so');
    const { libraries } = sameAsLoader(tree, { environment: { LD_LIBRARY_PATH: '/b' } });
    expect(libraries).toEqual([['libwick.so', '/b/libwick.so']]);
  });

  test.each(['$ORIGIN/../a', '${ORIGIN}/../a', '/a$ORIGINAL:/a', '$ORIGIN/../a/', '/none:$ORIGIN/..//a'])(
    'a path with tokens: %s',
    (path) => {
      const { tree } = lampWith('/a/libwick.so', { options: ['--enable-new-dtags', '-rpath', path] });
      expect(sameAsLoader(tree).missing).toEqual([]);
    },
  );

  test('$ORIGIN of a program reached through a link is where the program lies', () => {
    const { tree } = lampWith(
      '/opt/lib/libwick.so',
      { options: ['-rpath', '$ORIGIN/../lib'] },
      '/opt/bin/lamp',
    );
    tree.link('/bin/lamp', '/opt/bin/lamp');
    expect(sameAsLoader(tree).missing).toEqual([]);
  });

  test('$ORIGIN of a library reached through a link is where the link lies', () => {
    const tree = new Tree();
    tree.library('/opt/real/liboil.so', { links: [], options: ['-rpath', '$ORIGIN/side'] });
    tree.library('/x/libwick.so');
    tree.library('/opt/real/liboil.so', { links: ['/x/libwick.so'], options: ['-rpath', '$ORIGIN/side'] });
    tree.link('/a/liboil.so', '/opt/real/liboil.so');
    tree.again('/x/libwick.so', '/a/side/libwick.so');
    tree.program('/bin/lamp', { links: ['/opt/real/liboil.so'], options: ['-rpath', '/a'] });
    expect(sameAsLoader(tree).libraries[1]).toEqual(['libwick.so', '/a/side/libwick.so']);
  });

  test.each(['$LIB', '${LIB}'])('%s is the library directory that the loader was built with', (token) => {
    const { tree } = lampWith('/srv/lib/x86_64-linux-gnu/libwick.so', {
      options: ['-rpath', `/srv/${token}`],
    });
    tree.again('/srv/lib/x86_64-linux-gnu/libwick.so', '/srv/lib64/libwick.so');
    sameAsLoader(tree);
  });

  test('$PLATFORM is what the loader calls the processor', () => {
    const { tree } = lampWith('/srv/x86_64/libwick.so', { options: ['-rpath', '/srv/$PLATFORM'] });
    tree.again('/srv/x86_64/libwick.so', '/srv/haswell/libwick.so');
    expect(sameAsLoader(tree).missing).toEqual([]);
  });

  test('an empty element and a relative one start at the working directory', () => {
    const { tree } = lampWith('/work/libwick.so', { options: ['-rpath', '/none:'] });
    expect(sameAsLoader(tree, { directory: '/work' }).missing).toEqual([]);
    expect(sameAsLoader(tree, { directory: '/bin' }).missing).toEqual(['libwick.so']);
    expect(
      sameAsLoader(tree, { directory: '/bin', environment: { LD_LIBRARY_PATH: '../work' } }).libraries,
    ).toEqual([['libwick.so', '/bin/../work/libwick.so']]);
  });

  test.each(['/none:/a', '/none;/a', ';/a', '/a:', '/a/:/a//', ':::/a'])('LD_LIBRARY_PATH=%s', (path) => {
    const { tree } = lampWith('/a/libwick.so');
    expect(sameAsLoader(tree, { environment: { LD_LIBRARY_PATH: path } }).missing).toEqual([]);
  });

  test('$ORIGIN in LD_LIBRARY_PATH is the directory of the program', () => {
    const { tree } = lampWith('/a/libwick.so');
    expect(sameAsLoader(tree, { environment: { LD_LIBRARY_PATH: '$ORIGIN/../a' } }).missing).toEqual([]);
  });

  test('a name with a slash is searched nowhere', () => {
    const tree = new Tree();
    tree.library('/a/libwick.so', { soname: 'a/libwick.so' });
    tree.program('/bin/lamp', { links: ['/a/libwick.so'] });
    expect(sameAsLoader(tree).rules).toEqual(['a/libwick.so by path']);
    expect(sameAsLoader(tree, { directory: '/bin', environment: { LD_LIBRARY_PATH: '/' } }).missing).toEqual([
      'a/libwick.so',
    ]);
  });

  test('a name with a slash may hold tokens', () => {
    const tree = new Tree();
    tree.library('/a/libwick.so', { soname: '$ORIGIN/../a/libwick.so' });
    tree.program('/bin/lamp', { links: ['/a/libwick.so'] });
    expect(sameAsLoader(tree, { directory: '/bin' }).libraries).toEqual([
      ['/bin/../a/libwick.so', '/bin/../a/libwick.so'],
    ]);
  });

  test.each([
    '/lib/x86_64-linux-gnu',
    '/usr/lib/x86_64-linux-gnu',
    '/lib',
    '/usr/lib',
    '/lib64',
    '/usr/lib64',
  ])("the loader's own directories: %s", (folder) => {
    const { tree } = lampWith(`${folder}/libwick.so`);
    sameAsLoader(tree);
  });

  test('the order of the own directories', () => {
    const { tree } = lampWith('/usr/lib/libwick.so');
    for (const folder of ['/lib', '/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu']) {
      tree.again('/usr/lib/libwick.so', `${folder}/libwick.so`);
      expect(sameAsLoader(tree).libraries).toEqual([['libwick.so', `${folder}/libwick.so`]]);
    }
  });

  test('-z nodefaultlib: neither the own directories nor what the cache has of them', () => {
    const { tree } = lampWith('/lib/libwick.so', { options: ['-z', 'nodefaultlib'] });
    expect(sameAsLoader(tree).missing).toEqual(['libwick.so']);
    tree.text('/etc/ld.so.conf', '/lib\n/opt/lib\n');
    tree.cache();
    expect(sameAsLoader(tree).missing).toEqual(['libwick.so']);
    tree.again('/lib/libwick.so', '/opt/lib/libwick.so');
    tree.cache();
    sameAsLoader(tree);
  });

  function lampWith(library: string, part: { options?: readonly string[] } = {}, program = '/bin/lamp') {
    const tree = new Tree();
    tree.library(library);
    tree.program(program, { ...part, links: [library] });
    return { tree };
  }
});
