import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Directives that name other units. Source: systemd.unit(5). */
const UNIT_DIRECTIVES = new Set(
  'Requires Requisite Wants BindsTo PartOf Upholds After Before Conflicts OnFailure OnSuccess Sockets WantedBy RequiredBy'.split(
    ' ',
  ),
);

/** The service, its unit file and drop-ins, and the units it names. */
export function unitPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const { fragment, dropIns, assignments } = service.unit;
  const nodes: GraphNode[] = [
    { id: root, kind: 'service', name: service.name, exists: true, attributes: {} },
  ];
  const edges: GraphEdge[] = [];
  for (const file of [fragment, ...dropIns]) {
    const id = nodeId('unit-file', file.path);
    const target = host.lstat(file.path)?.type === 'link' ? { 'link to': host.readLink(file.path) } : {};
    const attributes = { ...(file === fragment ? {} : { role: 'drop-in' }), ...target };
    nodes.push({ id, kind: 'unit-file', name: file.path, path: file.path, exists: true, attributes });
    edges.push({ from: root, to: id, kind: 'configured-by', evidence: { how: 'unit load path' } });
  }
  for (const assignment of assignments) {
    const part = fromAssignment(assignment, root);
    nodes.push(...part.nodes);
    edges.push(...part.edges);
  }
  return { nodes, edges };
}

function fromAssignment({ key, value, place }: Assignment, root: string): Contribution {
  const words = value
    .toString()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (UNIT_DIRECTIVES.has(key)) {
    const nodes = words.map(
      (name): GraphNode => ({ id: nodeId('unit', name), kind: 'unit', name, exists: null, attributes: {} }),
    );
    return {
      nodes,
      edges: nodes.map((node) => ({ from: root, to: node.id, kind: 'pulls-in', evidence: place })),
    };
  }
  return { nodes: [], edges: [] };
}
