import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { namedFiles } from '../../service/named-files.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Files and directories that directives of the unit name: credentials, streams, what is bound, shown or hidden, conditions. */
export function namedFilesPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const { directive, path, place, optional, boundAt } of namedFiles(host, service.unit)) {
    const type = ifReadable(() => host.stat(path)?.type ?? 'absent');
    const kind = type === 'directory' || DIRECTORIES.has(directive) ? 'directory' : 'file';
    const id = nodeId(kind, path);
    const attributes = {
      ...(optional ? { optional: 'yes' } : {}),
      ...(boundAt === undefined ? {} : { 'bound at': boundAt }),
    };
    const exists = type === undefined || /[*?[]/.test(path) ? null : type !== 'absent';
    nodes.push({ id, kind, name: path, path, exists, attributes });
    edges.push({ from: root, to: id, kind: 'names', label: directive, evidence: place });
  }
  return { nodes, edges };
}

/** Those that name directories alone. */
const DIRECTORIES = new Set([
  'WorkingDirectory',
  'RootDirectory',
  'TemporaryFileSystem',
  'ExtensionDirectories',
]);
