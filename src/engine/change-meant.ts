import type { Machine } from '../host/machine.ts';
import { type Change, readJournals } from '../journal/changes.ts';
import type { LockOptions } from './under-lock.ts';

/**
 * The change that `choose` takes of those whose journals can be trusted. A damaged journal of another service is in
 * nobody's way; one whose service is not known is told of. Throws `CouldNotRun` for a damaged one that is meant
 * itself, or is of the same service: what it did may lie above or below what is to be acted on.
 */
export function changeMeant<Chosen extends Change>(
  { host, home }: Pick<Machine, 'host' | 'home'>,
  asked: string,
  choose: (changes: readonly Change[]) => Chosen,
  { onDamaged }: LockOptions,
): Chosen {
  const { changes, damaged } = readJournals(host, home);
  const itself = damaged.find(({ directory, service }) => isMeant(asked, directory.change, service));
  if (itself !== undefined) throw itself.problem;
  const unknown = damaged.filter(({ service }) => service === undefined);
  const isKnown = changes.some(({ begin }) => isMeant(asked, begin.change, begin.service));
  if (!isKnown && unknown[0] !== undefined) throw unknown[0].problem;
  for (const each of unknown) onDamaged?.(each);
  const chosen = choose(changes);
  const beside = damaged.find(({ service }) => service === chosen.begin.service);
  if (beside !== undefined) throw beside.problem;
  return chosen;
}

/** Whether an operator who names a change or a service means this one. */
export function isMeant(asked: string, change: string, service: string | undefined): boolean {
  return asked === change || (service !== undefined && [asked, `${asked}.service`].includes(service));
}
