import type { Irreversible } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import { historyOf } from '../journal/history.ts';
import type { StepContext } from './step-action.ts';

/** A copied state directory: where it belongs and where its copy is. */
export interface StateCopy {
  readonly path: string;
  readonly copy: string;
}

/** Ids of the points of no return that are crossed, as seen now or by an earlier way back. */
export function crossedPoints(state: StateCopy, { machine, journal, plan }: StepContext): string[] {
  const earlier = historyOf(journal.records).crossed;
  return plan.irreversible
    .filter((point) => earlier.includes(point.id) || isCrossed(machine.host, point, state))
    .map((point) => point.id);
}

/** Paths that must stay out of a restored state directory. */
export function leftOut(points: readonly Irreversible[], crossed: readonly string[]): string[] {
  return points.filter((point) => crossed.includes(point.id)).flatMap((point) => point.leaveOut);
}

function isCrossed(
  host: Host,
  { crossedWhenLinkChanged: link }: Irreversible,
  { path, copy }: StateCopy,
): boolean {
  if (!link.startsWith(`${path}/`)) return false;
  const target = linkTarget(host, link);
  return target !== undefined && target !== linkTarget(host, `${copy}${link.slice(path.length)}`);
}

function linkTarget(host: Host, path: string): string | undefined {
  return host.lstat(path)?.type === 'link' ? host.readLink(path) : undefined;
}
