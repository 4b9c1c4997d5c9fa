import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** Directives that name other units. Source: systemd.unit(5). */
const UNIT_DIRECTIVES = new Set(
  'Requires Requisite Wants BindsTo PartOf Upholds After Before Conflicts OnFailure OnSuccess Sockets WantedBy RequiredBy'.split(
    ' ',
  ),
);

const STATE_DIRECTIVES: ReadonlyMap<string, string> = new Map([
  ['StateDirectory', '/var/lib'],
  ['CacheDirectory', '/var/cache'],
  ['LogsDirectory', '/var/log'],
  ['RuntimeDirectory', '/run'],
  ['ConfigurationDirectory', '/etc'],
]);

/** The service, its unit file and drop-ins, the units it names, its user and its declared directories. */
export function unitPart({ host, service }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const { fragment, dropIns, assignments } = service.unit;
  const nodes: GraphNode[] = [
    { id: root, kind: 'service', name: service.name, exists: true, attributes: {} },
  ];
  const edges: GraphEdge[] = [];
  for (const file of [fragment, ...dropIns]) {
    const id = nodeId('unit-file', file.path);
    const target = host.lstat(file.path)?.type === 'link' ? { 'link to': host.readLink(file.path) } : {};
    const attributes = { ...(file === fragment ? {} : { role: 'drop-in' }), ...target };
    nodes.push({ id, kind: 'unit-file', name: file.path, path: file.path, exists: true, attributes });
    edges.push({ from: root, to: id, kind: 'configured-by', evidence: { how: 'unit load path' } });
  }
  for (const assignment of assignments) {
    const part = fromAssignment(assignment, root);
    nodes.push(...part.nodes);
    edges.push(...part.edges);
  }
  return { nodes, edges };
}

function fromAssignment({ key, value, place }: Assignment, root: string): Contribution {
  const words = value
    .toString()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (UNIT_DIRECTIVES.has(key)) {
    const nodes = words.map(
      (name): GraphNode => ({ id: nodeId('unit', name), kind: 'unit', name, exists: null, attributes: {} }),
    );
    return {
      nodes,
      edges: nodes.map((node) => ({ from: root, to: node.id, kind: 'pulls-in', evidence: place })),
    };
  }
  const base = STATE_DIRECTIVES.get(key);
  if (base !== undefined) {
    const nodes = words.map((word): GraphNode => {
      const path = `${base}/${word.split(':')[0]}`;
      return {
        id: nodeId('directory', path),
        kind: 'directory',
        name: path,
        path,
        exists: null,
        attributes: {},
      };
    });
    return {
      nodes,
      edges: nodes.map((node) => ({ from: root, to: node.id, kind: 'keeps-state-in', evidence: place })),
    };
  }
  if (key === 'SupplementaryGroups') {
    const nodes = words.map((word): GraphNode => {
      const name = `group ${word}`;
      return { id: nodeId('user', name), kind: 'user', name, exists: null, attributes: {} };
    });
    return {
      nodes,
      edges: nodes.map((node) => ({ from: root, to: node.id, kind: 'names', evidence: place })),
    };
  }
  if ((key === 'User' || key === 'Group') && words.length === 1) {
    const name = `${key === 'Group' ? 'group ' : ''}${words[0]}`;
    const id = nodeId('user', name);
    return {
      nodes: [{ id, kind: 'user', name, exists: null, attributes: {} }],
      edges: [{ from: root, to: id, kind: 'names', evidence: place }],
    };
  }
  return { nodes: [], edges: [] };
}
