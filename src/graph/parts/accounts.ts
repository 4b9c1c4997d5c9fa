import type { GraphNode } from '../../documents/inspection.ts';
import { groupEntry } from '../../service/group-entry.ts';
import { passwdEntry } from '../../service/passwd-entry.ts';
import { unlistedAccount } from '../../service/unlisted-account.ts';
import type { Contribution } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The numbers of the users and groups that a configuration names, and whether there are such. */
export function accountsPart({ host }: Subject, parts: readonly Contribution[]): Contribution {
  const named = parts.flatMap(({ nodes }) => nodes).filter(isOpen);
  const nodes = named.map((node): GraphNode => {
    const user = node.kind === 'user' ? passwdEntry(host, node.name) : undefined;
    if (user !== undefined) return { ...node, exists: true, attributes: { uid: String(user.uid) } };
    const group = node.kind === 'group' ? groupEntry(host, node.name) : undefined;
    if (group !== undefined) return { ...node, exists: true, attributes: { gid: String(group.gid) } };
    const [exists, attributes] = unlistedAccount(host, node.kind === 'user' ? 'passwd' : 'group');
    return { ...node, exists, attributes };
  });
  return { nodes, edges: [] };
}

function isOpen({ kind, exists, attributes }: GraphNode): boolean {
  const isAccount = kind === 'user' || kind === 'group';
  return isAccount && exists === null && Object.keys(attributes).length === 0;
}
