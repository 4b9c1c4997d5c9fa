import { isWithin } from '../text/is-within.ts';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Irreversible } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import type { PlanAdvice } from '../knowledge/plan-advice.ts';
import { entryPath } from './entry-path.ts';
import { entryState } from './entry-state.ts';
import { reservedState } from './reserved-path.ts';
import type { Spec } from './spec.ts';
import { stateSize } from './state-size.ts';
import type { StepOfKind } from './step-duties.ts';

export interface PlannedState {
  readonly snapshots: readonly StepOfKind<'state-snapshot'>[];
  readonly removals: readonly StepOfKind<'file-remove'>[];
}

/**
 * What is kept as it is while the service is down, and what is removed then. Everything that is removed is inside a
 * snapshot, so that it comes back with it. Links on the way are followed: a snapshot is of the real directory.
 */
export function planState({ state }: Spec, host: Host, advice: PlanAdvice): PlannedState {
  const wanted = [
    ...advice.state.filter((part) => part.class === 'snapshot').map(({ path, why }) => ({ path, why })),
    ...state.snapshot.map((path) => ({ path, why: 'named in the spec' })),
  ].map(({ path, why }) => ({ path: host.realPath(path) ?? entryPath(host, path), why }));
  for (const { path } of wanted) {
    const reserved = reservedState(path);
    if (reserved !== undefined) throw new CouldNotRun(`${path} is to be kept as state, and it ${reserved}`);
  }
  const removals = state.remove.map((path) => removal(host, entryPath(host, path)));
  for (const { path } of removals) {
    if (!wanted.some((part) => isWithin(path, part.path)))
      wanted.push({ path, why: 'is removed before the start' });
  }
  const outermost = wanted.filter(
    ({ path }, index) =>
      !wanted.some((other, at) => isWithin(path, other.path) && (path !== other.path || at < index)),
  );
  return {
    snapshots: outermost.map(({ path, why }) => {
      const holds = stateSize(host, path);
      return { kind: 'state-snapshot', path, why, ...(holds === undefined ? {} : { holds }) };
    }),
    removals,
  };
}

/** The points of no return with paths as the snapshots have them. */
export function planIrreversible(spec: Spec, host: Host, advice: PlanAdvice): Irreversible[] {
  return advice.irreversible.map((point) => ({
    ...point,
    accepted: spec.accept.includes(point.id),
    crossedWhenLinkChanged: entryPath(host, point.crossedWhenLinkChanged),
    leaveOut: point.leaveOut.map((path) => entryPath(host, path)),
  }));
}

function removal(host: Host, path: string): StepOfKind<'file-remove'> {
  const before = entryState(host, path);
  if (before.type === 'directory') {
    throw new CouldNotRun(`${path} is a directory, and state: remove: takes files and links only`);
  }
  return { kind: 'file-remove', path, why: 'named in the spec under state: remove:', before };
}
