import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { parseUnit } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

const UNIT_SIZE_LIMIT = 1024 * 1024;

/** Units elsewhere that name this service or a file of its own: they would notice if it changed. */
export function referrersPart({ host, service }: Subject, parts: readonly Contribution[]): Contribution {
  const root = nodeId('service', service.name);
  const targets = new Map<string, string>(service.unit.names.map((name) => [name, root]));
  for (const node of parts.flatMap((part) => part.nodes)) {
    if (node.path !== undefined && node.exists === true && isOwn(node)) targets.set(node.path, node.id);
  }
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const own = host.realPath(service.unit.fragment.path);
  for (const path of unitFiles(host)) {
    const name = path.split('/').at(-1) ?? path;
    if (service.unit.names.includes(name) || host.realPath(path) === own) continue;
    const from = nodeId('unit', name);
    for (const { value, place } of parseUnit(path, readText(host, path)).assignments) {
      for (const word of value.toString().split(/[\s=:]+/)) {
        const to = targets.get(word.replace(/^[-@+!"']+|["']+$/g, ''));
        if (to === undefined) continue;
        nodes.push({ id: from, kind: 'unit', name, path, exists: true, attributes: {} });
        edges.push({ from, to, kind: 'refers-to', evidence: place });
      }
    }
  }
  return {
    nodes,
    edges,
    notExamined: ['who else uses its files: only unit files are searched, not scripts or configuration'],
  };
}

/** Libraries of the system are everybody's: who else uses them is another question. */
function isOwn(node: GraphNode): boolean {
  return (
    node.kind === 'environment-file' ||
    node.kind === 'script' ||
    node.kind === 'program' ||
    node.kind === 'file'
  );
}

function unitFiles(host: Host): string[] {
  const seen = new Set<string>();
  return UNIT_SEARCH_PATH.flatMap((directory) =>
    (host.list(directory) ?? []).map((name) => `${directory}/${name}`),
  ).filter((path) => {
    const real = host.realPath(path);
    if (real === undefined || seen.has(real)) return false;
    seen.add(real);
    const facts = host.stat(real);
    return facts?.type === 'file' && facts.size <= UNIT_SIZE_LIMIT;
  });
}

function readText(host: Host, path: string): string {
  return new TextDecoder().decode(host.readFile(path, UNIT_SIZE_LIMIT));
}
