import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { expandTokens } from '../../formats/elf/loader/expand-tokens.ts';
import { type LoadedObject, showSearchRule } from '../../formats/elf/loader/loaded-object.ts';
import type { Tried } from '../../formats/elf/loader/resolve-closure.ts';
import type { LoadedProgram } from '../../service/service-start.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/** The libraries the dynamic loader takes for the program, each by the rule it was found by. */
export function librariesPart({ start }: Subject): Contribution {
  return start.loaded === undefined ? { nodes: [], edges: [] } : librariesOf(start.loaded);
}

/** The same of any program that was read. */
export function librariesOf({ closure, settings }: LoadedProgram): Contribution {
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
    (object.elf.dynamic?.links ?? []).flatMap(({ kind, name }): GraphEdge[] => {
      const library = closure.byName.get(expandTokens(name, object, settings) ?? name);
      if (library === undefined) return [];
      const verb = kind === 'needed' ? 'needs' : 'is filtered by';
      const how = `${object.path} ${verb} ${name}; found by ${showSearchRule(library.rule)}`;
      return [{ from: idOf(object), to: idOf(library), kind: 'needs', evidence: { how } }];
    }),
  );
  const ledTo = new Set(edges.map(({ to }) => to));
  const preloaded = closure.objects.slice(1).flatMap((object): GraphEdge[] => {
    if (object.requestedBy === undefined || ledTo.has(idOf(object))) return [];
    const how = `${object.path} is preloaded; found by ${showSearchRule(object.rule)}`;
    return [{ from: idOf(object.requestedBy), to: idOf(object), kind: 'needs', evidence: { how } }];
  });
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
    edges: [...edges, ...preloaded, ...missing.map(({ edge }) => edge)],
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
