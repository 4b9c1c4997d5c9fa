import type { BackStep, BackStepKind, Step } from '../documents/plan.ts';
import type { Outcome } from '../documents/outcome.ts';
import type { Records, StepFacts } from './record.ts';
import { singleRecords } from './single-records.ts';

/** What a journal says of the steps of the change itself and of its ways back. */
export interface History {
  /** The plan's steps that were begun, in order. */
  readonly begun: readonly BegunStep[];
  readonly backs: number;
  /** Points of no return that any way back found crossed. */
  readonly crossed: readonly string[];
  /** Units that were stopped with the service and not started again since. */
  readonly leftStopped: readonly string[];
  /** Every unit that was ever stopped with the service. */
  readonly everStopped: readonly string[];
  /** A way back has put all state back, or left it as it was, and let the service have it: since then it is the service's own. */
  readonly stateIsBack: boolean;
  /** The last end, when nothing came after it. */
  readonly outcome: Outcome | undefined;
}

export interface BegunStep {
  readonly step: number;
  readonly action: Step;
  readonly foreseen: StepFacts;
  /** undefined: it was cut short, or failed. */
  readonly done: StepFacts | undefined;
}

/** Reads the story that records tell. */
export function historyOf(records: Records): History {
  const begun = new Map<number, Omit<BegunStep, 'done'>>();
  const done = new Map<number, StepFacts>();
  const crossed = new Set<string>();
  const leftStopped = new Set<string>();
  const everStopped = new Set<string>();
  let backs = 0;
  let stateIsBack = false;
  let restores = new Set<number>();
  let restored = 0;
  let lifts = new Set<number>();
  const [{ plan }] = records;
  for (const record of singleRecords(records)) {
    if (record.type === 'back') {
      backs += 1;
      restores = stepsOf('state-restore', record.steps);
      restored = 0;
      // Where the operator is content with less, the service gets it as it is.
      lifts = restores.size === 0 ? stepsOf('guard-lift', record.steps) : new Set();
    }
    if ('direction' in record && record.direction === 'rollback') {
      if (record.type === 'done' && restores.has(record.step)) restored += 1;
      const isGiven = record.type === 'intent' && GIVES_STATE.has(record.action.kind);
      if (isGiven && restores.size > 0 && restored === restores.size) stateIsBack = true;
      if (record.type === 'done' && lifts.has(record.step)) stateIsBack = true;
    }
    if (record.type === 'intent') {
      for (const id of record.foreseen.crossed ?? []) crossed.add(id);
      for (const unit of record.foreseen.alsoStopped ?? []) {
        leftStopped.add(unit);
        everStopped.add(unit);
      }
      const action = record.direction === 'apply' ? plan.steps[record.step] : undefined;
      const { step, foreseen } = record;
      if (action !== undefined) {
        begun.set(step, { step, action, foreseen });
        done.delete(step);
      }
    }
    if (record.type === 'done') for (const unit of record.facts.alsoStarted ?? []) leftStopped.delete(unit);
    if (record.type === 'done' && record.direction === 'apply') done.set(record.step, record.facts);
  }
  const last = records.at(-1);
  return {
    begun: [...begun.values()].map((each) => ({ ...each, done: done.get(each.step) })),
    backs,
    crossed: [...crossed],
    leftStopped: [...leftStopped],
    everStopped: [...everStopped],
    stateIsBack,
    outcome: last?.type === 'end' ? last.outcome : undefined,
  };
}

/** From their intent on the service may run, be it by a boot. */
const GIVES_STATE: ReadonlySet<string> = new Set(['guard-lift', 'unit-start']);

function stepsOf(kind: BackStepKind, steps: readonly BackStep[]): Set<number> {
  return new Set([...steps.entries()].flatMap(([step, each]) => (each.kind === kind ? [step] : [])));
}
