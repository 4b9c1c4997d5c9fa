import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The package that each existing file of the graph belongs to. */
export function ownersPart(subject: Subject, parts: readonly Contribution[]): Contribution {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const files = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]));
  for (const node of files.values()) {
    if (node.path === undefined || node.exists !== true || node.kind === 'directory' || node.kind === 'unit')
      continue;
    const { owner } = subject.noteOn(node.path);
    if (owner === undefined) continue;
    const id = nodeId('package', owner);
    nodes.push({ id, kind: 'package', name: owner, exists: true, attributes: {} });
    edges.push({
      from: node.id,
      to: id,
      kind: 'belongs-to',
      evidence: { how: "the package's list of files" },
    });
  }
  return { nodes, edges };
}
