import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Crash } from './crash.ts';
import type { Setter } from './setter.ts';

/** What became of an argument of the generator. */
export type Argument =
  | ArgumentValue
  /** It depends on something that the sources don't tell. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The generator refuses the config for it. With `crash` it would have stopped altogether. */
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly place?: Place | undefined;
      readonly crash?: Crash;
    }
  /** Nothing sets it: the operator has to. */
  | { readonly kind: 'unset' }
  /** Something that it needs has an error or is unset; nothing is said of itself. */
  | { readonly kind: 'skipped'; readonly because: string };

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
