import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { MappedFiles } from '../../service/mapped-files.ts';
import { staleFiles } from '../../service/stale-files.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Programs and libraries that the running processes of the service still use though they were deleted or replaced. */
export function staleFilesPart({ host, service, start }: Subject, mapped: MappedFiles): Contribution {
  const { files, unreadable } = staleFiles(host, mapped, start.host, start.loaded?.closure);
  const root = nodeId('service', service.name);
  const nodes = files.map(
    ({ path, how }): GraphNode => ({
      id: nodeId('stale-file', path),
      kind: 'stale-file',
      name: path,
      path,
      exists: how === 'replaced',
      attributes: { since: how },
    }),
  );
  const edges = files.map(({ path, how, movedTo, pids }): GraphEdge => {
    const who = pids.length === 1 ? `process ${pids[0]}` : `${pids.length} processes (${pids.join(', ')})`;
    const where = movedTo === undefined ? '' : `, and lies at ${movedTo} now`;
    const evidence = { how: `the file that ${who} started with was ${how}${where}` };
    return { from: root, to: nodeId('stale-file', path), kind: 'still-maps', evidence };
  });
  const notExamined =
    unreadable.length === 0
      ? []
      : [`files mapped by process ${unreadable.join(', ')}: not readable, run it as root`];
  return { nodes, edges, notExamined };
}
