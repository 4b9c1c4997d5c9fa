import type { Host } from '../host/host.ts';
import type { Machine } from '../host/machine.ts';
import { type Change, readJournals } from '../journal/changes.ts';
import { unitFilesOf } from '../service/unit-files.ts';
import type { LockOptions } from './under-lock.ts';

/**
 * The change that `choose` takes of those whose journals can be trusted; it is told the name that is in them where an alias of a
 * service was asked for. A damaged journal of another service is in
 * nobody's way; one whose service is not known is told of. Throws `CouldNotRun` for a damaged one that is meant
 * itself, or is of the same service: what it did may lie above or below what is to be acted on.
 */
export function changeMeant<Chosen extends Change>(
  { host, home }: Pick<Machine, 'host' | 'home'>,
  asked: string,
  choose: (changes: readonly Change[], asked: string) => Chosen,
  { onDamaged }: LockOptions,
): Chosen {
  const { changes, damaged } = readJournals(host, home);
  const known = [
    ...changes.map(({ begin }) => ({ change: begin.change, service: begin.service })),
    ...damaged.map(({ directory, service }) => ({ change: directory.change, service })),
  ];
  const isNamed = (name: string): boolean =>
    known.some(({ change, service }) => isMeant(name, change, service));
  const name = [asked, ...namesOf(asked, host)].find(isNamed) ?? asked;
  const itself = damaged.find(({ directory, service }) => isMeant(name, directory.change, service));
  if (itself !== undefined) throw itself.problem;
  const unknown = damaged.filter(({ service }) => service === undefined);
  const isKnown = changes.some(({ begin }) => isMeant(name, begin.change, begin.service));
  if (!isKnown && unknown[0] !== undefined) throw unknown[0].problem;
  for (const each of unknown) onDamaged?.(each);
  const chosen = choose(changes, name);
  const beside = damaged.find(({ service }) => service === chosen.begin.service);
  if (beside !== undefined) throw beside.problem;
  return chosen;
}

/** Whether an operator who names a change or a service means this one. */
export function isMeant(asked: string, change: string, service: string | undefined): boolean {
  return asked === change || (service !== undefined && [asked, `${asked}.service`].includes(service));
}

/** The names of a service that is asked for by one of them (`sshd`: ssh.service); none where systemd knows none. */
function namesOf(asked: string, host: Host): readonly string[] {
  const name = asked.endsWith(SUFFIX) ? asked : `${asked}${SUFFIX}`;
  const files = unitFilesOf(host, SUFFIX);
  const path = files.fileOf(name);
  return path === undefined ? [] : files.namesOf(name, path);
}

const SUFFIX = '.service';
