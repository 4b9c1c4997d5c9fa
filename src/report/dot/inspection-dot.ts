import type { GraphEdge, Inspection, NodeKind } from '../../documents/inspection.ts';
import { safe } from '../terminal/screen.ts';

/** Which part of a graph is drawn. */
export interface DotView {
  /** Kinds of nodes; empty for all. The service is always among them. */
  readonly only: readonly NodeKind[];
  /** How far from the service, in edges; undefined for all. */
  readonly depth: number | undefined;
}

/** The graph of a service in the language of Graphviz (graphviz.org/doc/info/lang.html), what is absent dashed. */
export function inspectionDot(inspection: Inspection, view: DotView): string {
  const root = `service:${inspection.service}`;
  const near = nodesWithin(root, inspection.edges, view.depth);
  const nodes = inspection.nodes.filter(
    ({ id, kind }) => near.has(id) && (id === root || view.only.length === 0 || view.only.includes(kind)),
  );
  const drawn = new Set(nodes.map(({ id }) => id));
  const edges = inspection.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to));
  return [
    `digraph ${quoted(inspection.service)} {`,
    '  rankdir=LR;',
    '  node [shape=box];',
    ...nodes.map(({ id, kind, name, path, exists }) => {
      const label = `${kind}\n${safe(path ?? name)}`;
      return `  ${quoted(safe(id))} [label=${quoted(label)}${exists === false ? ', style=dashed' : ''}];`;
    }),
    ...edges.map(
      ({ from, to, kind }) => `  ${quoted(safe(from))} -> ${quoted(safe(to))} [label=${quoted(kind)}];`,
    ),
    '}',
    '',
  ].join('\n');
}

function nodesWithin(root: string, edges: readonly GraphEdge[], depth = Infinity): ReadonlySet<string> {
  const near = new Set([root]);
  const neighbours = new Map<string, string[]>();
  for (const { from, to, kind } of edges) {
    const [at, next] = kind === 'refers-to' ? [to, from] : [from, to];
    neighbours.set(at, [...(neighbours.get(at) ?? []), next]);
  }
  let edge = [root];
  for (let level = 0; edge.length > 0 && level < depth; level += 1) {
    edge = edge.flatMap((id) => neighbours.get(id) ?? []).filter((id) => !near.has(id));
    for (const id of edge) near.add(id);
  }
  return near;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
