import type { CouldNotRun } from '../documents/could-not-run.ts';
import { HostError } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import type { UnitsNow } from '../host/units-now.ts';
import { readJournals } from '../journal/changes.ts';
import { lockHolder, lockIsHeld } from '../journal/lock.ts';
import { NothingToChange } from '../plan/nothing-to-change.ts';
import { shellWord } from '../text/shell-word.ts';
import { unfinishedChange } from './unfinished-change.ts';

/**
 * What is to be said of a service whose files are as a spec wants them. A change of it that did not come to its end goes
 * first, because it left them so; then, that the service does not run. Reads only, and without the lock.
 */
export function whyNothingToChange(
  machine: Pick<Machine, 'host' | 'home' | 'processes'>,
  service: string,
  now: UnitsNow | undefined,
): CouldNotRun {
  try {
    const unfinished = unfinishedOf(machine, service);
    if (unfinished !== undefined) return unfinished;
  } catch (error) {
    if (!(error instanceof HostError) || error.reason !== 'denied') throw error;
    return new NothingToChange(service, {
      but: 'whether a change of it is unfinished is not known',
      why: 'Only root can read the journal.',
      next: 'sudo cutover status',
    });
  }
  if (now === undefined || now.runs(service)) return new NothingToChange(service);
  return new NothingToChange(service, {
    but: 'it is not running',
    next: `systemctl start ${shellWord(service)}`,
  });
}

function unfinishedOf(
  machine: Pick<Machine, 'host' | 'home' | 'processes'>,
  service: string,
): CouldNotRun | undefined {
  const holder = lockHolder(machine);
  const { changes, damaged } = readJournals(machine.host, machine.home);
  const its = changes.filter(({ begin }) => begin.service === service);
  if (holder !== undefined && its.some(({ state }) => state === 'interrupted'))
    return lockIsHeld(machine, holder);
  const untrusted = damaged.find((journal) => journal.service === undefined || journal.service === service);
  return untrusted?.problem ?? unfinishedChange(its, service);
}
