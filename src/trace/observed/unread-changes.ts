import type { Host } from '../../host/host.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import type { LoadedUnit } from '../../service/load-unit.ts';
import { showMoment } from '../show-moment.ts';

/** What of a unit's files systemd does not know yet, for people; undefined where it has read them as they are. */
export function unreadChanges(
  host: Host,
  unit: LoadedUnit,
  says: SystemdSays,
  first: readonly string[] = [],
): string | undefined {
  const own = [unit.fragment, ...unit.dropIns].map(({ path }) => path);
  const files = [
    ...own.filter((path) => first.includes(path)),
    ...own.filter((path) => !first.includes(path)),
  ];
  const known = new Set(says.files.flatMap((path) => [path, host.realPath(path) ?? path]));
  const unknown = files.find((path) => !known.has(path) && !known.has(host.realPath(path) ?? path));
  if (unknown !== undefined) return `systemd has not read ${unknown} yet`;
  const gone = says.files.find((path) => host.lstat(path) === undefined);
  if (gone !== undefined) return `systemd still has what was in ${gone}, which is gone`;
  const { loadedAt } = says.needsReload ? says.manager() : {};
  if (loadedAt === undefined) return undefined;
  const changed = files.find((path) => (host.stat(path)?.mtimeNs ?? 0n) > loadedAt);
  if (changed === undefined) return undefined;
  return `${changed} changed after systemd read its files (${showMoment(loadedAt)})`;
}
