import { textOfFile } from './text-of-file.ts';
import type { Host } from './host.ts';
import { ifReadable } from './if-readable.ts';

/** Where systemd's control groups lie: the unified hierarchy, or its own one beside older ones. */
const HIERARCHIES = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified', '/sys/fs/cgroup/systemd'];
const MOST_GROUPS = 1000;

/**
 * All processes of a running service of this machine: those in its control group, which systemd names after the unit
 * inside of its slice, and in the groups below. Asks nobody; none on another host than the machine itself.
 */
export function serviceProcesses(host: Host, unit: string): readonly number[] {
  if (host.kind !== 'live') return [];
  for (const hierarchy of HIERARCHIES) {
    const slices = below(host, hierarchy, (name) => name.endsWith('.slice'));
    const group = [hierarchy, ...slices]
      .map((slice) => `${slice}/${unit}`)
      .find((path) => isDirectory(host, path));
    if (group !== undefined) return processesIn(host, [group, ...below(host, group, () => true)]);
  }
  return [];
}

/** The services of this machine that run, by their control groups; none on another host. */
export function runningServices(host: Host): readonly string[] {
  if (host.kind !== 'live') return [];
  const names = HIERARCHIES.flatMap((hierarchy) => {
    const slices = below(host, hierarchy, (name) => name.endsWith('.slice'));
    return [hierarchy, ...slices].flatMap((slice) => host.list(slice) ?? []);
  });
  return [...new Set(names.filter((name) => name.endsWith('.service')))];
}

/** The groups inside of a group, level by level. */
function below(host: Host, top: string, isWanted: (name: string) => boolean): string[] {
  const groups = [top];
  for (const group of groups) {
    const names = (host.list(group) ?? []).filter(isWanted);
    const inside = names.map((name) => `${group}/${name}`).filter((path) => isDirectory(host, path));
    groups.push(...inside.slice(0, MOST_GROUPS - groups.length));
  }
  return groups.slice(1);
}

function processesIn(host: Host, groups: readonly string[]): number[] {
  const pids = groups.flatMap((group) =>
    (ifReadable(() => textOfFile(host, `${group}/cgroup.procs`)) ?? '').split('\n').map(Number),
  );
  return [...new Set(pids.filter((pid) => pid > 0))].sort((a, b) => a - b);
}

function isDirectory(host: Host, path: string): boolean {
  return host.lstat(path)?.type === 'directory';
}

/** Empty where the group is gone, or holds threads alone. */
