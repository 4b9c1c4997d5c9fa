import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { SYSTEMD_DIRECTORIES } from '../../service/systemd-directories.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** What is kept longest first. */
const DIRECTIVES = [
  'StateDirectory',
  'CacheDirectory',
  'LogsDirectory',
  'RuntimeDirectory',
  'ConfigurationDirectory',
] as const;

/** The directories that systemd makes for the service before it starts. */
export function stateDirectoriesPart({ host, service, properties }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const directive of DIRECTIVES) {
    const property = properties.get(directive);
    const lines = (property?.steps ?? []).filter(({ assigned }) => assigned.operation !== 'ignored');
    for (const name of (property?.value ?? '').split(' ').filter((word) => word !== '')) {
      const path = `${SYSTEMD_DIRECTORIES[directive]}/${name}`;
      const line = lines.findLast(({ line: { value } }) => value.toString().includes(name)) ?? lines.at(-1);
      const exists = ifReadable(() => host.stat(path) !== undefined) ?? null;
      nodes.push({
        id: nodeId('directory', path),
        kind: 'directory',
        name: path,
        path,
        exists,
        attributes: { 'made by': 'systemd' },
      });
      const evidence = line?.line.place ?? { how: property?.rule ?? directive };
      const kind = directive === 'ConfigurationDirectory' ? 'configured-by' : 'keeps-state-in';
      edges.push({ from: root, to: nodeId('directory', path), kind, label: directive, evidence });
    }
  }
  return { nodes, edges };
}
