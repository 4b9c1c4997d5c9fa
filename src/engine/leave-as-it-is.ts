import type { BackStep } from '../documents/plan.ts';
import { runs } from '../host/runs.ts';
import { historyOf } from '../journal/history.ts';
import { guardOf } from '../plan/guard.ts';
import { execute } from './execute.ts';
import type { WayBack } from './go-back.ts';
import { isTrigger } from './is-trigger.ts';

/** What came of it; `complaint`: the service, or what was stopped with it, could not be brought up. */
export type Left =
  | { readonly result: 'left'; readonly complaint?: string }
  | { readonly result: 'still guarded'; readonly reason: string };

/**
 * After a way back that can't come to its end, for an operator who is content with that: the guard goes, and a service that ran
 * before, or what waits for it, is started if it is down, on what stands there now and with what was stopped with it.
 */
export async function leaveAsItIs({ machine, journal, reason, onProgress }: WayBack): Promise<Left> {
  const { plan, service, before } = journal.begin;
  const { path } = guardOf(service);
  const free: BackStep[] = [
    { kind: 'guard-lift', unit: service, path, createdDirectories: [] },
    { kind: 'daemon-reload' },
  ];
  const { backs, leftStopped } = historyOf(journal.records);
  const wanted = runs(before.unit.activeState) ? [service] : leftStopped.filter(isTrigger);
  const starts = wanted.map((unit): BackStep => ({ kind: 'unit-start', unit }));
  const steps = [...free, ...starts];
  const attempt = backs + 1;
  journal.append({ type: 'back', reason, attempt, steps, acceptDifferences: true });
  const context = { machine, journal, plan, attempt };
  const execution = await execute({ direction: 'rollback', steps }, context, onProgress);
  if (execution.result === 'done') return { result: 'left' };
  const isFree = execution.facts.length > free.length; // the facts of the step that failed are the last
  return isFree
    ? { result: 'left', complaint: execution.reason }
    : { result: 'still guarded', reason: execution.reason };
}
