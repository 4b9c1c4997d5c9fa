import { mkdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canCompare, sameAsLoader, sameAsProcess } from './compare.ts';
import { Tree } from './tree.ts';

const TEXT = 'a text that is long enough for the header of an ELF file, which has sixty-four bytes';

describe.skipIf(!canCompare)('which files the loader takes', () => {
  test.each<[string, Record<number, number>]>([
    ['another class', { 4: 1 }],
    ['another machine', { 18: 183 }],
    ['another class with all else wrong', { 4: 1, 5: 2, 6: 9, 54: 3 }],
  ])('%s is passed over', (_, changes) => {
    const tree = twoWicks();
    tree.patch('/a/libwick.so', changes);
    expect(sameAsLoader(tree).libraries).toEqual([['libwick.so', '/b/libwick.so']]);
  });

  test.each<[string, Record<number, number>]>([
    ['the other byte order', { 5: 2 }],
    ['a version of the future', { 6: 2 }],
    ['an ABI of another system', { 7: 9 }],
    ['another version of the ABI', { 8: 1 }],
    ['padding that is not empty', { 12: 1 }],
    ['a file version of the future', { 20: 2 }],
    ['an object file', { 16: 1 }],
    ['a program', { 16: 2 }],
    ['program headers of another size', { 54: 32 }],
  ])('%s ends the start', (_, changes) => {
    const tree = twoWicks();
    tree.patch('/a/libwick.so', changes);
    expect(sameAsLoader(tree).stopsAt).toBe('libwick.so');
  });

  test('the ABI of GNU is taken', () => {
    const tree = twoWicks();
    tree.patch('/a/libwick.so', { 7: 3 });
    expect(sameAsLoader(tree).libraries).toEqual([['libwick.so', '/a/libwick.so']]);
  });

  test.each([
    ['a text', TEXT],
    ['an empty file', ''],
    ['a file that ends in its header', '\x7fELF\x02\x01\x01'],
  ])('%s ends the start', (_, content) => {
    const tree = twoWicks();
    tree.text('/a/libwick.so', content);
    expect(sameAsLoader(tree).stopsAt).toBe('libwick.so');
  });

  test('a directory of the name ends the start', () => {
    const tree = twoWicks();
    tree.remove('/a/libwick.so');
    mkdirSync(tree.at('/a/libwick.so'));
    expect(sameAsLoader(tree).stopsAt).toBe('libwick.so');
  });

  test('a link that leads nowhere is passed over', () => {
    const tree = twoWicks();
    tree.remove('/a/libwick.so');
    tree.link('/a/libwick.so', '/none');
    expect(sameAsLoader(tree).libraries).toEqual([['libwick.so', '/b/libwick.so']]);
  });

  test('a position-independent program is no library', () => {
    const tree = twoWicks();
    tree.program('/a/libwick.so', {});
    expect(sameAsLoader(tree).stopsAt).toBe('libwick.so');
  });

  function twoWicks(): Tree {
    const tree = new Tree();
    tree.library('/a/libwick.so');
    tree.again('/a/libwick.so', '/b/libwick.so');
    tree.program('/bin/lamp', { links: ['/a/libwick.so'], options: ['-rpath', '/a:/b'] });
    return tree;
  }
});

describe.skipIf(!canCompare)('one object, many names', () => {
  test('a SONAME of a library already there answers for it', () => {
    const tree = new Tree();
    tree.library('/a/liboil.so', { soname: 'libwick.so' });
    tree.library('/b/libwick.so');
    tree.program('/bin/lamp', { links: ['/b/libwick.so'], options: ['-rpath', '/b'] });
    const { libraries } = sameAsLoader(tree, { environment: { LD_PRELOAD: '/a/liboil.so' } });
    expect(libraries).toEqual([['/a/liboil.so', '/a/liboil.so']]);
  });

  test('two names and one file: one object', () => {
    const { tree } = twoNames((tree) => tree.link('/a/liboil.so', 'libwick.so'));
    expect(sameAsLoader(tree).libraries).toHaveLength(1);
  });

  test('two hard links of one file: one object', () => {
    const { tree } = twoNames((tree) => tree.hardLink('/a/libwick.so', '/a/liboil.so'));
    expect(sameAsLoader(tree).libraries).toHaveLength(1);
  });

  test('two copies of one file: two objects', () => {
    const { tree } = twoNames((tree) => tree.again('/a/libwick.so', '/a/liboil.so'));
    expect(sameAsLoader(tree).libraries).toHaveLength(2);
  });

  test('breadth first, each once, in a ring', () => {
    const tree = new Tree();
    tree.library('/a/libc1.so');
    tree.library('/a/libb.so', { links: ['/a/libc1.so'], options: ['-rpath', '/a'] });
    tree.library('/a/libc1.so', { links: ['/a/libb.so'], options: ['-rpath', '/a'] });
    tree.library('/a/liba.so', { links: ['/a/libc1.so', '/a/libb.so'], options: ['-rpath', '/a'] });
    tree.program('/bin/lamp', { links: ['/a/liba.so', '/a/libb.so'], options: ['-rpath', '/a'] });
    expect(sameAsLoader(tree).libraries.map(([name]) => name)).toEqual(['liba.so', 'libb.so', 'libc1.so']);
  });

  test('the loader needed by a library is the one that is there already', () => {
    const tree = new Tree();
    tree.library('/a/libwick.so', { links: ['/lib64/ld-linux-x86-64.so.2'] });
    tree.program('/bin/lamp', { links: ['/a/libwick.so'], options: ['-rpath', '/a'] });
    expect(sameAsLoader(tree).libraries).toHaveLength(2);
  });

  test.each(['-F', '-f'])('a filter (ld %s) is searched before what it filters', (option) => {
    const tree = new Tree();
    tree.library('/a/libnew.so', { defines: ['wick'] });
    tree.library('/a/libwick.so', { defines: ['wick'], options: [option, 'libnew.so', '-rpath', '/a'] });
    tree.library('/a/liboil.so', { links: ['/a/libnew.so'], options: ['-rpath', '/a'] });
    tree.program('/bin/lamp', {
      links: ['/a/libwick.so', '/a/liboil.so'],
      needs: ['wick'],
      options: ['-rpath', '/a'],
    });
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick from /a/libnew.so']);
  });

  test('an auxiliary library that is missing is passed over', () => {
    const tree = new Tree();
    tree.library('/a/libwick.so', { defines: ['wick'], options: ['-f', '/none.so', '-rpath', '/a'] });
    tree.program('/bin/lamp', { links: ['/a/libwick.so'], needs: ['wick'], options: ['-rpath', '/a'] });
    expect(sameAsProcess(tree)).toEqual(['/a/libwick.so']);
  });

  test('a program without any library, and one that only names the loader', () => {
    const tree = new Tree();
    tree.program('/bin/lamp');
    expect(sameAsLoader(tree).libraries).toEqual([]);
  });

  function twoNames(second: (tree: Tree) => void) {
    const tree = new Tree();
    tree.library('/a/liboil.so');
    tree.library('/a/libwick.so', { soname: '' });
    tree.program('/bin/lamp', { links: ['/a/liboil.so'], options: ['-rpath', '/a'] });
    tree.library('/x/libwick.so');
    tree.program('/bin/lamp', { links: ['/x/libwick.so', '/a/liboil.so'], options: ['-rpath', '/a'] });
    tree.remove('/a/liboil.so');
    second(tree);
    return { tree };
  }
});
