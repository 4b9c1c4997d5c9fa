import type { GraphEdge, GraphNode, NodeKind } from '../../documents/inspection.ts';
import { showPlace } from '../../text/place.ts';
import type { ConfiguredProgram } from './configured-program.ts';
import type { Plugin } from './plugin.ts';
import { whyNotOpened } from './why-not-opened.ts';

export interface ConfiguredGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly notExamined: readonly string[];
}

/** What the program's configuration adds to the graph of its service: files, plugins, ports, hosts. */
export function configuredGraph(program: ConfiguredProgram, plugins: readonly Plugin[]): ConfiguredGraph {
  const { start, configuration } = program;
  const isAllKnown = start.launch?.unknownArgument === undefined;
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (kind: NodeKind, name: string, more: Partial<GraphNode> = {}): string => {
    const id = `${kind}:${name}`;
    nodes.push({ id, kind, name, exists: null, attributes: {}, ...more });
    return id;
  };
  const service = `service:${start.service.name}`;
  const path = start.launch?.program;
  const root =
    path === undefined
      ? service
      : add('program', path, { path, exists: true, attributes: program.attributes });
  for (const { path, exists, namedBy } of configuration.files) {
    edges.push({
      from: service,
      to: add('file', path, { path, exists }),
      kind: 'configured-by',
      evidence: namedBy,
    });
  }
  for (const plugin of plugins) pluginParts(plugin, root, add, edges);
  for (const { kind, name, edge, label, evidence, byDefault } of program.touches) {
    if (byDefault === true && !isAllKnown) continue;
    const isPath = name.startsWith('/') && (kind === 'file' || kind === 'directory' || kind === 'program');
    const facts = isPath ? start.host.stat(name) : undefined;
    const found = facts?.type === 'directory' ? 'directory' : kind;
    const more = isPath ? { path: name, exists: facts !== undefined } : {};
    edges.push({ from: service, to: add(found, name, more), kind: edge, label, evidence });
  }
  return { nodes, edges, notExamined: notExamined(program, plugins) };
}

function pluginParts(
  plugin: Plugin,
  root: string,
  add: (kind: NodeKind, name: string, more?: Partial<GraphNode>) => string,
  edges: GraphEdge[],
): void {
  const { path, place, directive, library, identity } = plugin;
  const exists = library === undefined ? null : library.kind !== 'absent';
  // What is not there, and which library it lacks, the nodes themselves say.
  const isLacking = library?.kind === 'absent' || (library?.kind === 'found' && library.missing.length > 0);
  const refused = library?.kind === 'unusable' ? library.reason : whyNotOpened(plugin)[0]?.reason;
  const fault = (isLacking ? undefined : refused) ?? identity?.misfits[0]?.reason;
  const id = add('module-library', path, {
    ...(path.startsWith('/') ? { path } : {}),
    exists,
    attributes: fault === undefined ? {} : { fault },
  });
  edges.push({ from: root, to: id, kind: 'loads', label: directive, evidence: place });
  if (library?.kind !== 'found') return;
  for (const object of library.brings) {
    const needed = add('library', object.path, { path: object.path, exists: true });
    const how = `${object.requestedBy?.path ?? path} needs ${object.name}`;
    edges.push({ from: id, to: needed, kind: 'needs', evidence: { how } });
  }
  for (const { name } of library.missing) {
    const how = `${path} needs ${name}; not found`;
    edges.push({
      from: id,
      to: add('library', name, { exists: false }),
      kind: 'needs',
      evidence: { how },
    });
  }
  for (const { name, attributes } of identity?.modules ?? []) {
    const module = add('module', name, { exists: true, attributes });
    edges.push({ from: id, to: module, kind: 'provides', evidence: { how: `read from ${path}` } });
  }
}

function notExamined(
  { configuration, name, start }: ConfiguredProgram,
  plugins: readonly Plugin[],
): string[] {
  const unknown = start.launch?.unknownArgument;
  return [
    ...configuration.notExamined,
    ...(unknown === undefined
      ? []
      : [
          `${showPlace(unknown)}: an argument of ${name} is decided only when it runs: options may overrule its files, and its defaults are not taken`,
        ]),
    ...plugins.flatMap(({ path, identity }) => (identity?.doubts ?? []).map((doubt) => `${path}: ${doubt}`)),
    ...(start.loaded === undefined && plugins.length > 0
      ? [`the plugins of ${name}: its own program could not be read`]
      : []),
  ];
}
