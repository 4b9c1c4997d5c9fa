import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Dependents } from '../documents/dependents.ts';
import type { GraphEdge } from '../documents/inspection.ts';
import { buildOwnGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { KnownHost } from '../graph/known-host.ts';
import { Subject } from '../graph/subject.ts';
import { type Host, HostError } from '../host/host.ts';
import { runningServices } from '../host/service-processes.ts';
import { ifReadable } from '../host/if-readable.ts';
import { hostServices } from '../service/host-services.ts';
import { readByEverybody } from '../service/everybodys-files.ts';
import { findMentions } from '../service/mentions/find-mentions.ts';
import { SEARCHED } from '../service/mentions/searched-places.ts';
import { type ProcessUsing, processesUsing } from '../service/processes-using.ts';
import { isMasked } from '../service/is-masked.ts';
import { isWithin } from '../text/is-within.ts';
import type { Place } from '../text/place.ts';
import { firstOf } from '../text/first-of.ts';

/**
 * Every service of a host whose graph leads to the file at `path`, under any name, or of which a process uses it now, with
 * the way there; all such processes; and every line of `findMentions` that names it. What leads to something in a directory
 * leads to the directory. Slow: the graph of each service is built once.
 */
export function dependentsOf(known: KnownHost, path: string): Dependents {
  const { host } = known;
  const realOf = (asked: string): string => ifReadable(() => host.realPath(asked)) ?? asked;
  const target = realOf(path);
  const type = ifReadable(() => host.stat(path))?.type;
  // What is not there may have been either.
  const mayHold = type === undefined || type === 'directory';
  const isTarget = (node: string): boolean => {
    if (node === path || realOf(node) === target) return true;
    return mayHold && (isWithin(node, path) || isWithin(realOf(node), target));
  };
  const notExamined: string[] = [];
  const services: Dependents['services'] = [];
  const examined = new Set<string>();
  const { names: units, templates } = hostServices(host);
  const running = runningServices(host);
  for (const name of [...new Set([...units, ...running])].sort()) {
    try {
      if (isMasked(host, name)) continue;
      const subject = new Subject(host, name, known);
      const service = subject.service.name;
      if (examined.has(service)) continue;
      examined.add(service);
      const way = wayTo(buildOwnGraph(subject), isTarget);
      if (way !== undefined) services.push({ service, way });
    } catch (error) {
      if (!(error instanceof CouldNotRun || error instanceof HostError)) throw error;
      notExamined.push(`${name}: ${error.message}`);
    }
  }
  const names = [...new Set([path, target])];
  const directories = mayHold ? names : [];
  const wanted = { units: [], processes: [], files: names, directories, ports: [] };
  const { mentions, ...lines } = findMentions(host, wanted, new Set(names), known.packageScripts);
  if (lines.isCut) notExamined.push(`files that may name it after the first ${lines.files}`);
  if (lines.scriptsCutAt !== undefined)
    notExamined.push(`scripts that these run and that may name it, after the first ${lines.scriptsCutAt}`);
  const now = processesUsing(host, target);
  if (now !== undefined && now.unreadable > 0)
    notExamined.push(`which files ${now.unreadable} of the processes use: not readable, run it as root`);
  services.push(...usingNow(now?.processes ?? [], new Set(services.map(({ service }) => service))));
  const why = readByEverybody(path) ?? readByEverybody(target);
  const told = new Set(services.flatMap(({ way }) => way.map(({ evidence }) => keyOf(evidence))));
  return {
    apiVersion: 'cutover/v1',
    kind: 'Dependents',
    path,
    realPath: type === undefined ? null : target,
    services: services.sort((a, b) => (a.service < b.service ? -1 : 1)),
    ...(why === undefined ? {} : { readByAll: why }),
    ...(now === undefined ? {} : { processes: [...now.processes] }),
    references: mentions.map(({ place }) => place).filter((place) => !told.has(keyOf(place))),
    notExamined: [
      ...notExamined,
      ...unseen(host, templates, running),
      `programs that no service starts, and files that name it elsewhere than in ${SEARCHED}`,
      'what services open by themselves while they run, unless a configuration that is read names it',
    ],
  };
}

/** The services besides the `known` ones of whose processes one runs, maps or holds the file, with the first such. */
function usingNow(processes: readonly ProcessUsing[], known: ReadonlySet<string>): Dependents['services'] {
  const services = new Map<string, Dependents['services'][number]>();
  for (const { pid, program, service, use } of processes) {
    if (service === undefined || use === 'maps-earlier' || known.has(service) || services.has(service))
      continue;
    const to = `process ${pid}${program === undefined ? '' : ` ${program}`}`;
    services.set(service, { service, way: [{ kind: 'runs', to, evidence: { how: USES[use] } }] });
  }
  return [...services.values()];
}

const USES = {
  runs: 'it runs the file at this moment',
  maps: 'it has the file mapped at this moment',
  'has-open': 'it has the file open at this moment',
} as const;

/** Units that may be started and are not among the services. */
function unseen(host: Host, templates: readonly string[], running: readonly string[]): string[] {
  const used = new Set(running.map((name) => name.replace(/@.*(?=\.service$)/, '@')));
  const idle = templates.filter((template) => !used.has(template));
  const named = firstOf(idle, 5);
  const hasGenerated = ['generator', 'generator.late'].some(
    (name) => (ifReadable(() => host.list(`/run/systemd/${name}`)) ?? []).length > 0,
  );
  return [
    ...(idle.length === 0 ? [] : [`templates of which no instance is enabled or runs: ${named}`]),
    ...(host.kind === 'live' || hasGenerated
      ? []
      : [
          'units that generators make when it boots, of /etc/fstab, /etc/init.d and the like: there are none in a root',
        ]),
  ];
}

function keyOf(evidence: Place | { readonly how: string }): string {
  return 'how' in evidence ? evidence.how : `${evidence.file}:${evidence.line}`;
}

/** Edges that say nothing of a need. */
const APART: ReadonlySet<GraphEdge['kind']> = new Set(['belongs-to', 'refers-to', 'pulls-in', 'relates-to']);

/** The shortest way from the service to a node with such a path. */
function wayTo(
  graph: Graph,
  isTarget: (path: string) => boolean,
): Dependents['services'][number]['way'] | undefined {
  const cameBy = new Map<string, GraphEdge | undefined>([[graph.root, undefined]]);
  for (const id of cameBy.keys()) {
    const node = graph.nodes.get(id);
    if (node?.path !== undefined && isTarget(node.path)) return stepsTo(graph, cameBy, id);
    for (const edge of graph.edgesFrom(id)) {
      if (!APART.has(edge.kind) && !cameBy.has(edge.to)) cameBy.set(edge.to, edge);
    }
  }
  return undefined;
}

function stepsTo(
  graph: Graph,
  cameBy: ReadonlyMap<string, GraphEdge | undefined>,
  id: string,
): Dependents['services'][number]['way'] {
  const edges: GraphEdge[] = [];
  for (let edge = cameBy.get(id); edge !== undefined; edge = cameBy.get(edge.from)) edges.unshift(edge);
  return edges.map(({ kind, label, to, evidence }) => {
    const node = graph.nodes.get(to);
    return { kind, ...(label === undefined ? {} : { label }), to: node?.path ?? node?.name ?? to, evidence };
  });
}
