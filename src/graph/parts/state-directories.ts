import { posix } from 'node:path';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { EffectiveProperty } from '../../service/directives/effective-property.ts';
import { expandSpecifiers } from '../../service/specifiers.ts';
import { SYSTEMD_DIRECTORIES } from '../../service/systemd-directories.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Place } from '../../text/place.ts';
import type { Subject } from '../subject.ts';

/** What is kept longest first. */
const DIRECTIVES = [
  'StateDirectory',
  'CacheDirectory',
  'LogsDirectory',
  'RuntimeDirectory',
  'ConfigurationDirectory',
] as const;

/**
 * The directories that systemd makes for the service before it starts, the links to them that the unit asks for, and the
 * private directories that those of a dynamic user are links to. Source: systemd.exec(5), DynamicUser= and StateDirectory=;
 * exec_directory_is_private() and setup_exec_directory() in src/core of systemd 252.
 */
export function stateDirectoriesPart(subject: Subject): Contribution {
  const { host, service, properties } = subject;
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (path: string, target: string | undefined, edge: Omit<GraphEdge, 'from' | 'to'>): void => {
    const exists = ifReadable(() => host.stat(path) !== undefined) ?? null;
    const id = nodeId('directory', path);
    const attributes = {
      'made by': 'systemd',
      ...(target === undefined ? {} : { 'link to': posix.relative(posix.dirname(path), target) }),
    };
    nodes.push({ id, kind: 'directory', name: path, path, exists, attributes });
    edges.push({ from: root, to: id, ...edge });
  };
  for (const directive of DIRECTIVES) {
    const property = properties.get(directive);
    const lines = (property?.steps ?? []).filter(({ assigned }) => assigned.operation !== 'ignored');
    const links = directive === 'ConfigurationDirectory' ? [] : linksIn(subject, property);
    const isPrivate = keepsPrivate(subject, directive);
    for (const name of (property?.value ?? '').split(' ').filter((word) => word !== '')) {
      const base = SYSTEMD_DIRECTORIES[directive];
      const line = lines.findLast(({ line: { value } }) => value.toString().includes(name)) ?? lines.at(-1);
      const evidence = line?.line.place ?? { how: property?.rule ?? directive };
      const kind = directive === 'ConfigurationDirectory' ? 'configured-by' : 'keeps-state-in';
      const edge = { kind, label: directive, evidence } as const;
      add(`${base}/${name}`, isPrivate ? `${base}/private/${name}` : undefined, edge);
      if (isPrivate) add(`${base}/private/${name}`, undefined, edge);
      for (const link of links.filter(({ to }) => to === name))
        add(`${base}/${link.name}`, `${base}/${name}`, { ...edge, evidence: link.place });
    }
  }
  return { nodes, edges };
}

/** A dynamic user's directories lie where only it may enter; those below /run when they outlast the service. */
function keepsPrivate({ properties }: Subject, directive: (typeof DIRECTIVES)[number]): boolean {
  const value = (name: string) => properties.get(name)?.value;
  if (value('DynamicUser') !== 'yes' || directive === 'ConfigurationDirectory') return false;
  return directive !== 'RuntimeDirectory' || value('RuntimeDirectoryPreserve') !== 'no';
}

interface DirectoryLink {
  readonly to: string;
  readonly name: string;
  readonly place: Place;
}

/** `NAME:LINK`, of the lines after the last empty one. */
function linksIn({ host, service }: Subject, property: EffectiveProperty | undefined): DirectoryLink[] {
  const steps = property?.steps ?? [];
  const counted = steps.slice(steps.findLastIndex(({ assigned }) => assigned.operation === 'reset') + 1);
  return counted.flatMap(({ line, assigned }) => {
    if (assigned.operation === 'ignored') return [];
    const { text } = expandSpecifiers(host, service.unit.name, line.value);
    return text
      .toString()
      .split(/\s+/)
      .flatMap((word) => {
        const [to = '', name = ''] = word.split(':').map((path) => posix.normalize(path).replace(/\/$/, ''));
        return word.includes(':') && isBelow(name) ? [{ to, name, place: line.place }] : [];
      });
  });
}

/** systemd takes a path below its own directories alone. */
function isBelow(path: string): boolean {
  return path !== '' && path !== '.' && !path.startsWith('/') && !path.startsWith('..');
}
