import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type Graph, nodeId } from '../../graph/graph.ts';
import { REPLACED } from '../../graph/parts/other-users.ts';

/** The other services, by name, that load the library at `path` today or tomorrow when the plan replaces it for everybody. */
export function usersOfReplaced(today: Graph, tomorrow: Graph, path: string): string[] {
  const library = [...tomorrow.nodes.values()].find(
    (node) => node.kind === 'library' && node.path === path && REPLACED in node.attributes,
  );
  if (library === undefined) return [];
  const edges = [...servicesThatNeed(library, today), ...servicesThatNeed(library, tomorrow)];
  return [...new Set(edges.map(({ from }) => tomorrow.nodes.get(from)?.name ?? from))].sort();
}

/** The edges from the other services that load it. */
export function servicesThatNeed({ path, id }: GraphNode, graph: Graph): readonly GraphEdge[] {
  const own = nodeId('service', graph.start.service.name);
  const ids = path === undefined ? [id] : [nodeId('library', path)];
  return ids
    .flatMap((one) => graph.edgesTo(one))
    .filter(({ kind, from }) => kind === 'needs' && from.startsWith('service:') && from !== own);
}
