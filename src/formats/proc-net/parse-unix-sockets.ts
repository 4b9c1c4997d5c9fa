/** A socket of the family AF_UNIX that has a name. Source: proc_net(5); unix_seq_show() of Linux. */
export interface UnixSocket {
  readonly inode: string;
  /** A path, or a name behind an `@` that is in no file system. */
  readonly name: string;
  readonly type: 'stream' | 'datagram' | 'packet';
  /** It takes connections; a datagram socket takes messages without. */
  readonly isListening: boolean;
}

const ACCEPTS = 0x10000; // __SO_ACCEPTCON
const TYPES: ReadonlyMap<string, UnixSocket['type']> = new Map([
  ['0001', 'stream'],
  ['0002', 'datagram'],
  ['0005', 'packet'],
]);

/** Reads /proc/PID/net/unix. */
export function parseUnixSockets(text: string): UnixSocket[] {
  return text.split('\n').flatMap((line) => {
    const match = /^[^:]+: \S+ \S+ ([0-9A-F]+) ([0-9A-F]{4}) [0-9A-F]+ +(\d+) (.+)$/.exec(line);
    if (match === null) return [];
    const [, flags = '0', number = '', inode = '', name = ''] = match;
    const type = TYPES.get(number);
    if (type === undefined) return [];
    const isListening = type === 'datagram' || (Number.parseInt(flags, 16) & ACCEPTS) !== 0;
    return [{ inode, name, type, isListening }];
  });
}
