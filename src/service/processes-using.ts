import { parseMaps } from '../formats/proc-maps/parse-maps.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

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
 * host that is not the machine itself. A process in a mount namespace of its own may see another file by this name: it is counted.
 */
export function processesUsing(host: Host, path: string): ProcessesUsing | undefined {
  if (host.kind !== 'live') return undefined;
  const processes: ProcessUsing[] = [];
  let unreadable = 0;
  const pids = (ifReadable(() => host.list('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  for (const pid of pids.slice(0, MOST_PROCESSES)) {
    const program = linkOf(host, `/proc/${pid}/exe`);
    const maps = textOf(host, `/proc/${pid}/maps`);
    const isThere = maps === undefined && ifReadable(() => host.stat(`/proc/${pid}`)) !== undefined;
    if (isThere) unreadable += 1;
    const use = program === path ? 'runs' : (mappedAs(maps ?? '', path) ?? openedAs(host, pid, path));
    if (use === undefined) continue;
    const service = serviceOf(textOf(host, `/proc/${pid}/cgroup`) ?? '');
    processes.push({
      pid: Number(pid),
      ...(program === undefined ? {} : { program }),
      ...(service === undefined ? {} : { service }),
      use,
    });
  }
  return { processes: processes.sort((a, b) => a.pid - b.pid), unreadable };
}

function mappedAs(maps: string, path: string): 'maps' | 'maps-earlier' | undefined {
  if (!maps.includes(path)) return undefined;
  const mapped = parseMaps(maps).filter((file) => file.path === path);
  if (mapped.length === 0) return undefined;
  return mapped.every(({ deleted }) => deleted) ? 'maps-earlier' : 'maps';
}

function openedAs(host: Host, pid: string, path: string): 'has-open' | undefined {
  const files = (ifReadable(() => host.list(`/proc/${pid}/fd`)) ?? []).slice(0, MOST_FILES);
  return files.some((file) => linkOf(host, `/proc/${pid}/fd/${file}`) === path) ? 'has-open' : undefined;
}

/** The innermost service of the control groups: `0::/system.slice/nginx.service`. */
function serviceOf(cgroup: string): string | undefined {
  return [...cgroup.matchAll(/\/([^/\n]+\.service)(?=\/|$)/gm)].at(-1)?.[1];
}

function linkOf(host: Host, path: string): string | undefined {
  return ifReadable(() => host.readLink(path));
}

function textOf(host: Host, path: string): string | undefined {
  return ifReadable(() => new TextDecoder().decode(host.readFile(path)));
}
