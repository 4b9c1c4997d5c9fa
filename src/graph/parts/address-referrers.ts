import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { addressMentions } from '../../service/address-mentions.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Who else names the ports and sockets that the service listens on: they would notice if it listened elsewhere. */
export function addressReferrersPart(
  { host, service }: Subject,
  parts: readonly Contribution[],
): Contribution {
  const nodesById = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]));
  const targets = new Map<string, string>();
  const listens = new Set(
    parts.flatMap((part) => part.edges).flatMap(({ kind, to }) => (kind === 'listens-on' ? [to] : [])),
  );
  for (const node of nodesById.values()) {
    const isOwn =
      node.kind === 'port' || node.attributes['socket unit'] !== undefined || listens.has(node.id);
    if (isOwn) targets.set(node.name, node.id);
  }
  if (targets.size === 0) return { nodes: [], edges: [] };
  const units = [...nodesById.values()].flatMap(({ attributes }) => attributes['socket unit'] ?? []);
  const own = new Set([
    ...[...nodesById.values()].flatMap(({ path }) => path ?? []),
    service.unit.fragment.path,
    ...service.unit.dropIns.map(({ path }) => path),
    ...parts
      .flatMap((part) => part.edges)
      .flatMap(({ evidence, label }) =>
        label?.startsWith('Listen') === true && 'file' in evidence ? [evidence.file] : [],
      ),
  ]);
  const { mentions, isCut, files } = addressMentions(host, [...targets.keys()], own);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const { address, place } of mentions) {
    const to = targets.get(address);
    if (to === undefined || units.some((unit) => place.file.endsWith(`/${unit}`))) continue;
    const from = nodeId('file', place.file);
    nodes.push({ id: from, kind: 'file', name: place.file, path: place.file, exists: true, attributes: {} });
    edges.push({ from, to, kind: 'refers-to', label: `names ${address} at`, evidence: place });
  }
  return { nodes, edges, notExamined: isCut ? [`who names its ports: files after the first ${files}`] : [] };
}
