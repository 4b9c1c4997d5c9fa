import type { GraphNode } from '../../documents/inspection.ts';
import type { Graph } from '../../graph/graph.ts';
import { NOT_WRITABLE } from '../../graph/parts/write-access.ts';
import type { GenericCheck } from '../generic-check.ts';

export const stateWritableCheck: GenericCheck = {
  id: 'state-writable',
  title: "Tomorrow's program may write where it keeps its state",
  explains:
    'ProtectSystem=, ProtectHome=, ReadOnlyPaths= and the like let a service write to what they leave out alone, and User= ' +
    'to what belongs to that user. A program that is told to keep its data, logs or PID file elsewhere ends with "Read-only ' +
    'file system" or "Permission denied", at the start or when it first writes. The places are those that the ' +
    'configuration of a known program and the unit name. A service with a root directory of its own, and a program that ' +
    'starts as root and becomes another user by itself, are not looked at. The check is silent when every place can be ' +
    'written to; one that can not be today either is a note.',
  run(today, tomorrow) {
    const before = new Map(placesOf(today).map((node) => [node.id, node]));
    const places = placesOf(tomorrow);
    return {
      examined: places.length,
      findings: places.flatMap((node) => {
        const why = node.attributes[NOT_WRITABLE];
        if (why === undefined) return [];
        const isOld = before.get(node.id)?.attributes[NOT_WRITABLE] !== undefined;
        const named = tomorrow.edgesTo(node.id).filter(({ kind }) => kind === 'keeps-state-in');
        return [
          {
            severity: isOld ? ('note' as const) : ('blocker' as const),
            subject: node.name,
            reason: `The service keeps state there, and ${why}.${isOld ? ' It is so today as well.' : ''}`,
            evidence: named.map(({ evidence }) => evidence),
            remedy: `Let another place be used, or write ReadWritePaths=${node.name} in a drop-in and give the directory to the user of the service.`,
          },
        ];
      }),
    };
  },
};

function placesOf(graph: Graph): GraphNode[] {
  const ids = new Set(graph.edges.filter(({ kind }) => kind === 'keeps-state-in').map(({ to }) => to));
  return [...graph.nodes.values()].filter(({ id, path }) => ids.has(id) && path !== undefined);
}
