import { dirname } from 'node:path/posix';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { isEverybodys } from '../../service/everybodys-files.ts';
import { unitReferrers } from '../../service/unit-referrers.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Units elsewhere that name this service or a file of its own: they would notice if it changed. */
export function referrersPart({ host, service }: Subject, parts: readonly Contribution[]): Contribution {
  const root = nodeId('service', service.name);
  const targets = new Map<string, string>(service.unit.names.map((name) => [name, root]));
  for (const node of parts.flatMap((part) => part.nodes)) {
    if (node.path !== undefined && node.exists === true && isOwn(node) && !isEverybodys(node.path))
      targets.set(node.path, node.id);
  }
  const { referrers, notExamined } = unitReferrers(host, service, new Set(targets.keys()));
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const { unit, path, word, label, evidence } of referrers) {
    const from = nodeId('unit', unit);
    const to = targets.get(word);
    if (to === undefined) continue;
    const file = path === undefined ? { exists: null } : { path, exists: true };
    nodes.push({ id: from, kind: 'unit', name: unit, ...file, attributes: {} });
    const said = to === root ? label : `${label} names ${word} at`;
    edges.push({ from, to, kind: 'refers-to', label: said, evidence });
  }
  return { nodes, edges, notExamined };
}

const SYSTEM_DIRECTORIES = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin']);

/** Programs and libraries of the system are everybody's: who else uses them is another question. */
function isOwn({ kind, path }: GraphNode): boolean {
  if (kind === 'script' || kind === 'program') return !SYSTEM_DIRECTORIES.has(dirname(path ?? '/'));
  return kind === 'environment-file' || kind === 'file';
}
