import type { GraphNode } from '../../documents/inspection.ts';
import { type Host, HostError } from '../../host/host.ts';
import { directorySize } from '../../service/directory-size.ts';
import type { Contribution } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** How much lies in the files and directories that the service keeps its state in. */
export function sizesPart({ host }: Subject, parts: readonly Contribution[]): Contribution {
  const edges = parts.flatMap((part) => part.edges);
  const isKept = new Set(
    edges
      .filter(({ label, kind }) => kind === 'keeps-state-in' || label === 'ConfigurationDirectory')
      .map(({ to }) => to),
  );
  const kept = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]));
  const notExamined: string[] = [];
  const nodes = [...kept.values()].flatMap((node) => {
    if (!isKept.has(node.id) || node.path === undefined || node.exists === false) return [];
    const attributes = sizeOf(host, node.path, notExamined);
    return attributes === undefined ? [] : [{ ...node, attributes }];
  });
  return { nodes, edges: [], notExamined };
}

/** In bytes; nothing of what is neither file nor directory. */
function sizeOf(host: Host, path: string, notExamined: string[]): GraphNode['attributes'] | undefined {
  if (path === '/') {
    notExamined.push('the size of /: it is everything there is');
    return undefined;
  }
  try {
    const facts = host.stat(path);
    if (facts?.type === 'file') return { bytes: String(facts.size), ...onDisk(facts.onDisk) };
    if (facts?.type !== 'directory') return undefined;
    const size = directorySize(host, path);
    notExamined.push(...size.unread.map((reason) => `the size of ${path} is larger: ${reason}`));
    return {
      files: String(size.files),
      bytes: String(size.bytes),
      ...onDisk(size.onDisk),
      ...(size.endedAt === undefined ? {} : { 'counted entries': String(size.endedAt) }),
    };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    notExamined.push(`the size of ${path}: ${error.message}`);
    return undefined;
  }
}

function onDisk(bytes: number | undefined): Readonly<Record<string, string>> {
  return bytes === undefined ? {} : { 'bytes on disk': String(bytes) };
}
