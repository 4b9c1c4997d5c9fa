import type { PyFunction } from '../../../../formats/python/value.ts';
import type { Span } from '../../../../formats/python/python-source.ts';
import type { TracedText } from '../../../../text/traced-text.ts';

/** One way to set an argument of the generator (class Setter of gen/__init__.py at 1.7). */
export interface Setter {
  readonly name: string;
  readonly value: SetterValue;
  /** From `default`: the operator's own value goes before it. From `must`: nothing does. */
  readonly optional: boolean;
  readonly user: boolean;
  /** All have to hold for the setter to count. */
  readonly conditions: readonly Condition[];
  /** The expression in `entry` that says the value. */
  readonly written: Span | undefined;
}

export type SetterValue =
  | { readonly kind: 'text'; readonly text: TracedText }
  | { readonly kind: 'function'; readonly callee: PyFunction; readonly parameters: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Condition {
  readonly name: string;
  readonly value: string;
}
