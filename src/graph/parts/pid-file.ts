import { textOfFile } from '../../host/text-of-file.ts';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { placesIn } from '../../text/places-in.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

const SIZE_LIMIT = 1024 * 1024;

/**
 * The file that `PIDFile=` names, and who names it as well: the program among its texts, a word of the command, or a file that
 * the command names.
 */
export function pidFilePart({ host, service, properties, start }: Subject): Contribution {
  const property = properties.get('PIDFile');
  const path = property?.value;
  const line = property?.steps.at(-1)?.line;
  if (path === undefined || line === undefined) return { nodes: [], edges: [] };
  const root = nodeId('service', service.name);
  const id = nodeId('file', path);
  const nodes: GraphNode[] = [
    { id, kind: 'file', name: path, path, exists: host.stat(path) !== undefined, attributes: {} },
  ];
  const edges: GraphEdge[] = [{ from: root, to: id, kind: 'names', label: 'PIDFile', evidence: line.place }];
  const spellings = spellingsOf(path);
  const { loaded, launch } = start;
  const program = loaded?.closure.program;
  if (
    loaded !== undefined &&
    program !== undefined &&
    spellings.some((text) => loaded.mentions(program, text))
  ) {
    const how = `among the bytes of ${program.path}`;
    edges.push({ from: nodeId('program', program.path), to: id, kind: 'names', evidence: { how } });
  }
  for (const word of launch?.args ?? []) {
    if (spellings.some((text) => word.includes(text)) && start.command !== undefined)
      edges.push({ from: root, to: id, kind: 'names', label: 'ExecStart', evidence: start.command.place });
    const file = /(?:^|=)(\/[^\s=]+)$/.exec(word)?.[1];
    const text = file === undefined ? undefined : ifReadable(() => textOfFile(host, file, SIZE_LIMIT));
    if (file === undefined || text === undefined) continue;
    const at = spellings.map((spelling) => text.indexOf(spelling)).find((offset) => offset !== -1);
    if (at === undefined) continue;
    edges.push({ from: nodeId('file', file), to: id, kind: 'names', evidence: placesIn(file, text)(at) });
  }
  return { nodes, edges };
}

/** /var/run is a link to /run. */
function spellingsOf(path: string): string[] {
  return path.startsWith('/run/') ? [path, `/var${path}`] : [path];
}
