import type { GraphNode } from '../../documents/inspection.ts';
import { writeAccess } from '../../service/write-access.ts';
import type { Contribution } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The attribute of a file or directory in which the service keeps state and can not write. */
export const NOT_WRITABLE = 'not writable';

/** Which of the places that the service keeps state in its sandbox, or its user, can not write to. */
export function writeAccessPart({ host, properties }: Subject, parts: readonly Contribution[]): Contribution {
  const kept = new Set(
    parts.flatMap(({ edges }) => edges.filter(({ kind }) => kind === 'keeps-state-in').map(({ to }) => to)),
  );
  if (kept.size === 0) return { nodes: [], edges: [] };
  const why = writeAccess(host, properties);
  const nodes = parts
    .flatMap((part) => part.nodes)
    .filter(({ id, path }) => kept.has(id) && path !== undefined)
    // A link that systemd makes is judged where it leads.
    .filter(({ attributes }) => attributes['made by'] === undefined || attributes['link to'] === undefined)
    .flatMap((node): GraphNode[] => {
      const reason = node.path === undefined ? undefined : why(node.path);
      return reason === undefined ? [] : [{ ...node, attributes: { [NOT_WRITABLE]: reason } }];
    });
  return { nodes, edges: [] };
}
