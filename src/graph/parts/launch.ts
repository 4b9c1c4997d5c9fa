import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { LaunchHop } from '../../service/launch-hop.ts';
import type { HiddenBy } from '../../service/hidden-by.ts';
import type { Launch } from '../../service/launch.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { CommandLaunch, Subject } from '../subject.ts';

/** From each of the unit's commands through wrapper scripts to the program. */
export function launchPart({ service, start, launches }: Subject): Contribution {
  const root = nodeId('service', service.name);
  const parts = launches.map((one) => partOf(root, one));
  const helpers = launches.filter(({ command }) => command !== start.command);
  const elf = start.loaded?.closure.program.elf;
  const path = start.launch?.program;
  const attributes =
    elf === undefined
      ? {}
      : { machine: elf.machine, ...(elf.buildId === undefined ? {} : { 'build id': elf.buildId }) };
  const main: GraphNode[] =
    path === undefined || elf === undefined ? [] : [{ ...nodeOf('program', path, true), attributes }];
  return {
    nodes: [...parts.flatMap(({ nodes }) => nodes), ...main],
    edges: parts.flatMap(({ edges }) => edges),
    notExamined: helpers.flatMap(({ command, launch, whyNot }) =>
      [...(launch?.notExamined ?? []), ...(whyNot === undefined ? [] : [whyNot])].map(
        (what) => `${command.directive}: ${what}`,
      ),
    ),
  };
}

function partOf(root: string, { command, seen, launch }: CommandLaunch): Contribution {
  if (launch !== undefined) return wayPart(root, launch, seen.hiddenBy);
  const path = command.words[0]?.toString();
  if (path === undefined) return { nodes: [], edges: [] };
  const node = nodeOf('program', path, seen.host.stat(path) !== undefined);
  return { nodes: [node], edges: [starts(root, node, command.directive, command.place)] };
}

/** The programs and scripts of a way, each started by the one before, the first by `from`. */
export function wayPart(
  from: string,
  { hops, branches }: Pick<Launch, 'hops' | 'branches'>,
  hiddenBy: HiddenBy,
): Contribution {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  let by = from;
  for (const hop of hops) {
    const node = nodeOf(hop.kind === 'script' ? 'script' : 'program', hop.path, hop.kind !== 'missing');
    const line = hop.kind === 'missing' ? hiddenBy(hop.path) : undefined;
    nodes.push(line === undefined ? node : { ...node, attributes: { 'hidden by': line } });
    edges.push(starts(by, node, hop.how, hop.startedAt));
    const readers = readersPart(node.id, hop);
    nodes.push(...readers.nodes);
    edges.push(...readers.edges);
    for (const { kind, name } of hop.accounts) {
      const account = nodeId(kind, name);
      nodes.push({ id: account, kind, name, exists: null, attributes: {} });
      edges.push({ from: node.id, to: account, kind: 'runs-as', label: hop.how, evidence: hop.startedAt });
    }
    for (const source of hop.sources) {
      const read = nodeOf('script', source.path, source.exists);
      nodes.push(read);
      edges.push({ from: node.id, to: read.id, kind: 'sources', evidence: source.place });
    }
    by = node.id;
  }
  for (const { from: at, launch } of branches) {
    const hop = hops[at];
    if (hop === undefined) continue;
    const part = wayPart(nodeId(hop.kind === 'script' ? 'script' : 'program', hop.path), launch, hiddenBy);
    nodes.push(...part.nodes);
    edges.push(...part.edges);
  }
  return { nodes, edges };
}

/** The programs that read a script. */
export function readersPart(from: string, { path: script, interpreters }: LaunchHop): Contribution {
  const nodes = interpreters.map(({ path, exists }) => nodeOf('program', path, exists));
  const evidence = { file: script, line: 1, column: 3 };
  const edges = nodes.map((node, at) => starts(nodes[at - 1]?.id ?? from, node, '#!', evidence));
  return { nodes, edges };
}

function starts(from: string, { id }: GraphNode, label: string, evidence: LaunchHop['startedAt']): GraphEdge {
  return { from, to: id, kind: 'starts', label, evidence };
}

function nodeOf(kind: 'script' | 'program', path: string, exists: boolean): GraphNode {
  return { id: nodeId(kind, path), kind, name: path, path, exists, attributes: {} };
}
