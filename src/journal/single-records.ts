import type { JournalRecord } from './record.ts';

/** The records with those of several steps taken apart: an intent and a done for each, at the place of theirs. */
export function singleRecords(
  records: readonly JournalRecord[],
): Exclude<JournalRecord, { type: 'intents' | 'dones' }>[] {
  return records.flatMap((record) => {
    if (record.type === 'intents') {
      const { steps, ...rest } = record;
      return steps.map((step) => ({ ...rest, ...step, type: 'intent' as const }));
    }
    if (record.type === 'dones') {
      const { steps, ...rest } = record;
      return steps.map((step) => ({ ...rest, ...step, type: 'done' as const }));
    }
    return [record];
  });
}
