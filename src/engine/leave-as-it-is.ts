import type { BackStep } from '../documents/plan.ts';
import { runs } from '../host/runs.ts';
import { historyOf } from '../journal/history.ts';
import { guardOf } from '../plan/guard.ts';
import { execute } from './execute.ts';
import type { WayBack } from './go-back.ts';

/** What came of it; `complaint`: the service, or what was stopped with it, could not be brought up. */
export type Left =
  | { readonly result: 'left'; readonly complaint?: string }
  | { readonly result: 'still guarded'; readonly reason: string };

/**
 * After a way back that can't come to its end, for an operator who is content with that: the guard goes, and a service that ran
 * before runs on what stands there now, with what was stopped with it, as far as these can be started.
 */
export async function leaveAsItIs({ machine, journal, reason, onProgress }: WayBack): Promise<Left> {
  const { plan, service, before } = journal.begin;
  const { path } = guardOf(service);
  const free: BackStep[] = [
    { kind: 'guard-lift', unit: service, path, createdDirectories: [] },
    { kind: 'daemon-reload' },
  ];
  const start: BackStep = { kind: 'unit-start', unit: service };
  const steps = runs(before.unit.activeState) ? [...free, start] : free;
  const attempt = historyOf(journal.records).backs + 1;
  journal.append({ type: 'back', reason: `${reason}; left as it is`, attempt, steps });
  const context = { machine, journal, plan, attempt };
  const execution = await execute({ direction: 'rollback', steps }, context, onProgress);
  if (execution.result === 'done') return { result: 'left' };
  const isFree = execution.facts.length > free.length; // the facts of the step that failed are the last
  return isFree
    ? { result: 'left', complaint: execution.reason }
    : { result: 'still guarded', reason: execution.reason };
}
