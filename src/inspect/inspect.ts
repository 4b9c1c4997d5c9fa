import type { GraphNode, Inspection } from '../documents/inspection.ts';
import type { Graph } from '../graph/graph.ts';
import { symbolAttributes } from './symbol-attributes.ts';

/**
 * The graph of a service as a document, the service first, the rest sorted by kind and name; `readsSymbols`: with what
 * the symbols of its program and libraries say, for which all of them are read.
 */
export function inspect(graph: Graph, readsSymbols: boolean): Inspection {
  const symbols = symbolAttributes(readsSymbols ? graph.start.loaded : undefined);
  const nodes = [...graph.nodes.values()]
    .map((node) => withSymbols(node, symbols))
    .sort((a, b) => order(graph, a.id) - order(graph, b.id) || compare(a.id, b.id));
  const edges = [...graph.edges].sort(
    (a, b) => compare(a.from, b.from) || compare(a.kind, b.kind) || compare(a.to, b.to),
  );
  return {
    apiVersion: 'cutover/v1',
    kind: 'Inspection',
    service: graph.start.service.name,
    nodes,
    edges,
    notExamined: [...graph.notExamined],
  };
}

function withSymbols(
  node: GraphNode,
  symbols: ReadonlyMap<string, Readonly<Record<string, string>>>,
): GraphNode {
  const isLoaded = node.kind === 'library' || node.kind === 'program';
  const found = isLoaded && node.path !== undefined ? symbols.get(node.path) : undefined;
  return found === undefined ? node : { ...node, attributes: { ...node.attributes, ...found } };
}

function order(graph: Graph, id: string): number {
  return id === graph.root ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
