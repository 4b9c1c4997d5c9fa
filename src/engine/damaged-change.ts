import type { DamagedChange } from '../documents/outcome.ts';
import type { DamagedJournal } from '../journal/changes.ts';

/** What documents say of a journal that can't be trusted. */
export function damagedChange({ directory, service, problem }: DamagedJournal): DamagedChange {
  return {
    change: directory.change,
    service,
    journal: directory.records,
    reason: problem.message,
    next: problem.next,
  };
}
