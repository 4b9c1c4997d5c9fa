import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type ListeningSocket, observedSockets } from '../../service/observed-sockets.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { showPids } from './observed-processes.ts';

/**
 * Where the processes of the service listen at this moment, and whom they are connected to. A port or socket that `parts`
 * declare and on which nothing listens is marked so.
 */
export function observedSocketsPart(
  { host, service }: Subject,
  pids: readonly number[],
  parts: readonly Contribution[],
): Contribution {
  const root = nodeId('service', service.name);
  const { listening, connections, netlink, unreadable } = observedSockets(host, pids);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const declared = declaredIn(parts);
  const add = (
    kind: 'listens-on' | 'connects-to',
    node: Pick<GraphNode, 'kind' | 'name' | 'path'>,
    attributes: Readonly<Record<string, string>>,
    by: { readonly pids: readonly number[]; readonly file: string },
  ): void => {
    const id = nodeId(node.kind, node.name);
    nodes.push({ ...node, id, exists: true, attributes });
    const who = `${by.pids.length === 1 ? 'process' : 'processes'} ${showPids(by.pids)}`;
    edges.push({
      from: root,
      to: id,
      kind,
      evidence: { how: `${who}, by /proc/${by.pids[0]}/net/${by.file}` },
    });
  };
  for (const socket of listening) {
    if (socket.kind === 'unix') {
      const path = socket.name.startsWith('/') ? { path: socket.name } : {};
      const kind = declared.get(socket.name)?.kind ?? 'file';
      add(
        'listens-on',
        { kind, name: socket.name, ...path },
        { observed: 'listening' },
        { pids: socket.pids, file: 'unix' },
      );
    } else {
      const open = socket.open === 0 ? {} : { 'open connections': String(socket.open) };
      const attributes = { observed: 'listening', protocol: socket.protocol, ...open };
      add('listens-on', { kind: 'port', name: portName(socket) }, attributes, {
        pids: socket.pids,
        file: tableOf(socket.protocol, socket.address),
      });
    }
  }
  for (const { protocol, remote, count, pids: by } of connections) {
    const name = `${bracketed(remote.address)}:${remote.port}`;
    const attributes = { protocol, ...(count === 1 ? {} : { connections: String(count) }) };
    add('connects-to', { kind: 'host', name }, attributes, {
      pids: by,
      file: tableOf(protocol, remote.address),
    });
  }
  for (const [family, by] of netlink)
    add('connects-to', { kind: 'port', name: `netlink ${family}` }, {}, { pids: by, file: 'netlink' });
  const isComplete = pids.length > 0 && unreadable.length === 0;
  const silent = isComplete ? [...declared.values()].filter((node) => !isServed(node, listening)) : [];
  for (const node of silent) nodes.push({ ...node, attributes: { observed: 'not listening' } });
  return { nodes, edges, notExamined: notExamined(host.kind, pids, unreadable) };
}

function notExamined(kind: string, pids: readonly number[], unreadable: readonly number[]): string[] {
  const what = 'where it listens, whom it connects to and what its processes may do';
  if (kind !== 'live') return [`${what}: seen on the machine itself alone, while it runs`];
  if (pids.length === 0) return [`${what}: it does not run`];
  const peers = 'whom its UNIX sockets are connected to: the kernel does not list it in /proc';
  return unreadable.length === 0
    ? [peers]
    : [`sockets of process ${unreadable.join(', ')}: not readable, run it as root`, peers];
}

/** Ports, and sockets with a name, that a unit or a configuration says the service listens on. */
function declaredIn(parts: readonly Contribution[]): ReadonlyMap<string, GraphNode> {
  const unseen = new Set(
    parts.flatMap(({ edges }) => edges.flatMap(({ label = '', to }) => (UNSEEN.has(label) ? [to] : []))),
  );
  const nodes = parts
    .flatMap((part) => part.nodes)
    .filter(({ id, name }) => !unseen.has(id) && isInTables(name));
  return new Map(
    nodes.flatMap((node) =>
      node.kind === 'port' || node.attributes['socket unit'] !== undefined ? [[node.name, node]] : [],
    ),
  );
}

/** `22` for every address of version 4, `[::]:22` for every one of version 6, which may take those of version 4 as well. */
function portName({ protocol, address, port }: ListeningSocket & { kind: 'internet' }): string {
  const suffix = protocol === 'udp' ? '/udp' : '';
  return address === '0.0.0.0' ? `${port}${suffix}` : `${bracketed(address)}:${port}${suffix}`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** What /proc/PID/net has no table of: pipes, special files, message queues. */
const UNSEEN = new Set(['ListenFIFO', 'ListenSpecial', 'ListenMessageQueue']);

/** An address of the Internet or a socket with a name; not one of a virtual machine, nor what a specifier stands for. */
function isInTables(name: string): boolean {
  return (INTERNET.test(name) && !name.startsWith('vsock:')) || /^[/@][^%]*$/.test(name);
}

/** The table of the kernel that has a socket of this address: each version has its own. */
function tableOf(protocol: string, address: string): string {
  return address.includes(':') ? `${protocol}6` : protocol;
}

const INTERNET = /^(?:(.*):)?(\d+)(\/udp)?$/;

/** A port without an address, and a name that only a resolver knows, count as served by whoever listens on the port. */
function isServed({ name }: GraphNode, listening: readonly ListeningSocket[]): boolean {
  const match = INTERNET.exec(name);
  if (match === null)
    return listening.some((socket) => socket.kind === 'unix' && plain(socket.name) === plain(name));
  const [, asked, port, udp] = match;
  const address = asked?.replace(/^\[|\]$/g, '');
  return listening.some((socket) => {
    if (socket.kind !== 'internet' || socket.port !== Number(port)) return false;
    if (socket.protocol !== (udp === undefined ? 'tcp' : 'udp')) return false;
    if (address === undefined || address === socket.address || !/^[\d.]+$|:/.test(address)) return true;
    // One of every address takes what comes to this one; that of version 6 takes version 4 as well, unless it is told not to.
    return socket.address === '::' || (socket.address === '0.0.0.0' && !address.includes(':'));
  });
}

/** /var/run is /run. */
function plain(path: string): string {
  return path.replace(/^\/var\/run\//, '/run/');
}
