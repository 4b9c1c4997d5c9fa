import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Crash } from './crash.ts';
import type { Setter } from './setter.ts';

/** What became of an argument of the generator. */
export type Argument =
  | ArgumentValue
  | UnknownArgument
  /** The generator refuses the config for it. With `crash` it would have stopped altogether. */
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly place?: Place | undefined;
      readonly crash?: Crash;
      /** The one whose function raised it. */
      readonly setter?: Setter;
    }
  /** Nothing sets it: the operator has to. */
  | { readonly kind: 'unset' }
  /** Something that it needs has an error or is unset; nothing is said of itself. */
  | { readonly kind: 'skipped'; readonly because: string };

/** It depends on something that the sources don't tell, or that could not be evaluated. */
export interface UnknownArgument {
  readonly kind: 'unknown';
  readonly reason: string;
  /**
   * `config`: all that is missing is what the operator's config says. `sources`: they can't be read, so there may be
   * a setter. Absent: its setter could not be evaluated.
   */
  readonly cause?: 'config' | 'sources' | undefined;
  /** Where in the sources the evaluation stopped. */
  readonly place?: Place | undefined;
  /** The one that counts. */
  readonly setter?: Setter | undefined;
}

export interface ArgumentValue {
  readonly kind: 'value';
  readonly text: TracedText;
  readonly setter: Setter;
  /** Whether the operator's config can have had no influence on it beyond what is known of it. */
  readonly settled: boolean;
  /** Of a function: the arguments that it was called with. */
  readonly calledWith?: ReadonlyMap<string, TracedText>;
  /** Told when the cluster is launched: the text is a placeholder for it. */
  readonly isLate?: true;
  /** The node's own record says it, in the place of the sources. */
  readonly isRecorded?: true;
}

/** For people: why an argument has no value. */
export function whyNoValue(name: string, argument: Exclude<Argument, ArgumentValue>): string {
  switch (argument.kind) {
    case 'unknown':
      return argument.reason;
    case 'error':
      return argument.message;
    case 'unset':
      return `nothing sets ${name}`;
    case 'skipped':
      return `it needs ${argument.because}, which has no value`;
  }
}
