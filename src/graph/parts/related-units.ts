import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { readWords } from '../../formats/command-line/read-words.ts';
import { dependencyLinks } from '../../service/relations/dependency-links.ts';
import { madeByEnabling, relationOf } from '../../service/relations/unit-relations.ts';
import { expandSpecifiers } from '../../service/specifiers.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/**
 * The units that the service's own files name, each by the directive that names it, and those that links in its own directories
 * (`lamp.service.wants`) pull in. Of a line of [Install] that no link follows it is said that the service is not enabled by it.
 */
export function relatedUnitsPart({ host, service, properties }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const names = new Set(service.unit.names);
  const links = dependencyLinks(host);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (name: string, edge: Pick<GraphEdge, 'kind' | 'label' | 'evidence'>): void => {
    const id = nodeId('unit', name);
    nodes.push({ id, kind: 'unit', name, exists: null, attributes: {} });
    edges.push({ from: root, to: id, ...edge });
  };
  const slice = properties.get('Slice');
  for (const assignment of service.unit.assignments) {
    const { section, key, value, place } = assignment;
    const kind = relationOf(section, key);
    if (kind === undefined) continue;
    if (key === 'Slice' && slice?.steps.at(-1)?.line !== assignment) continue;
    for (const { text } of readWords(expandSpecifiers(host, service.name, value).text, 'list').words) {
      const unit = text.toString();
      const made = madeByEnabling(key);
      const isEnabled = links.some(
        (link) => link.of === unit && link.directive === made && names.has(link.unit),
      );
      const label = made === undefined || isEnabled ? key : `${key}, not enabled:`;
      add(unit, { kind, label, evidence: place });
    }
  }
  for (const { of, directive, unit, path } of links) {
    if (names.has(of))
      add(unit, { kind: 'pulls-in', label: directive, evidence: { how: `by the link ${path}` } });
  }
  return { nodes, edges };
}
