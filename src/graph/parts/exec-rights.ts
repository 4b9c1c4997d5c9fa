import type { GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { execPaths } from '../../service/exec-paths.ts';
import { showPlace } from '../../text/place.ts';
import type { Contribution } from '../graph.ts';
import type { Subject } from '../subject.ts';

const ENDS: Partial<Record<GraphNode['kind'], string>> = {
  program: 'it can not be started',
  script: 'it can not be started',
  library: 'the loader fails to map it',
  'module-library': 'the loader fails to map it',
};

/** The programs and libraries in `parts` that the unit forbids to execute, with the line: a fault of each. */
export function execRightsPart({ service, start }: Subject, parts: readonly Contribution[]): Contribution {
  const { count, forbidding } = execPaths(start.host, service.unit);
  if (count === 0) return { nodes: [], edges: [] };
  const found = parts
    .flatMap(({ nodes }) => nodes)
    .flatMap((node): GraphNode[] => {
      const end = ENDS[node.kind];
      if (end === undefined || node.path === undefined || node.exists !== true) return [];
      const { path } = node;
      const line = forbidding(ifReadable(() => start.host.realPath(path)) ?? path);
      if (line === undefined) return [];
      const fault = `${end}: NoExecPaths=${line.path} at ${showPlace(line.place)}`;
      return [{ ...node, attributes: { fault } }];
    });
  return { nodes: found, edges: [] };
}
