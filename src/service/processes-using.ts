import { textOfFile } from '../host/text-of-file.ts';
import { parseMaps } from '../formats/proc-maps/parse-maps.ts';
import { parseMountinfo } from '../formats/mountinfo/parse-mountinfo.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { namesInMounts } from './names-in-mounts.ts';

/** A process that uses a file at this moment. */
export interface ProcessUsing {
  readonly pid: number;
  readonly program?: string;
  readonly service?: string;
  readonly use: 'runs' | 'maps' | 'maps-earlier' | 'has-open';
}

export interface ProcessesUsing {
  readonly processes: readonly ProcessUsing[];
  /** How many processes could not be looked at. */
  readonly unreadable: number;
}

const MOST_PROCESSES = 100_000;
const MOST_FILES = 10_000;

/**
 * The processes of this machine that run the file at `path` (a real path), have it mapped or open, each with its strongest use; undefined for a
 * host that is not the machine itself. A process in a mount namespace of its own may see the file by other names, and another file by this name.
 */
export function processesUsing(host: Host, path: string): ProcessesUsing | undefined {
  if (host.kind !== 'live') return undefined;
  const processes: ProcessUsing[] = [];
  let unreadable = 0;
  const ours = ifReadable(() => textOfFile(host, '/proc/self/mountinfo'));
  const namesFor = new Map<string | undefined, readonly string[]>([
    [undefined, [path]],
    [ours, [path]],
  ]);
  const namesSeenBy = (pid: string): readonly string[] => {
    const theirs = ifReadable(() => textOfFile(host, `/proc/${pid}/mountinfo`));
    const known = namesFor.get(theirs);
    if (known !== undefined || ours === undefined || theirs === undefined) return known ?? [path];
    const names = namesInMounts(path, parseMountinfo(ours), parseMountinfo(theirs));
    namesFor.set(theirs, names);
    return names;
  };
  const pids = (ifReadable(() => host.list('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  for (const pid of pids.slice(0, MOST_PROCESSES)) {
    const program = ifReadable(() => host.readLink(`/proc/${pid}/exe`));
    const maps = ifReadable(() => textOfFile(host, `/proc/${pid}/maps`));
    const isThere = maps === undefined && ifReadable(() => host.stat(`/proc/${pid}`)) !== undefined;
    if (isThere) unreadable += 1;
    const names = namesSeenBy(pid);
    const use =
      program !== undefined && names.includes(program)
        ? 'runs'
        : (mappedAs(maps ?? '', names) ?? openedAs(host, pid, names));
    if (use === undefined) continue;
    const service = serviceOf(ifReadable(() => textOfFile(host, `/proc/${pid}/cgroup`)) ?? '');
    processes.push({
      pid: Number(pid),
      ...(program === undefined ? {} : { program }),
      ...(service === undefined ? {} : { service }),
      use,
    });
  }
  return { processes: processes.sort((a, b) => a.pid - b.pid), unreadable };
}

function mappedAs(maps: string, names: readonly string[]): 'maps' | 'maps-earlier' | undefined {
  if (!names.some((name) => maps.includes(name))) return undefined;
  const mapped = parseMaps(maps).filter((file) => names.includes(file.path));
  if (mapped.length === 0) return undefined;
  return mapped.every(({ deleted }) => deleted) ? 'maps-earlier' : 'maps';
}

function openedAs(host: Host, pid: string, names: readonly string[]): 'has-open' | undefined {
  const files = (ifReadable(() => host.list(`/proc/${pid}/fd`)) ?? []).slice(0, MOST_FILES);
  const isOpen = files.some((file) =>
    names.includes(ifReadable(() => host.readLink(`/proc/${pid}/fd/${file}`)) ?? ''),
  );
  return isOpen ? 'has-open' : undefined;
}

/** The innermost service of the control groups: `0::/system.slice/nginx.service`. */
function serviceOf(cgroup: string): string | undefined {
  return [...cgroup.matchAll(/\/([^/\n]+\.service)(?=\/|$)/gm)].at(-1)?.[1];
}
