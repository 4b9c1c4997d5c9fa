/** A TCP or UDP socket of a network namespace. Source: proc_net(5); tcp4_seq_show() of Linux. */
export interface InternetSocket {
  readonly inode: string;
  readonly local: InternetAddress;
  readonly remote: InternetAddress;
  /** By TCP's numbers: 1 established, 10 listening; of UDP 7 is one that is bound to no other end. */
  readonly state: number;
}

export interface InternetAddress {
  /** `127.0.0.1`, `::1` */
  readonly address: string;
  readonly port: number;
}

/** Reads /proc/PID/net/tcp, tcp6, udp or udp6, whose numbers are in the order of a little-endian machine unless told. */
export function parseInternetSockets(text: string, isLittleEndian = true): InternetSocket[] {
  const endOf = (word: string): InternetAddress | undefined => {
    const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(word);
    if (match === null) return undefined;
    const [, address = '', port = ''] = match;
    return { address: addressOf(address, isLittleEndian), port: Number.parseInt(port, 16) };
  };
  return text.split('\n').flatMap((line) => {
    const [, localWord = '', remoteWord = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
    const [local, remote] = [endOf(localWord), endOf(remoteWord)];
    if (local === undefined || remote === undefined) return [];
    return [{ inode, local, remote, state: Number.parseInt(state, 16) }];
  });
}

function addressOf(hex: string, isLittleEndian: boolean): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => {
    const inOrder = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    return isLittleEndian ? inOrder.reverse() : inOrder;
  });
  return bytes.length === 4 ? bytes.join('.') : addressOf6(bytes);
}

/** The longest run of two or more groups of zero is left out; an address of version 4 in it is shown as such. RFC 5952. */
function addressOf6(bytes: readonly number[]): string {
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  const text = groups.join(':');
  const runs = [...text.matchAll(/(?:^|:)(?:0(?::0)+)(?=:|$)/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index);
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
