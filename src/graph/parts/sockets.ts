import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { loadUnit } from '../../service/load-unit.ts';
import { unitFilesOf } from '../../service/unit-files.ts';
import { parseUnitName } from '../../service/unit-name.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Ports and sockets that socket units open for the service: the one of its name, and those of `Sockets=`. */
export function socketsPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const named = service.unit.assignments
    .filter(({ key }) => key === 'Sockets')
    .flatMap(({ value }) => value.toString().split(/\s+/));
  const own = parseUnitName(service.name).prefix;
  const units = [...new Set([`${own}.socket`, `${own}@.socket`, ...named])].filter((name) =>
    name.endsWith('.socket'),
  );
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const unit of units) {
    for (const { key, value, place } of listensOf(host, unit)) {
      const text = value.toString();
      const isPath = /^[/@]/.test(text) || key === 'ListenFIFO';
      const protocol = key === 'ListenDatagram' ? '/udp' : '';
      const name = isPath ? text : `${text.replace(/^(?:0\.0\.0\.0|\[::\]):/, '')}${protocol}`;
      const id = nodeId(isPath ? 'file' : 'port', name);
      const path = text.startsWith('/') ? { path: text } : {};
      nodes.push({
        id,
        kind: isPath ? 'file' : 'port',
        name,
        ...path,
        exists: null,
        attributes: { 'socket unit': unit },
      });
      edges.push({ from: root, to: id, kind: 'names', label: key, evidence: place });
    }
  }
  return { nodes, edges };
}

/** The lines of a socket unit that say where it listens. */
export function listensOf(host: Host, unit: string): readonly Assignment[] {
  return listening(assignmentsOf(host, unit));
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

/** None of a unit that is not there, and none of one that systemd does not load: a masked one opens nothing. */
function assignmentsOf(host: Host, unit: string): readonly Assignment[] {
  if (ifReadable(() => unitFilesOf(host, '.socket').fileOf(unit)) === undefined) return [];
  try {
    return ifReadable(() => loadUnit(host, unit).assignments) ?? [];
  } catch (error) {
    if (error instanceof CouldNotRun) return [];
    throw error;
  }
}
