import { dirname } from 'node:path/posix';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { isEverybodys } from '../../service/everybodys-files.ts';
import {
  findMentions,
  type Mention,
  type Mentions,
  type Wanted,
} from '../../service/mentions/find-mentions.ts';
import { SEARCHED } from '../../service/mentions/searched-places.ts';
import { showBytes } from '../../text/show-bytes.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { firstOf } from '../../text/first-of.ts';
import { LARGEST_TEXT } from '../../service/text-files-below.ts';

const MOST_PER_TARGET = 50;

/**
 * Who else names the service, its files, its directories, its sockets and ports, or runs a command that acts on it: scripts, crontabs,
 * rules and configuration on the host. A line that `parts` tell already is left out.
 */
export function mentionsPart(subject: Subject, parts: readonly Contribution[]): Contribution {
  const { host } = subject;
  const nodes = [...new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node])).values()];
  const edges = parts.flatMap((part) => part.edges);
  const { wanted, targets } = wantedOf(subject, nodes, edges);
  const { mentions, ...searched } = findMentions(
    host,
    wanted,
    ownFiles(subject, nodes, edges),
    subject.packageScripts,
  );
  const told = new Set(
    edges.flatMap(({ kind, to, evidence }) => (kind === 'refers-to' ? [keyOf(to, evidence)] : [])),
  );
  const fresh = mentions.filter(({ target, place }) => !told.has(keyOf(targets.get(target) ?? '', place)));
  const found: { readonly node: GraphNode; readonly edge: GraphEdge }[] = [];
  const left = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const group of grouped(fresh).values()) {
    const [first] = group;
    const to = first === undefined ? undefined : targets.get(first.target);
    if (first === undefined || to === undefined) continue;
    const count = (counts.get(to) ?? 0) + 1;
    counts.set(to, count);
    if (count > MOST_PER_TARGET) {
      left.set(first.target, count - MOST_PER_TARGET);
      continue;
    }
    const { file } = first.place;
    const from = nodeId('file', file);
    found.push({
      node: { id: from, kind: 'file', name: file, path: file, exists: true, attributes: {} },
      edge: { from, to, kind: 'refers-to', label: labelOf(first, group.length), evidence: first.place },
    });
  }
  return {
    nodes: found.map(({ node }) => node),
    edges: found.map(({ edge }) => edge),
    notExamined: [
      ...whatWasSearched(searched),
      ...[...left].map(([target, count]) => `${count} more files that name ${target}`),
    ],
  };
}

function wantedOf(
  subject: Subject,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): { readonly wanted: Wanted; readonly targets: ReadonlyMap<string, string> } {
  const { service, start } = subject;
  const root = nodeId('service', service.name);
  const listens = new Set(edges.flatMap(({ kind, to }) => (kind === 'listens-on' ? [to] : [])));
  const kept = new Set(edges.flatMap(({ kind, to }) => (kind === 'keeps-state-in' ? [to] : [])));
  const isSocket = ({ id, attributes }: GraphNode): boolean =>
    attributes['socket unit'] !== undefined || listens.has(id);
  const program = start.loaded?.closure.program.path;
  const name = program?.split('/').at(-1);
  const isOwnProgram = (path: string): boolean =>
    path === program &&
    !isInterpreter(path) &&
    subject.noteOn(path).owner === subject.noteOn(service.unit.fragment.path).owner;
  const files = nodes.filter((node) => {
    if (node.path === undefined || node.kind === 'directory' || isEverybodys(node.path)) return false;
    if (node.kind === 'script' || node.kind === 'program')
      return !SYSTEM_DIRECTORIES.has(dirname(node.path)) || isOwnProgram(node.path);
    return OWN_KINDS.has(node.kind) || isSocket(node);
  });
  const directories = nodes.filter(
    ({ id, kind, path }) => kind === 'directory' && path !== undefined && kept.has(id) && !SHARED.has(path),
  );
  const ports = nodes.filter(({ kind }) => kind === 'port');
  const targets = new Map([
    ...[...files, ...directories].flatMap(({ id, path }) =>
      path === undefined ? [] : [[path, id] as const],
    ),
    ...ports.map(({ id, name: port }) => [port, id] as const),
    ...service.unit.names.map((unit) => [unit, root] as const),
    ...(name === undefined || isInterpreter(name) ? [] : [[name, root] as const]),
  ]);
  const wanted = {
    units: service.unit.names,
    processes: name === undefined || isInterpreter(name) ? [] : [name],
    files: files.flatMap(({ path }) => path ?? []),
    directories: directories.flatMap(({ path }) => path ?? []),
    ports: ports.map(({ name: port }) => port),
  };
  return { wanted, targets };
}

const OWN_KINDS = new Set<GraphNode['kind']>(['environment-file', 'file', 'unit-file', 'module-library']);
const SYSTEM_DIRECTORIES = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin']);
/** What lies in them is not one service's own. */
const SHARED = new Set(
  '/ /boot /dev /etc /home /media /mnt /opt /proc /root /run /srv /sys /tmp /usr /usr/local /var /var/cache /var/lib /var/log /var/run /var/spool /var/tmp'.split(
    ' ',
  ),
);

function isInterpreter(program: string): boolean {
  return /(?:^|\/)(?:(?:ba|da|k|z|c|tc|fi)?sh|busybox|(?:python|perl|ruby|php|node|nodejs|java|lua|tclsh|guile|mono|dotnet)[\d.]*)$/.test(
    program,
  );
}

/** What the service itself reads and is, under every name. */
function ownFiles(
  subject: Subject,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): ReadonlySet<string> {
  const { unit } = subject.service;
  const paths = [
    ...nodes.flatMap(({ kind, path }) => (kind === 'unit' || path === undefined ? [] : path)),
    unit.fragment.path,
    ...unit.dropIns.map(({ path }) => path),
    ...edges.flatMap(({ evidence, label }) =>
      label?.startsWith('Listen') === true && 'file' in evidence ? [evidence.file] : [],
    ),
  ];
  return new Set(paths.flatMap((path) => [path, ifReadable(() => subject.host.realPath(path)) ?? path]));
}

/** The lines of a file that name one thing in one way. */
function grouped(mentions: readonly Mention[]): Map<string, Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const key = `${mention.place.file}\n${mention.target.replace(/^\[::\]:/, '')}\n${mention.command ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [mention]);
    else if (!group.some(({ place }) => place.line === mention.place.line)) group.push(mention);
  }
  return groups;
}

function labelOf({ command, target }: Mention, lines: number): string {
  const what = command === undefined ? `names ${target}` : `runs ${command}`;
  return lines === 1 ? `${what} at` : `${what} in ${lines} lines, first at`;
}

function keyOf(to: string, evidence: GraphEdge['evidence']): string {
  return 'file' in evidence ? `${to} ${evidence.file}:${evidence.line}` : to;
}

function whatWasSearched({ files, isCut, scriptsCutAt, tooLarge }: Omit<Mentions, 'mentions'>): string[] {
  return [
    `who else refers to it: ${files} text files are searched (${SEARCHED}); neither other directories nor programs, nor names that a script puts together`,
    ...(isCut ? [`who else refers to it: files after the first ${files}`] : []),
    ...(scriptsCutAt === undefined
      ? []
      : [`who else refers to it: scripts that these files run, after the first ${scriptsCutAt}`]),
    ...(tooLarge.length === 0
      ? []
      : [`who else refers to it: files over ${showBytes(LARGEST_TEXT)}: ${firstOf(tooLarge, 3)}`]),
  ];
}
