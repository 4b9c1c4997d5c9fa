import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type LoadedObject, showSearchRule } from '../../formats/elf/loader/loaded-object.ts';
import type { Tried } from '../../formats/elf/loader/resolve-closure.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The libraries the dynamic loader takes for the program, each by the rule it was found by. */
export function librariesPart({ start }: Subject): Contribution {
  const closure = start.loaded?.closure;
  if (closure === undefined) return { nodes: [], edges: [] };
  const idOf = (object: LoadedObject): string =>
    object === closure.program ? nodeId('program', object.path) : nodeId('library', object.path);
  const nodes = closure.objects.slice(1).map(
    (object): GraphNode => ({
      id: idOf(object),
      kind: 'library',
      name: object.name,
      path: object.path,
      exists: true,
      attributes: { 'found by': showSearchRule(object.rule), ...notesOf(object) },
    }),
  );
  const edges = closure.objects.flatMap((object) =>
    (object.elf.dynamic?.needed ?? []).flatMap((name): GraphEdge[] => {
      const needed = closure.byName.get(name);
      if (needed === undefined) return [];
      const how = `${object.path} needs ${name}; found by ${showSearchRule(needed.rule)}`;
      return [{ from: idOf(object), to: idOf(needed), kind: 'needs', evidence: { how } }];
    }),
  );
  const missing = closure.missing.map(({ name, requestedBy, tried }) => {
    const id = nodeId('library', name);
    const node: GraphNode = {
      id,
      kind: 'library',
      name,
      exists: false,
      attributes: { tried: tried.map(showTried).join(', ') },
    };
    const edge: GraphEdge = {
      from: idOf(requestedBy),
      to: id,
      kind: 'needs',
      evidence: { how: `${requestedBy.path} needs ${name}; not found` },
    };
    return { node, edge };
  });
  const notExamined =
    closure.loader === 'other'
      ? [`libraries: ${closure.interpreter?.path} is not glibc's loader, its rules are not followed exactly`]
      : [];
  return {
    nodes: [...nodes, ...missing.map(({ node }) => node)],
    edges: [...edges, ...missing.map(({ edge }) => edge)],
    notExamined,
  };
}

function showTried({ path, rule, reason }: Tried): string {
  return `${path} (${showSearchRule(rule)}${reason === undefined ? '' : `: ${reason}`})`;
}

/** What a file says of itself: its build id, the package it was built for, what it opens while it runs. */
function notesOf({ elf: { buildId, packageNote, dlopenNotes } }: LoadedObject): Record<string, string> {
  const { name, version } = packageNote ?? {};
  const opens = dlopenNotes.map(({ sonames, feature, priority }) => {
    const what = feature === undefined ? priority : `${priority}, for ${feature}`;
    return `${sonames.join(' or ')} (${what})`;
  });
  return {
    ...(buildId === undefined ? {} : { 'build id': buildId }),
    ...(name === undefined ? {} : { 'built for': version === undefined ? name : `${name} ${version}` }),
    ...(opens.length === 0 ? {} : { 'may open': opens.join(', ') }),
  };
}
