import { type MappedPath, parseMaps } from '../formats/proc-maps/parse-maps.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

/** The programs and libraries that a process has mapped; undefined where it is gone, or another user's. */
export function mappedFiles(host: Host, pid: number): readonly MappedPath[] | undefined {
  const text = ifReadable(() => new TextDecoder().decode(host.readFile(`/proc/${pid}/maps`)));
  return text === undefined ? undefined : parseMaps(text).filter(({ executable }) => executable);
}
