import { describe, expect, test } from 'vitest';
import { canCompare, inconsistency, sameAsLoader } from './compare.ts';
import { type Part, Tree } from './tree.ts';

const IN_A = ['-rpath', '/a'];

describe.skipIf(!canCompare)('which object gives a symbol', () => {
  test('the first in the order of loading', () => {
    const tree = lamp({ libb: { defines: ['wick'] }, liba: { defines: ['wick'] } }, ['wick']);
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick from /a/libb.so']);
  });

  test("a library's own symbol is given by one that stands before it", () => {
    const tree = lamp({ libb: { defines: ['wick'] }, liba: { defines: ['wick'], needs: ['wick'] } }, []);
    expect(sameAsLoader(tree).bindings).toEqual(['/a/liba.so: wick from /a/libb.so']);
  });

  test('a symbolic library looks into itself first', () => {
    const tree = lamp({ libb: { defines: ['wick'] }, liba: { defines: ['wick'], needs: ['wick'] } }, []);
    tree.makeSymbolic('/a/liba.so');
    expect(sameAsLoader(tree).bindings).toEqual(['/a/liba.so: wick from /a/liba.so']);
  });

  test('a weak definition is as good as another', () => {
    const tree = lamp({ libb: { weakDefines: ['wick'] }, liba: { defines: ['wick'] } }, ['wick']);
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick from /a/libb.so']);
  });

  test('the program gives a symbol that a library needs, when it exports it', () => {
    const tree = lamp({ liba: { needs: ['wick'] } }, [], { defines: ['wick'], options: [...IN_A, '-E'] });
    expect(sameAsLoader(tree).bindings).toEqual(['/a/liba.so: wick from /bin/lamp']);
  });

  test('a symbol that nothing has is missing; a weak one may be', () => {
    const tree = lamp({ liba: { needs: ['smoke'], weakNeeds: ['fog'] } }, []);
    expect(sameAsLoader(tree).undefinedSymbols).toEqual(['smoke of /a/liba.so']);
  });

  test('hidden symbols are given to nobody', () => {
    const hidden = { defines: ['wick'], versions: '{ local: wick; };' };
    const tree = lamp({ liba: { defines: ['wick'] }, libb: hidden }, ['wick']);
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick from /a/liba.so']);
  });

  test('without a hash table of GNU, by that of System V', () => {
    const tree = lamp({ liba: { defines: ['wick'], options: ['--hash-style=sysv'] } }, ['wick']);
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick from /a/liba.so']);
  });
});

describe.skipIf(!canCompare)('versions of symbols', () => {
  const NEW: Part = { defines: ['wick@@W_2', 'wick@W_1'], versions: 'W_1 { wick; }; W_2 { wick; } W_1;' };
  const OLD: Part = { defines: ['wick'], versions: 'W_1 { wick; };' };
  const PLAIN: Part = { defines: ['wick'] };

  test('the version that was linked with is the one that is given', () => {
    const tree = lamp({ liba: NEW }, ['wick']);
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick [W_2] from /a/liba.so']);
  });

  test('an older version by its name', () => {
    const tree = lamp({ liba: OLD }, ['wick']);
    tree.library('/a/liba.so', NEW);
    expect(sameAsLoader(tree).bindings).toEqual(['/bin/lamp: wick [W_1] from /a/liba.so']);
  });

  test('another library may give the version', () => {
    const tree = lamp({ liba: OLD }, ['wick']);
    tree.library('/a/libb.so', { ...OLD, soname: 'libb.so' });
    const environment = { LD_PRELOAD: '/a/libb.so' };
    expect(sameAsLoader(tree, { environment }).bindings).toEqual(['/bin/lamp: wick [W_1] from /a/libb.so']);
  });

  test('a library without versions gives a symbol of any', () => {
    const tree = lamp({ liba: OLD }, ['wick']);
    tree.library('/a/libb.so', PLAIN);
    const environment = { LD_PRELOAD: '/a/libb.so' };
    expect(sameAsLoader(tree, { environment }).bindings).toEqual(['/bin/lamp: wick [W_1] from /a/libb.so']);
  });

  test('another version of the same name is none', () => {
    const tree = lamp({ liba: OLD }, ['wick']);
    tree.library('/a/libb.so', { defines: ['wick'], versions: 'OTHER { wick; };' });
    const environment = { LD_PRELOAD: '/a/libb.so' };
    expect(sameAsLoader(tree, { environment }).bindings).toEqual(['/bin/lamp: wick [W_1] from /a/liba.so']);
  });

  test('a program without versions is given the first version', () => {
    const tree = lamp({ liba: PLAIN }, ['wick']);
    tree.library('/a/liba.so', NEW);
    sameAsLoader(tree);
  });

  test('a program without versions is given a version far on when it is the only one', () => {
    const versions = 'A_1 { a; }; A_2 { b; }; A_3 { wick; };';
    const tree = lamp({ liba: PLAIN }, ['wick']);
    tree.library('/a/liba.so', { defines: ['a', 'b', 'wick'], versions });
    sameAsLoader(tree);
  });

  test('a program without versions is not given one of two that are hidden', () => {
    const versions = 'A_1 { a; }; A_2 { b; }; A_3 { wick; }; A_4 { wick; } A_3;';
    const tree = lamp({ liba: PLAIN }, ['wick']);
    tree.library('/a/liba.so', { defines: ['a', 'b', 'wick@A_3', 'wick@A_4'], versions });
    expect(sameAsLoader(tree).undefinedSymbols).toEqual(['wick of /bin/lamp']);
  });

  test('a version that the library has not', () => {
    const tree = lamp({ liba: NEW }, ['wick']);
    tree.library('/a/liba.so', OLD);
    const { missingVersions, undefinedSymbols } = sameAsLoader(tree);
    expect(missingVersions).toEqual(["/a/liba.so: version `W_2' not found (required by /bin/lamp)"]);
    expect(undefinedSymbols).toEqual(['wick, version W_2 of /bin/lamp']);
  });

  test('a library that lost all its versions ends the start', () => {
    const tree = lamp({ liba: OLD }, ['wick']);
    tree.library('/a/liba.so', PLAIN);
    expect(inconsistency(tree)).toEqual({ missing: [['W_1', true]], loader: true });
  });

  test('a library that lost its version but has a table of versions is taken with a warning', () => {
    const tree = lamp({ liba: OLD }, ['wick']);
    tree.library('/a/libb.so', OLD);
    tree.library('/a/liba.so', { ...PLAIN, links: ['/a/libb.so'], needs: ['wick2'], options: IN_A });
    tree.library('/a/libb.so', { defines: ['wick2'], versions: 'W_1 { wick2; };' });
    tree.library('/a/liba.so', { ...PLAIN, links: ['/a/libb.so'], needs: ['wick2'], options: IN_A });
    expect(sameAsLoader(tree).bindings).toContain('/bin/lamp: wick [W_1] from /a/liba.so');
  });
});

/** A program that is linked with these libraries of /a, in this order. */
function lamp(libraries: Readonly<Record<string, Part>>, needs: readonly string[], part: Part = {}): Tree {
  const tree = new Tree();
  for (const [name, content] of Object.entries(libraries)) tree.library(`/a/${name}.so`, content);
  const links = Object.keys(libraries).map((name) => `/a/${name}.so`);
  tree.program('/bin/lamp', { links, needs, options: IN_A, ...part });
  return tree;
}
