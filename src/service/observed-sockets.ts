import {
  type InternetAddress,
  type InternetSocket,
  parseInternetSockets,
} from '../formats/proc-net/parse-internet-sockets.ts';
import { parseNetlinkSockets } from '../formats/proc-net/parse-netlink-sockets.ts';
import { parseUnixSockets } from '../formats/proc-net/parse-unix-sockets.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/** The sockets of the processes of a service at one moment. */
export interface ObservedSockets {
  readonly listening: readonly ListeningSocket[];
  /** Connections that the processes made to elsewhere, or may have: those to a port that listens here are left out. */
  readonly connections: readonly Connection[];
  /** Parts of the kernel that they talk to over netlink, each with the processes. */
  readonly netlink: ReadonlyMap<string, readonly number[]>;
  /** Processes whose sockets could not be told. */
  readonly unreadable: readonly number[];
}

export type ListeningSocket =
  | {
      readonly kind: 'internet';
      readonly protocol: 'tcp' | 'udp';
      /** `0.0.0.0` and `::` are every address. */
      readonly address: string;
      readonly port: number;
      /** Connections that came in there and are open. */
      readonly open: number;
      readonly pids: readonly number[];
    }
  /** `name` is a path, or begins with an `@`. */
  | { readonly kind: 'unix'; readonly name: string; readonly pids: readonly number[] };

export interface Connection {
  readonly protocol: 'tcp' | 'udp';
  readonly remote: InternetAddress;
  readonly count: number;
  readonly pids: readonly number[];
}

/**
 * Joins the sockets of the processes' network namespaces with what the processes hold open, by inode, as ss(8) does from
 * the same files. Other ends of UNIX sockets are not in these files.
 */
export function observedSockets(host: Host, pids: readonly number[]): ObservedSockets {
  const holders = new Map<string, number[]>();
  const unreadable: number[] = [];
  const byNamespace = new Map<string, number>();
  for (const pid of pids) {
    const inodes = socketsHeldBy(host, pid);
    if (inodes === undefined) unreadable.push(pid);
    for (const inode of inodes ?? []) holders.set(inode, [...(holders.get(inode) ?? []), pid]);
    const namespace = ifReadable(() => host.readLink(`/proc/${pid}/ns/net`));
    if (namespace !== undefined && !byNamespace.has(namespace)) byNamespace.set(namespace, pid);
  }
  const found = [...byNamespace.values()].map((pid) => socketsIn(host, pid, holders));
  return {
    listening: merged(found.flatMap(({ listening }) => listening)),
    connections: found.flatMap(({ connections }) => connections),
    netlink: new Map(found.flatMap(({ netlink }) => [...netlink])),
    unreadable,
  };
}

const MOST_DESCRIPTORS = 100_000;

function socketsHeldBy(host: Host, pid: number): readonly string[] | undefined {
  const names = ifReadable(() => host.list(`/proc/${pid}/fd`));
  const inodes = names?.slice(0, MOST_DESCRIPTORS).flatMap((name) => {
    const target = ifReadable(() => host.readLink(`/proc/${pid}/fd/${name}`));
    return /^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? [];
  });
  return inodes === undefined ? undefined : [...new Set(inodes)];
}

type Held = ReadonlyMap<string, readonly number[]>;
type InNamespace = Pick<ObservedSockets, 'listening' | 'connections' | 'netlink'>;

function socketsIn(host: Host, pid: number, holders: Held): InNamespace {
  const textOf = (name: string): string =>
    ifReadable(() => new TextDecoder().decode(host.readFile(`/proc/${pid}/net/${name}`))) ?? '';
  const internet = (['tcp', 'udp'] as const).map((protocol) => {
    const all = [protocol, `${protocol}6`].flatMap((name) => parseInternetSockets(textOf(name)));
    return internetSockets(protocol, all, holders);
  });
  const unix = parseUnixSockets(textOf('unix')).flatMap(({ inode, name, isListening }): ListeningSocket[] => {
    const pids = holders.get(inode);
    return pids === undefined || !isListening ? [] : [{ kind: 'unix', name, pids }];
  });
  const netlink = new Map<string, readonly number[]>();
  for (const { inode, family } of parseNetlinkSockets(textOf('netlink'))) {
    const pids = holders.get(inode);
    if (pids !== undefined) netlink.set(family, union(netlink.get(family) ?? [], pids));
  }
  return {
    listening: [...internet.flatMap(({ listening }) => listening), ...unix],
    connections: internet.flatMap(({ connections }) => connections),
    netlink,
  };
}

const LISTENING = { tcp: 10, udp: 7 };

function internetSockets(
  protocol: 'tcp' | 'udp',
  all: readonly InternetSocket[],
  holders: Held,
): Pick<InNamespace, 'listening' | 'connections'> {
  const listens = all.filter(({ state }) => state === LISTENING[protocol]);
  const ports = new Set(protocol === 'tcp' ? listens.map(({ local }) => local.port) : []);
  const others = all.filter(({ state, remote }) => state !== LISTENING[protocol] && remote.port !== 0);
  const listening = listens.flatMap(({ inode, local: { address, port } }): ListeningSocket[] => {
    const pids = holders.get(inode);
    if (pids === undefined) return [];
    const open = others.filter(({ local, inode: one }) => local.port === port && holders.has(one)).length;
    return [{ kind: 'internet', protocol, address, port, open, pids }];
  });
  const connections = new Map<string, Connection>();
  for (const { inode, local, remote } of others) {
    const pids = holders.get(inode);
    if (pids === undefined || ports.has(local.port)) continue;
    const key = `${remote.address} ${remote.port}`;
    const known = connections.get(key) ?? { protocol, remote, count: 0, pids: [] };
    connections.set(key, { ...known, count: known.count + 1, pids: union(known.pids, pids) });
  }
  return { listening, connections: [...connections.values()] };
}

/** Sockets that share a port (SO_REUSEPORT), or a name, are told once. */
function merged(sockets: readonly ListeningSocket[]): readonly ListeningSocket[] {
  const byKey = new Map<string, ListeningSocket>();
  for (const socket of sockets) {
    const key = socket.kind === 'unix' ? socket.name : `${socket.protocol} ${socket.address} ${socket.port}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? socket : { ...known, pids: union(known.pids, socket.pids) });
  }
  return [...byKey.values()];
}

function union(one: readonly number[], other: readonly number[]): readonly number[] {
  return [...new Set([...one, ...other])].sort((a, b) => a - b);
}
