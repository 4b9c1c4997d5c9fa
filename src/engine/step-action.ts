import type { BackStep, Plan, Step } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import type { Direction, StepFacts } from '../journal/record.ts';

export type AnyStep = Step | BackStep;
export type AnyStepKind = AnyStep['kind'];
export type StepOf<K extends AnyStepKind> = Extract<AnyStep, { kind: K }>;

/** What a step acts on. */
export interface StepContext {
  readonly machine: Machine;
  readonly journal: Journal;
  readonly plan: Plan;
  readonly direction: Direction;
  /** Counts ways back of this change, from 1; 0 while applying. */
  readonly attempt: number;
  /** The step's number in its list. */
  readonly step: number;
  /** The signal that asks to go no further, once it came. */
  readonly interruptedBy?: (() => string | undefined) | undefined;
}

/** What a kind of step does on a machine. Everything may be done again after it was cut short. */
export interface StepAction<S extends AnyStep> {
  /** What the way back has to know before the step acts; recorded with the intent. Changes nothing. */
  foresee(step: S, context: StepContext): Promise<StepFacts>;
  /** Acts. Throws `HostError` or `StepFailure` when it can't. */
  apply(step: S, context: StepContext, foreseen: StepFacts): Promise<StepFacts>;
  /** Reads the effect back; a text says what is wrong with it. */
  verify(step: S, context: StepContext, facts: StepFacts): Promise<string | undefined>;
}

/** A step that could not do its work, with what it found out. */
export class StepFailure extends Error {
  readonly facts: StepFacts;

  constructor(message: string, facts: StepFacts = {}) {
    super(message);
    this.name = 'StepFailure';
    this.facts = facts;
  }
}

export async function nothing(): Promise<StepFacts> {
  return {};
}
