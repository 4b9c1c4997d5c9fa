import type { GraphEdge, GraphNode } from '../documents/inspection.ts';
import type { Examination } from '../knowledge/knowledge.ts';
import type { ServiceStart } from '../service/service-start.ts';

/** Nodes and edges that one part of the analysis adds, and what it left out. */
export interface Contribution {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly notExamined?: readonly string[];
}

/** Several contributions as one. */
export function joined(parts: readonly Contribution[]): Contribution {
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
    notExamined: parts.flatMap(({ notExamined = [] }) => notExamined),
  };
}

/** Everything a service depends on and what depends on it. Built once, then only queried. */
export class Graph {
  /** The id of the node that all is about. */
  readonly root: string;
  readonly start: ServiceStart;
  readonly examinations: ReadonlyMap<string, Examination>;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly GraphEdge[];
  readonly notExamined: readonly string[];
  readonly #from: Map<string, GraphEdge[]> = new Map();
  readonly #to: Map<string, GraphEdge[]> = new Map();

  constructor(
    start: ServiceStart,
    examinations: ReadonlyMap<string, Examination>,
    contributions: readonly Contribution[],
  ) {
    this.root = nodeId('service', start.service.name);
    this.start = start;
    this.examinations = examinations;
    this.nodes = mergeNodes(contributions.flatMap((contribution) => contribution.nodes));
    this.edges = distinctEdges(contributions.flatMap((contribution) => contribution.edges));
    this.notExamined = [...new Set(contributions.flatMap((contribution) => contribution.notExamined ?? []))];
    for (const edge of this.edges) {
      add(this.#from, edge.from, edge);
      add(this.#to, edge.to, edge);
    }
  }

  edgesFrom(id: string): readonly GraphEdge[] {
    return this.#from.get(id) ?? [];
  }

  edgesTo(id: string): readonly GraphEdge[] {
    return this.#to.get(id) ?? [];
  }
}

function add(edges: Map<string, GraphEdge[]>, id: string, edge: GraphEdge): void {
  const known = edges.get(id);
  if (known === undefined) edges.set(id, [edge]);
  else known.push(edge);
}

export function nodeId(kind: GraphNode['kind'], name: string): string {
  return `${kind}:${name}`;
}

/** Of two nodes with one id the attributes are put together; a definite `exists` beats "not looked at". */
function mergeNodes(nodes: readonly GraphNode[]): Map<string, GraphNode> {
  const merged = new Map<string, GraphNode>();
  for (const node of nodes) {
    const known = merged.get(node.id);
    merged.set(
      node.id,
      known === undefined
        ? node
        : {
            ...known,
            ...node,
            exists: node.exists ?? known.exists,
            attributes: { ...known.attributes, ...node.attributes },
          },
    );
  }
  return merged;
}

function distinctEdges(edges: readonly GraphEdge[]): GraphEdge[] {
  const byKey = new Map(edges.map((edge) => [JSON.stringify(edge), edge]));
  return [...byKey.values()];
}
