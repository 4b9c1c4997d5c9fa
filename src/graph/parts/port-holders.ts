import type { GraphNode } from '../../documents/inspection.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { type ListeningPort, listeningPorts, socketHolders } from '../../host/listening-ports.ts';
import type { EffectiveProperties } from '../../service/directives/effective-property.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { showPlace } from '../../text/place.ts';
import type { Contribution } from '../graph.ts';
import type { Subject } from '../subject.ts';
import { listensOf } from './sockets.ts';

/** Attributes of a port that the service opens by itself: who holds it, and why it may not open it. */
export const HELD_BY = 'held by';
export const NOT_ALLOWED = 'not allowed';

/**
 * Of the ports that the configuration of the service names: which process of another unit of this machine listens there, or
 * which enabled socket unit would, and which ones below 1024 its user may not open.
 */
export function portHoldersPart(
  { host, service, properties }: Subject,
  parts: readonly Contribution[],
): Contribution {
  const nodes = parts.flatMap((part) => part.nodes);
  const given = new Set(nodes.flatMap(({ id, attributes }) => ('opened by' in attributes ? [id] : [])));
  const asked = nodes.filter(({ kind, id }) => kind === 'port' && !given.has(id));
  if (asked.length === 0) return { nodes: [], edges: [] };
  const listening = listeningPorts(host);
  const refusal = lowPortRefusal(host, properties);
  const units = socketUnits(host, service.name);
  const found = asked.flatMap((node): GraphNode[] => {
    const wanted = parsePort(node.name);
    if (wanted === undefined) return [];
    const holder = holderOf(host, service.name, wanted, listening) ?? units(wanted);
    const refused = wanted.port < refusal.below ? refusal.why : undefined;
    const attributes = {
      ...(holder === undefined ? {} : { [HELD_BY]: holder }),
      ...(refused === undefined ? {} : { [NOT_ALLOWED]: refused }),
    };
    return Object.keys(attributes).length === 0 ? [] : [{ ...node, attributes }];
  });
  return { nodes: found, edges: [] };
}

interface Wanted {
  readonly port: number;
  /** Undefined: all addresses. */
  readonly address: string | undefined;
  readonly family: 'IPv4' | 'IPv6';
}

/** `80`, `127.0.0.1:80`, `[::]:80`; a name such as localhost is taken for an address of its own. */
function parsePort(name: string): Wanted | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]*)\]:|([^[\]:]*):)?(\d{1,5})$/.exec(name);
  if (match === null) return undefined;
  const [, six, four] = match;
  const isAny =
    six === undefined ? four === undefined || four === '*' || four === '0.0.0.0' : /^[:0]*$/.test(six);
  return {
    port: Number(match[3]),
    address: isAny ? undefined : (six ?? four),
    family: six === undefined ? 'IPv4' : 'IPv6',
  };
}

function holderOf(
  host: Host,
  service: string,
  { port, address, family }: Wanted,
  listening: readonly ListeningPort[],
): string | undefined {
  for (const held of listening) {
    if (held.port !== port || held.family !== family) continue;
    // An address of IPv6 that is written in another way is not recognised.
    const clashes = held.isAny || address === undefined || held.address === address;
    if (!clashes) continue;
    const holders = socketHolders(host, held.inode);
    if (holders.some(({ unit, pid }) => unit === service || pid === 1)) continue;
    const [first] = holders;
    if (first === undefined) return `a process that may not be looked at`;
    return `${first.unit ?? 'no unit'} (process ${first.pid})`;
  }
  return undefined;
}

/** Enabled socket units with a stream at the port, those of the service itself left out. */
function socketUnits(host: Host, service: string): (wanted: Wanted) => string | undefined {
  const own = service.replace(/\.service$/, '');
  const names = UNIT_SEARCH_PATH.flatMap(
    (directory) => ifReadable(() => host.list(`${directory}/sockets.target.wants`)) ?? [],
  ).filter((name) => name.endsWith('.socket') && name !== `${own}.socket` && name !== `${own}@.socket`);
  const lines = [...new Set(names)].flatMap((unit) =>
    listensOf(host, unit)
      .filter(({ key }) => key === 'ListenStream')
      .flatMap(({ value, place }) => {
        const at = parsePort(value.toString());
        return at === undefined ? [] : [{ at, how: `${unit} (${showPlace(place)})` }];
      }),
  );
  return ({ port, address }) =>
    lines.find(
      ({ at }) =>
        at.port === port && (at.address === undefined || address === undefined || at.address === address),
    )?.how;
}

interface Refusal {
  readonly below: number;
  readonly why: string | undefined;
}

const UNPRIVILEGED = '/proc/sys/net/ipv4/ip_unprivileged_port_start';

/** Ports that only CAP_NET_BIND_SERVICE opens, and why the service has not got it; see capabilities(7) and ip(7). */
function lowPortRefusal(host: Host, properties: EffectiveProperties): Refusal {
  const text = ifReadable(() => new TextDecoder().decode(host.readFile(UNPRIVILEGED)));
  const below = text === undefined ? 1024 : Number(text);
  const value = (name: string): string => properties.get(name)?.value ?? '';
  const has = (name: string): boolean => value(name).split(' ').includes('cap_net_bind_service');
  const user = value('User');
  const isRoot = user === '' || user === 'root' || user === '0';
  if (!isRoot && !has('AmbientCapabilities'))
    return { below, why: `User=${user} has not got CAP_NET_BIND_SERVICE, which ports below ${below} want` };
  if (isRoot && properties.get('CapabilityBoundingSet')?.steps.length !== 0 && !has('CapabilityBoundingSet'))
    return {
      below,
      why: `CapabilityBoundingSet= takes CAP_NET_BIND_SERVICE away, which ports below ${below} want`,
    };
  return { below, why: undefined };
}
