import { runs } from '../host/runs.ts';
import type { Journal } from '../journal/journal.ts';
import type { JournalRecord, StepFacts } from '../journal/record.ts';

/** How long the change, or its way back, has kept the service down so far; a service that was down before it not at all. */
export function downtimeSoFar(
  { begin, records }: Pick<Journal, 'begin' | 'records'>,
  runsNow: boolean,
): number {
  if (!runs(begin.before.unit.activeState)) return 0;
  return downtimeMs(factsSinceWellEnd(records), Date.now(), runsNow);
}

/**
 * Milliseconds between a stop and the start that followed it, summed. A stop without a start lasts until `now`;
 * so does the last one when the service, though started, does not run.
 */
export function downtimeMs(facts: readonly StepFacts[], now: number, runs: boolean): number {
  const downs: { from: number; to: number }[] = [];
  let stoppedAt: number | undefined;
  for (const fact of facts) {
    // One that ran at its stop was up in between, since when is not known.
    const wasUp = fact.stoppedPid !== undefined && fact.stoppedPid > 0;
    if (stoppedAt === undefined || wasUp) stoppedAt = fact.stoppedAt ?? stoppedAt;
    if (fact.startedAt === undefined || stoppedAt === undefined) continue;
    downs.push({ from: stoppedAt, to: fact.startedAt });
    stoppedAt = undefined;
  }
  if (stoppedAt === undefined && !runs) stoppedAt = downs.pop()?.from;
  if (stoppedAt !== undefined) downs.push({ from: stoppedAt, to: now });
  return downs.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
}

/**
 * What the steps found since the change began, or last ended in what does not need the operator; a stop that was cut short counts
 * from its intent.
 */
export function factsSinceWellEnd(records: readonly JournalRecord[]): StepFacts[] {
  const run = records.slice(records.findLastIndex(isWellEnd) + 1);
  return run.flatMap((record, index): StepFacts[] => {
    if (record.type === 'done' || record.type === 'failed') return [record.facts];
    if (record.type !== 'intent') return [];
    const { kind } = record.action;
    if (kind !== 'unit-stop' && kind !== 'unit-restart') return [];
    const next = run[index + 1];
    const isOver = next?.type === 'done' || next?.type === 'failed';
    // A restart that was not cut short tells by systemd's clock, and of a service that was down nothing.
    const isTold = isOver && (kind === 'unit-restart' || next.facts.stoppedAt !== undefined);
    return isTold ? [] : [{ stoppedAt: Date.parse(record.at) }];
  });
}

function isWellEnd(record: JournalRecord): boolean {
  return record.type === 'end' && record.outcome.state !== 'needs-operator';
}
