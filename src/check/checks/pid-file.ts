import type { GraphEdge } from '../../documents/inspection.ts';
import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';

export const pidFileCheck: GenericCheck = {
  id: 'pid-file',
  title: "Tomorrow's program writes the PID file that the unit waits for",
  explains:
    'With Type=forking and PIDFile= systemd waits for the file after the first process has ended; when it never comes, the ' +
    'start fails after TimeoutStartSec=, though the program may run well. A program that writes the file has its path among ' +
    'its texts, in its command or in the configuration. The check is silent when the unit does not wait, when the ' +
    "path is found in one of them tomorrow, and when it is not found in any of today's either (it is put together then).",
  run(today, tomorrow) {
    const [line, before] = [tomorrow, today].map(waitFor);
    if (line === undefined) return { examined: 0, findings: [] };
    const after = closureOf(tomorrow);
    if (typeof after === 'string') return { couldNotRun: after };
    const isPutTogether = before?.to === line.to && writers(today, before).length === 0;
    if (writers(tomorrow, line).length > 0 || isPutTogether) return { examined: 1, findings: [] };
    const path = tomorrow.nodes.get(line.to)?.name ?? '';
    const { path: program } = after.program;
    return {
      examined: 1,
      findings: [
        {
          severity: 'blocker',
          subject: `PIDFile=${path}`,
          reason: `systemd waits for the file (Type=forking), and nothing tells ${program} to write it: the start fails after TimeoutStartSec=.`,
          evidence: [line.evidence, { how: `looked for in ${program}, its command and its configuration` }],
          remedy: `Tell the program to write ${path}, or let it stay in the foreground and write Type=exec and an empty PIDFile= in a drop-in.`,
        },
      ],
    };
  },
};

/** The line with the PID file that systemd waits for. */
function waitFor(graph: Graph): GraphEdge | undefined {
  const type = graph.start.service.unit.assignments.findLast(
    ({ section, key }) => section === 'Service' && key === 'Type',
  );
  if (type?.value.toString() !== 'forking') return undefined;
  return graph.edgesFrom(graph.root).find(({ label }) => label === 'PIDFile');
}

/** Who names the file for the program: its texts, its command, its configuration; not the unit, nor its other commands. */
function writers(graph: Graph, line: GraphEdge): GraphEdge[] {
  return graph
    .edgesTo(line.to)
    .filter(({ from, label }) => from !== graph.root || (label !== undefined && label !== 'PIDFile'));
}
