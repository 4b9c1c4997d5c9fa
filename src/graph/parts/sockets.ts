import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type Assignment, parseUnit } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

const SIZE_LIMIT = 1024 * 1024;

/** Ports and sockets that socket units open for the service: the one of its name, and those of `Sockets=`. */
export function socketsPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const named = service.unit.assignments
    .filter(({ key }) => key === 'Sockets')
    .flatMap(({ value }) => value.toString().split(/\s+/));
  const own = service.name.replace(/(?:@[^.]*)?\.service$/, '');
  const units = [...new Set([`${own}.socket`, `${own}@.socket`, ...named])].filter((name) =>
    name.endsWith('.socket'),
  );
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const unit of units) {
    for (const { key, value, place } of listening(assignmentsOf(host, unit))) {
      const text = value.toString();
      const isPath = /^[/@]/.test(text) || key === 'ListenFIFO';
      const name = isPath ? text : text.replace(/^(?:0\.0\.0\.0|\[::\]):/, '');
      const id = nodeId(isPath ? 'file' : 'port', name);
      const path = text.startsWith('/') ? { path: text } : {};
      nodes.push({
        id,
        kind: isPath ? 'file' : 'port',
        name,
        ...path,
        exists: null,
        attributes: { 'opened by': unit },
      });
      edges.push({ from: root, to: id, kind: 'names', label: key, evidence: place });
    }
  }
  return { nodes, edges };
}

/** An empty assignment takes back all that were given before, of every kind. Source: systemd.socket(5). */
function listening(assignments: readonly Assignment[]): Assignment[] {
  const found: Assignment[] = [];
  for (const assignment of assignments) {
    if (
      assignment.section !== 'Socket' ||
      !/^Listen(?:Stream|Datagram|SequentialPacket|FIFO)$/.test(assignment.key)
    )
      continue;
    if (assignment.value.length === 0) found.length = 0;
    else found.push(assignment);
  }
  return found;
}

/** Of several files of one name the first in the search path counts; drop-ins follow in the order of their names. */
function assignmentsOf(host: Host, unit: string): Assignment[] {
  const files = UNIT_SEARCH_PATH.map((directory) => `${directory}/${unit}`);
  const fragment = files.find((file) => ifReadable(() => host.stat(file))?.type === 'file');
  if (fragment === undefined) return [];
  const dropIns = new Map<string, string>();
  for (const file of files) {
    for (const name of ifReadable(() => host.list(`${file}.d`)) ?? []) {
      if (name.endsWith('.conf') && !dropIns.has(name)) dropIns.set(name, `${file}.d/${name}`);
    }
  }
  const sorted = [...dropIns].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, path]) => path);
  return [fragment, ...sorted].flatMap((path) => {
    const text = ifReadable(() => new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)));
    return text === undefined ? [] : parseUnit(path, text).assignments;
  });
}
