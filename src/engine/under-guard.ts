import type { BackStep } from '../documents/plan.ts';
import type { BegunStep } from '../journal/history.ts';
import { guardOf } from '../plan/guard.ts';
import { isWithin } from '../text/is-within.ts';

/**
 * Steps of a way back that puts state back, in order, under a guard: from the first file until the state is back, and compared, nothing, neither a
 * boot nor `systemctl start`, can start the old program on the new state. systemd forgets the guard when the service has started:
 * a reload before would be time in which it is down.
 */
export function underGuard(
  service: string,
  begun: readonly BegunStep[],
  steps: readonly BackStep[],
): BackStep[] {
  const { path } = guardOf(service);
  const made = begun
    .flatMap(({ foreseen }) => foreseen.createdDirectories ?? [])
    .filter((directory) => isWithin(path, directory));
  const guard = { unit: service, path };
  const reload: BackStep = { kind: 'daemon-reload' };
  const prepared = steps.filter(({ kind }) => kind === 'state-prepare');
  const unguarded = steps.filter(({ kind }) => kind !== 'guard-lift' && kind !== 'state-prepare');
  const isCompared = 1 + unguarded.findIndex(({ kind }) => kind === 'verify-files');
  const isStarted = unguarded.findIndex(({ kind }) => kind === 'verify-unit');
  return [
    ...prepared, // takes long: until then systemd may start the service again by itself
    { kind: 'guard-set', ...guard },
    reload,
    ...unguarded.slice(0, isCompared),
    { kind: 'guard-lift', ...guard, createdDirectories: [...new Set(made)].sort() },
    ...unguarded.slice(isCompared, isStarted),
    reload,
    ...unguarded.slice(isStarted),
  ];
}
