import type { Span } from '../../../../formats/python/python-source.ts';
import type { PyFunction } from '../../../../formats/python/value.ts';
import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';

/** One way to set an argument of the generator (class Setter of gen/__init__.py at 1.7, of gen/internals.py from 1.9). */
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
  /** Where the value is made: of a function its `def` or `lambda`, otherwise as `written`. */
  readonly place: Place | undefined;
}

export type SetterValue =
  | { readonly kind: 'text'; readonly text: TracedText }
  | { readonly kind: 'function'; readonly callee: PyFunction; readonly parameters: readonly string[] }
  /** `Late(expression)`: told when the cluster is launched, by its cloud. */
  | { readonly kind: 'late'; readonly expression: TracedText }
  | { readonly kind: 'unknown'; readonly reason: string; readonly cause?: 'config'; readonly place?: Place };

export interface Condition {
  readonly name: string;
  readonly value: string;
}

/** For people: what makes a setter count. */
export function whyItCounts({ user, optional, conditions }: Setter): string {
  if (user) return "the operator's config";
  const kind = optional ? 'default' : 'must';
  if (conditions.length === 0) return kind;
  return `${kind} when ${conditions.map(({ name, value }) => `${name} is ${value}`).join(' and ')}`;
}
