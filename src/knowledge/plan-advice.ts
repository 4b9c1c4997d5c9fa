import type { HttpProbe, Irreversible } from '../documents/plan.ts';

/** What knowledge of a program adds to a plan that replaces it. Plain data: the engine knows no program. */
export interface PlanAdvice {
  /** Where the service keeps state that a rollback must bring back. */
  readonly state: readonly StateAdvice[];
  /** How to tell that the replacement is well, beyond "the process stays". */
  readonly probes: readonly HttpProbe[];
  /** The same for the original, after going back. */
  readonly probesBack: readonly HttpProbe[];
  readonly irreversible: readonly Omit<Irreversible, 'accepted'>[];
  /** How the replacement is started beside the service without harm. Left out: nobody knows. */
  readonly trial?: TrialAdvice;
}

export type TrialAdvice = TrialSettings | TrialRefusal;

/** What a trial start has to have beyond what Cutover isolates of every service. */
export interface TrialSettings {
  readonly possible: true;
  /** Variables with values of their own, and those that have to go (undefined). */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Directives of the unit that the trial does without: `ExecStartPre`. */
  readonly without: readonly string[];
  /** How to tell that the replacement is well, as far as it can be alone. Asked inside its network. */
  readonly probes: readonly HttpProbe[];
  /** What a trial does not show, for people. */
  readonly notShown: readonly string[];
}

/** It would do harm. */
export interface TrialRefusal {
  readonly possible: false;
  readonly why: string;
}

export interface StateAdvice {
  readonly path: string;
  /** `snapshot`: kept as it is while the service is down; `shared`: others use it, left alone and said so. */
  readonly class: 'snapshot' | 'shared';
  readonly why: string;
}
