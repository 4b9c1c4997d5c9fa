import { type MappedPath, parseMaps } from '../formats/proc-maps/parse-maps.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/** The programs and libraries that each process has mapped; undefined where it is gone, or another user's. */
export type MappedFiles = ReadonlyMap<number, readonly MappedPath[] | undefined>;

export function mappedFiles(host: Host, pids: readonly number[]): MappedFiles {
  return new Map(pids.map((pid) => [pid, mappedBy(host, pid)]));
}

function mappedBy(host: Host, pid: number): readonly MappedPath[] | undefined {
  const text = ifReadable(() => new TextDecoder().decode(host.readFile(`/proc/${pid}/maps`)));
  return text === undefined ? undefined : parseMaps(text).filter(({ executable }) => executable);
}
