import type { Origin } from '../../../../text/origin.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Argument, ArgumentValue } from './argument.ts';
import { hopsOfSetter } from './hops-of-setter.ts';
import type { Setter } from './setter.ts';
import { whyNotEvaluated } from './why-not-evaluated.ts';

/**
 * An argument whose value the node recorded. What the sources make goes before it where nothing else could have
 * been, and so does what makes the generator stop; the record goes before a default, which the operator may have
 * overridden, and before what could not be evaluated.
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
    // What a config known in full says otherwise was recorded of another config.
    if (from.configKnown) return argument;
  } else if (argument.kind !== 'unknown') return argument;
  const user = from.setters(name).every(({ optional }) => optional);
  const setter = argument.kind === 'unknown' ? argument.setter : undefined;
  if (setter === undefined || argument.kind !== 'unknown') return recordedValue(name, recorded, { user });
  const why = whyNotEvaluated(argument);
  const reason = `as the node recorded it: ${why}`;
  const place = recorded.slices[0]?.origin.place;
  const origin: Origin = { kind: 'unknown', reason, ...(place === undefined ? {} : { place }) };
  const text = hopsOfSetter(setter, why).reduce(
    (inner, hop) => inner.through(hop),
    TracedText.from(recorded.toString(), origin),
  );
  return { kind: 'value', text, setter, settled: true, isRecorded: true };
}

/** An argument as the node recorded it; `user`: because the operator may have said so. */
export function recordedValue(
  name: string,
  recorded: TracedText,
  { user }: { readonly user: boolean },
): ArgumentValue {
  const place = recorded.slices[0]?.origin.place;
  const value = { kind: 'text', text: recorded } as const;
  const setter: Setter = { name, value, optional: false, user, conditions: [], written: undefined, place };
  return { kind: 'value', text: recorded, setter, settled: true, isRecorded: true };
}
