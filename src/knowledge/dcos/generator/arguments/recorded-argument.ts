import type { TracedText } from '../../../../text/traced-text.ts';
import type { Argument, ArgumentValue } from './argument.ts';
import type { Setter } from './setter.ts';

/**
 * An argument whose value the node recorded. What the sources make goes before it where nothing else could have
 * been; the record goes before a default, which the operator may have overridden.
 */
export function recordedArgument(
  name: string,
  argument: Argument,
  recorded: TracedText,
  from: { readonly configKnown: boolean; setters(name: string): readonly Setter[] },
): Argument {
  if (argument.kind === 'value') {
    if (argument.settled) return argument;
    if (argument.text.toString() === recorded.toString()) return { ...argument, settled: true };
  }
  // What a config known in full makes the generator refuse was recorded of another config.
  if (from.configKnown && argument.kind !== 'unknown') return argument;
  return recordedValue(
    name,
    recorded,
    from.setters(name).every(({ optional }) => optional),
  );
}

/** An argument as the node recorded it; `user`: because the operator may have said so. */
export function recordedValue(name: string, recorded: TracedText, user: boolean): ArgumentValue {
  const place = recorded.slices[0]?.origin.place;
  const value = { kind: 'text', text: recorded } as const;
  const setter: Setter = { name, value, optional: false, user, conditions: [], written: undefined, place };
  return { kind: 'value', text: recorded, setter, settled: true };
}
