import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { Host } from '../../host/host.ts';
import type { Place } from '../../text/place.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Files and directories that variables and arguments name by an absolute path. */
export function namedPathsPart({ host, service }: Subject): Contribution {
  const parts: Contribution[] = [];
  for (const [name, variable] of service.environment.effective) {
    if (name === 'PATH' || variable.layer.kind === 'default' || variable.place === undefined) continue;
    parts.push(named(host, nodeId('setting', name), variable.value.toString(), variable.place));
  }
  for (const command of service.commands) {
    const root = nodeId('service', service.name);
    for (const word of command.words.slice(1)) parts.push(named(host, root, word.toString(), command.place));
  }
  return { nodes: parts.flatMap((part) => part.nodes), edges: parts.flatMap((part) => part.edges) };
}

function named(host: Host, from: string, text: string, evidence: Place): Contribution {
  const nodes = pathsIn(text).map((path): GraphNode => {
    const facts = host.stat(path);
    const kind = facts?.type === 'directory' || path.endsWith('/') ? 'directory' : 'file';
    return { id: nodeId(kind, path), kind, name: path, path, exists: facts !== undefined, attributes: {} };
  });
  return { nodes, edges: nodes.map((node): GraphEdge => ({ from, to: node.id, kind: 'names', evidence })) };
}

/** Absolute paths in a value: a whole word, a member of a `:` list, behind `=` or `file://`. */
function pathsIn(text: string): string[] {
  const found = [...text.matchAll(/(?:^|[\s:=,"'])(?:file:\/\/)?(\/[\w.+@%~-]+(?:\/[\w.+@%~-]*)*)/g)];
  return [...new Set(found.map((match) => match[1] ?? ''))].filter(
    (path) => path.length > 1 && !path.startsWith('//'),
  );
}
