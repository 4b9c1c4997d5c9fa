import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { RunningProcess, SystemdSays } from '../../host/systemd-says.ts';
import type { Service } from '../../service/service.ts';
import { showMoment } from '../show-moment.ts';
import { unreadChanges } from './unread-changes.ts';

/**
 * What has been changed already and the running service does not have yet, for people, a line each: whatever starts it anew
 * brings it into force. Of what the program itself reads nothing is known here.
 */
export function pendingChanges(host: Host, { unit, environment }: Service, says: SystemdSays): string[] {
  const { process } = says;
  const unread = unreadChanges(host, unit, says);
  const own = unread === undefined ? [unit.fragment, ...unit.dropIns].map(({ path }) => path) : [];
  const files = [
    ...own,
    ...environment.layers.flatMap((layer) => (layer.kind === 'file' ? [layer.path] : [])),
  ];
  return [
    ...(unread === undefined ? [] : [unread]),
    ...(process === undefined ? [] : changedSince(host, files, process)),
    ...(process === undefined ? [] : replacedProgram(host, process)),
  ];
}

function changedSince(host: Host, files: readonly string[], { startedAt }: RunningProcess): string[] {
  if (startedAt === undefined) return [];
  return [...new Set(files)]
    .filter((path) => changedAt(host, path) > startedAt)
    .map((path) => `${path} changed after the service was started (${showMoment(startedAt)})`);
}

/** Of a link also when it was made: it may lead to an older file than it did. In nanoseconds since 1970, 0 for what is not there. */
function changedAt(host: Host, path: string): bigint {
  const link = ifReadable(() => host.lstat(path))?.mtimeNs ?? 0n;
  const file = ifReadable(() => host.stat(path))?.mtimeNs ?? 0n;
  return file > link ? file : link;
}

const DELETED = ' (deleted)';

/** By a package that was upgraded, say. Source: proc(5), "/proc/pid/exe". */
function replacedProgram(host: Host, { pid }: RunningProcess): string[] {
  const program = ifReadable(() => host.readLink(`/proc/${pid}/exe`));
  if (program?.endsWith(DELETED) !== true) return [];
  const path = program.slice(0, -DELETED.length);
  if (ifReadable(() => host.stat(path)) === undefined) return [];
  return [`${path} is another program than the one that runs: it was replaced since`];
}
