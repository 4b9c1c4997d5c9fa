import type { BackStep, Plan, Step } from '../documents/plan.ts';
import type { Machine } from '../host/machine.ts';
import type { Journal } from '../journal/journal.ts';
import type { FirstCopies } from './first-copies.ts';
import type { LaidTrees } from './laid-trees.ts';
import type { Direction, StepFacts } from '../journal/record.ts';
import { errorMessage } from '../text/error-message.ts';

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
  /** Of state, made by this run while the service still ran. */
  readonly firstCopies: FirstCopies;
  /** What this way back has laid beside, to take the place of state. */
  readonly laid: LaidTrees;
  /** The signal that asks to go no further, once it came. */
  readonly interruptedBy?: (() => string | undefined) | undefined;
}

/** What a kind of step does on a machine. Everything may be done again after it was cut short. */
export type StepAction<S extends AnyStep> = Alone<S> | Together<S>;

interface Foresees<S extends AnyStep> {
  /** What the way back has to know before the step acts; recorded with the intent. Changes nothing. */
  foresee(step: S, context: StepContext): Promise<StepFacts>;
}

/** Steps of which one is taken after the other. */
export interface Alone<S extends AnyStep> extends Foresees<S> {
  /** Acts. Throws `HostError` or `StepFailure` when it can't. */
  apply(step: S, context: StepContext, foreseen: StepFacts): Promise<StepFacts>;
  /** Reads the effect back; a text says what is wrong with it. */
  verify(step: S, context: StepContext, facts: StepFacts): Promise<string | undefined>;
}

/**
 * For kinds of which there may be hundreds: consecutive steps at different paths are taken together, so that what costs
 * the same for many as for one (a program that is started, a sync) is done once.
 */
export interface Together<S extends AnyStep> extends Foresees<S> {
  /** Acts, and reads every effect back. Throws a `StepFailure` that names the step where it can. */
  applyAndVerify(items: readonly [ForeseenItem<S>, ...ForeseenItem<S>[]]): Promise<void>;
}

export interface Item<S extends AnyStep> {
  readonly action: S;
  readonly context: StepContext;
}

export interface ForeseenItem<S extends AnyStep> extends Item<S> {
  readonly foreseen: StepFacts;
}

/** A step that could not do its work, with what it found out. */
export class StepFailure extends Error {
  readonly facts: StepFacts;
  /** Which of several steps. */
  readonly step: number | undefined;

  constructor(message: string, facts: StepFacts = {}, step?: number) {
    super(message);
    this.step = step;
    this.name = 'StepFailure';
    this.facts = facts;
  }
}

/** Does what belongs to one of several steps; its failure names the step. */
export async function asPartOf<T>({ context }: Item<AnyStep>, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StepFailure) throw error;
    throw new StepFailure(errorMessage(error), {}, context.step);
  }
}

export async function nothing(): Promise<StepFacts> {
  return {};
}

export function isTogether<S extends AnyStep>(action: StepAction<S>): action is Together<S> {
  return 'applyAndVerify' in action;
}
