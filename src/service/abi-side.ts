import type { Malformed } from '../formats/elf/malformed.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import { sectionSizes } from '../formats/elf/section-sizes.ts';
import type { AbiSide } from '../host/abidiff.ts';
import type { Host } from '../host/host.ts';
import { withFile } from '../host/with-file.ts';

const DEBUG_DIRECTORY = '/usr/lib/debug';

/** Where the debug information of a loaded library is: in it, or in the file that its build id names; else why there is none. */
export function abiSideOf(host: Host, { path, realPath, elf }: LoadedObject): AbiSide | string {
  const own = debugInfoIn(host, realPath);
  if (own === 'whole') return { host, path: realPath, debugFiles: [] };
  if (own === 'shared') return sharedIn(path);
  const { buildId } = elf;
  if (buildId === undefined) return `${path} has no debug information in it, and no build id to find it by`;
  const as = `.build-id/${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`;
  const debug = `${DEBUG_DIRECTORY}/${as}`;
  if (host.stat(debug)?.type !== 'file') return `${path} has no debug information, nor is there ${debug}`;
  const beside = debugInfoIn(host, debug);
  if (beside === 'whole') return { host, path: realPath, debugFiles: [{ path: debug, as }] };
  return beside === 'shared' ? sharedIn(debug) : `${debug} has no debug information in it`;
}

/** As dwz(1) leaves it: what several files have in common is in another file. */
function sharedIn(path: string): string {
  return `${path} has a part of its debug information in another file (.gnu_debugaltlink), which is not followed`;
}

function debugInfoIn(host: Host, path: string): 'whole' | 'shared' | 'none' {
  const sizes: ReadonlyMap<string, number> | Malformed = withFile(host, path, sectionSizes);
  if ('reason' in sizes || !SECTIONS.some((name) => (sizes.get(name) ?? 0) > 0)) return 'none';
  return sizes.has('.gnu_debugaltlink') ? 'shared' : 'whole';
}

/** The second is how binutils compressed it before 2015. */
const SECTIONS = ['.debug_info', '.zdebug_info'];
