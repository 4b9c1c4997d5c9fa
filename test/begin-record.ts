import type { Step } from '../src/documents/plan.ts';
import type { NewRecord } from '../src/journal/record.ts';
import { unitFacts } from './unit-facts.ts';

/** The first record of a change to a service that runs. */
export function beginRecord(
  change: string,
  service: string,
  steps: readonly Step[] = [],
): Extract<NewRecord, { type: 'begin' }> {
  return {
    type: 'begin',
    change,
    service,
    plan: {
      apiVersion: 'cutover/v1',
      kind: 'Plan',
      service,
      digest: '6a9c1f',
      hostDigest: '',
      watched: [],
      steps: [...steps],
      gateBack: { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] },
      effects: { restarts: [], downtime: '', readers: [], leftAlone: [] },
      irreversible: [],
    },
    writer: { pid: 1 },
    before: { entries: [], unit: unitFacts({ result: '' }), notExamined: [] },
  };
}
