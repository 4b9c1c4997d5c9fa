import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { holdsSecretValue } from '../../text/secrets.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The environment files the unit reads, and the variables that reach the process. */
export function environmentPart({ service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const layer of service.environment.layers) {
    if (layer.kind !== 'file') continue;
    const id = nodeId('environment-file', layer.path);
    const attributes: Record<string, string> = layer.optional ? { optional: 'yes' } : {};
    nodes.push({
      id,
      kind: 'environment-file',
      name: layer.path,
      path: layer.path,
      exists: layer.content !== undefined,
      attributes,
    });
    edges.push({ from: root, to: id, kind: 'configured-by', evidence: layer.directive.place });
  }
  for (const [name, variable] of service.environment.effective) {
    if (variable.layer.kind === 'default' && variable.layer.ofRunningManager !== true) continue;
    const id = nodeId('setting', name);
    const value = variable.value.toString();
    const attributes: Record<string, string> = { value: holdsSecretValue(name, value) ? '(secret)' : value };
    nodes.push({ id, kind: 'setting', name, exists: true, attributes });
    const how = variable.layer.kind === 'default' ? variable.layer.rule : 'unit';
    const from = variable.layer.kind === 'file' ? nodeId('environment-file', variable.layer.path) : root;
    edges.push({ from, to: id, kind: 'sets', evidence: variable.place ?? { how } });
  }
  return { nodes, edges };
}
