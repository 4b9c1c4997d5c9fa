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
}

export interface StateAdvice {
  readonly path: string;
  /** `snapshot`: copied aside while the service is down; `shared`: others use it, left alone and said so. */
  readonly class: 'snapshot' | 'shared';
  readonly why: string;
}
