import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';

const MOST_NEIGHBOURS = 200;
/** Files of one package are unpacked within a moment, and keep the times of the archive. */
const SAME_TIME_NS = 60n * 1_000_000_000n;

/** For people: that a file was written after all other files of its directory; undefined when it wasn't. */
export function writtenLater(host: Host, file: string): string | undefined {
  return ifReadable(() => {
    const own = host.stat(file)?.mtimeNs;
    const directory = file.slice(0, file.lastIndexOf('/'));
    const neighbours = (host.list(directory) ?? []).slice(0, MOST_NEIGHBOURS).flatMap((name) => {
      const facts = host.lstat(`${directory}/${name}`);
      return facts?.type === 'file' && `${directory}/${name}` !== file ? [facts.mtimeNs] : [];
    });
    if (own === undefined || neighbours.length === 0) return undefined;
    const last = neighbours.reduce((a, b) => (a > b ? a : b));
    if (own - last <= SAME_TIME_NS) return undefined;
    return `it was written ${showTime(own)}, after all other files of its directory (${showTime(last)})`;
  });
}

function showTime(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString().replace(/\.\d+Z$/, 'Z');
}
