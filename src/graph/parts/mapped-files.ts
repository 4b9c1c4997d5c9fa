import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { MappedFiles } from '../../service/mapped-files.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { showPids } from './observed-processes.ts';

const MOST_FILES = 1000;

/**
 * Programs that the processes of the service run at this moment, and libraries that they have opened by themselves: what they have
 * mapped and nothing in `parts` leads to.
 */
export function mappedFilesPart(
  { host, service, start }: Subject,
  mapped: MappedFiles,
  parts: readonly Contribution[],
): Contribution {
  const realPath = (path: string): string => ifReadable(() => start.host.realPath(path)) ?? path;
  const known = new Set(parts.flatMap(({ nodes }) => nodes.flatMap(({ path }) => path ?? [])).map(realPath));
  const found = new Map<string, { pids: number[]; runs: boolean }>();
  for (const [pid, files] of mapped) {
    const program = ifReadable(() => host.readLink(`/proc/${pid}/exe`));
    for (const { path, deleted } of files ?? []) {
      if (deleted || known.has(realPath(path))) continue;
      const { pids: before, runs } = found.get(path) ?? { pids: [], runs: false };
      found.set(path, { pids: [...before, pid], runs: runs || path === program });
    }
  }
  const root = nodeId('service', service.name);
  const shown = [...found].slice(0, MOST_FILES);
  const nodes = shown.map(([path, { runs }]): GraphNode => {
    const kind = runs ? 'program' : 'module-library';
    return { id: nodeId(kind, path), kind, name: path, path, exists: true, attributes: {} };
  });
  const edges = shown.map(([path, { pids: users, runs }]): GraphEdge => {
    const who = `${users.length === 1 ? 'process' : 'processes'} ${showPids(users)}`;
    const how = `${who} ${users.length === 1 ? 'has' : 'have'} it mapped (/proc/${users[0]}/maps)`;
    return runs
      ? { from: root, to: nodeId('program', path), kind: 'starts', label: 'runs now', evidence: { how } }
      : {
          from: root,
          to: nodeId('module-library', path),
          kind: 'loads',
          label: 'opened by itself',
          evidence: { how },
        };
  });
  const left = found.size - shown.length;
  return {
    nodes,
    edges,
    notExamined: left === 0 ? [] : [`${left} more files that its processes have mapped`],
  };
}
