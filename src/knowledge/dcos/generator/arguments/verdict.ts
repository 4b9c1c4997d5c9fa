import type { Place } from '../../../../text/place.ts';
import type { Crash } from './crash.ts';
import type { NotExamined } from './validators.ts';

/** What the generator says to a config (`gen.validate`). */
export type Verdict = { readonly notExamined: readonly NotExamined[] } & (
  | { readonly status: 'ok' }
  | {
      readonly status: 'errors';
      /** By argument, in the generator's words. */
      readonly errors: ReadonlyMap<string, Complaint>;
      /** Arguments that nothing sets, but something needs. */
      readonly unset: readonly string[];
    }
  /** An exception that is no message for the operator. */
  | ({ readonly status: 'crash' } & Crash)
);

export interface Complaint {
  readonly message: string;
  /** The line of the sources that says it, where there is one. */
  readonly place?: Place | undefined;
}
