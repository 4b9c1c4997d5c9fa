import { readdirSync } from 'node:fs';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { anyMutants } from './any-mutants.ts';
import { inverseMutants } from './inverse-mutants.ts';
import type { Change } from './change.ts';
import type { Mutant, MutantKind } from './mutant.ts';
import { syncMutants } from './sync-mutants.ts';
import { syntaxTrees } from './syntax-trees.ts';

/** Folders end with a slash. */
const ENGINE = [
  'src/journal/',
  'src/engine/',
  'src/host/machine/durable-files.ts',
  'src/host/machine/lay-tree.ts',
];
const INVERSES = ['src/plan/steps/', 'src/engine/invert.ts', 'src/engine/steps/'];

const KINDS: Readonly<
  Record<
    MutantKind,
    { readonly where: readonly string[]; readonly changesOf: (node: Node) => readonly Change[] }
  >
> = {
  sync: { where: ENGINE, changesOf: syncMutants },
  inverse: { where: INVERSES, changesOf: inverseMutants },
  any: { where: ENGINE, changesOf: anyMutants },
};

/** Every mutant of a kind, in the order of the source. */
export function findMutants(root: string, kind: MutantKind): Mutant[] {
  const { where, changesOf } = KINDS[kind];
  const files = where.flatMap((place) => sourcesIn(root, place)).sort();
  return [...syntaxTrees(root, files)].flatMap(([file, tree]) =>
    nodesOf(tree).flatMap((node) =>
      changesOf(node).map(({ at, replacement, how, to = at.end }): Mutant => {
        const start = at.getStart(tree);
        const text = tree.text.slice(start, to);
        const line = tree.text.slice(0, start).split('\n').length;
        const mutated = tree.text.slice(0, start) + replacement + tree.text.slice(to);
        return { kind, file, line, text: oneLine(text), how, mutated };
      }),
    ),
  );
}

function sourcesIn(root: string, place: string): string[] {
  if (!place.endsWith('/')) return [place];
  return readdirSync(`${root}/${place}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${place}${name}`);
}

function nodesOf(tree: SourceFile): Node[] {
  const nodes: Node[] = [];
  const walk = (node: Node): undefined => {
    nodes.push(node);
    node.forEachChild(walk);
    return undefined;
  };
  walk(tree);
  return nodes;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
