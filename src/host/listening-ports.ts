import { textOfFile } from './text-of-file.ts';
import { parseInternetSockets } from '../formats/proc-net/parse-internet-sockets.ts';
import type { Host } from './host.ts';
import { ifReadable } from './if-readable.ts';

/** A TCP socket that listens on this machine. */
export interface ListeningPort {
  readonly port: number;
  readonly family: 'IPv4' | 'IPv6';
  /** Of all addresses. */
  readonly isAny: boolean;
  readonly address: string;
  readonly inode: string;
}

/** A process that holds a socket, and the unit whose control group it is in. */
export interface SocketHolder {
  readonly pid: number;
  readonly unit: string | undefined;
}

const SIZE_LIMIT = 16 * 1024 * 1024;
const MOST_PROCESSES = 20_000;
const MOST_FILES = 5_000;

/** Every TCP socket that listens, by proc(5); none where there is no /proc. */
export function listeningPorts(host: Host): readonly ListeningPort[] {
  return (['IPv4', 'IPv6'] as const).flatMap((family) =>
    parseInternetSockets(textIn(host, family === 'IPv4' ? '/proc/net/tcp' : '/proc/net/tcp6')).flatMap(
      ({ inode, local: { address, port }, state }) =>
        state === LISTENS ? [{ port, family, isAny: /^[0.:]+$/.test(address), address, inode }] : [],
    ),
  );
}

const LISTENS = 10;

/** The processes that hold a socket, as far as they may be looked at. */
export function socketHolders(host: Host, inode: string): readonly SocketHolder[] {
  const pids = (ifReadable(() => host.list('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  return pids.slice(0, MOST_PROCESSES).flatMap((pid) => {
    const files = (ifReadable(() => host.list(`/proc/${pid}/fd`)) ?? []).slice(0, MOST_FILES);
    const holds = files.some(
      (file) => ifReadable(() => host.readLink(`/proc/${pid}/fd/${file}`)) === `socket:[${inode}]`,
    );
    return holds ? [{ pid: Number(pid), unit: unitOf(host, pid) }] : [];
  });
}

/** The innermost unit on the way to its control group. */
function unitOf(host: Host, pid: string): string | undefined {
  return textIn(host, `/proc/${pid}/cgroup`)
    .split('\n')
    .flatMap((line) => line.split('/'))
    .findLast((part) => part.endsWith('.service') || part.endsWith('.scope'));
}

function textIn(host: Host, path: string): string {
  return ifReadable(() => textOfFile(host, path, SIZE_LIMIT)) ?? '';
}
