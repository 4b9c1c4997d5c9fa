import type { Plan } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import type { Service } from '../service/service.ts';
import { unitReferrers } from '../service/unit-referrers.ts';

/** Units other than the service whose files name one of `paths`, sorted, and what could not be searched; `open` is more of that; `loaded` are the units that systemd has. */
export function readersOf(
  host: Host,
  service: Service,
  paths: readonly string[],
  open: readonly string[] = [],
  loaded: readonly string[] = [],
): Pick<Plan['effects'], 'readers' | 'notExamined'> {
  const { referrers, notExamined: unread } = unitReferrers(host, service, new Set(paths), loaded);
  const notExamined = [...unread, ...open];
  const readers = new Map(
    referrers.map(({ unit, word }) => [`${unit} ${word}`, { unit, file: word }] as const),
  );
  return {
    readers: [...readers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reader]) => reader),
    ...(notExamined.length === 0 ? {} : { notExamined }),
  };
}
