import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** From the unit's commands through wrapper scripts to the program. */
export function launchPart(subject: Subject): Contribution {
  const { service, start } = subject;
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  let from = root;
  for (const hop of start.launch?.hops ?? []) {
    const kind = hop.kind === 'script' ? 'script' : 'program';
    const id = nodeId(kind, hop.path);
    const line = hop.kind === 'missing' ? start.hiddenBy(hop.path) : undefined;
    const attributes = line === undefined ? {} : { 'hidden by': line };
    nodes.push({ id, kind, name: hop.path, path: hop.path, exists: hop.kind !== 'missing', attributes });
    edges.push({ from, to: id, kind: 'starts', label: hop.how, evidence: hop.startedAt });
    for (const source of hop.sources) {
      const sourceId = nodeId('script', source.path);
      nodes.push({
        id: sourceId,
        kind: 'script',
        name: source.path,
        path: source.path,
        exists: source.exists,
        attributes: {},
      });
      edges.push({ from: id, to: sourceId, kind: 'sources', evidence: source.place });
    }
    from = id;
  }
  const program = from === root ? undefined : nodes.find((node) => node.id === from);
  const elf = start.loaded?.closure.program.elf;
  if (program !== undefined && elf !== undefined) {
    const attributes = {
      machine: elf.machine,
      ...(elf.buildId === undefined ? {} : { 'build id': elf.buildId }),
    };
    nodes.push({ ...program, attributes });
  }
  for (const command of service.commands) {
    const path = command.words[0]?.toString();
    if (path === undefined || command === start.command) continue;
    const id = nodeId('program', path);
    nodes.push({
      id,
      kind: 'program',
      name: path,
      path,
      exists: subject.host.stat(path) !== undefined,
      attributes: {},
    });
    edges.push({ from: root, to: id, kind: 'starts', label: command.directive, evidence: command.place });
  }
  return { nodes, edges };
}
