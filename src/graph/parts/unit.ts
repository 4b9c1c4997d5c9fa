import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The service, its unit file and drop-ins. */
export function unitPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const { fragment, dropIns } = service.unit;
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
  return { nodes, edges };
}
