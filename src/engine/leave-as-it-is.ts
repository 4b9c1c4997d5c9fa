import type { BackStep } from '../documents/plan.ts';
import { runs } from '../host/runs.ts';
import { historyOf } from '../journal/history.ts';
import { guardOf } from '../plan/guard.ts';
import { execute, type Execution } from './execute.ts';
import type { WayBack } from './go-back.ts';

/**
 * After a way back that can't come to its end, for an operator who is content with that: the guard goes, and a service that ran
 * before runs on what stands there now, with what was stopped with it.
 */
export async function leaveAsItIs({ machine, journal, reason, onProgress }: WayBack): Promise<Execution> {
  const { plan, service, before } = journal.begin;
  const { path } = guardOf(service);
  const start: BackStep = { kind: 'unit-start', unit: service };
  const steps: BackStep[] = [
    { kind: 'guard-lift', unit: service, path, createdDirectories: [] },
    { kind: 'daemon-reload' },
    ...(runs(before.unit.activeState) ? [start] : []),
  ];
  const attempt = historyOf(journal.records).backs + 1;
  journal.append({ type: 'back', reason: `${reason}; left as it is`, attempt, steps });
  return await execute({ direction: 'rollback', steps }, { machine, journal, plan, attempt }, onProgress);
}
