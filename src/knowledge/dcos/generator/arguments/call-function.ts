import type { EvaluatedModule } from '../../../../formats/python/evaluate-module.ts';
import type { PyFunction, PyValue } from '../../../../formats/python/value.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Argument } from './argument.ts';
import type { ChoiceRules } from './choose-setter.ts';
import { crash } from './crash.ts';
import { notString } from './refused-values.ts';

/** How the generators differ in calling functions of the sources. */
export type CallRules = ChoiceRules;

/** What a function came to; `text` is undefined for one that returned nothing that is looked at. */
export type Called =
  | { readonly kind: 'text'; readonly text: TracedText }
  | Extract<Argument, { kind: 'error' | 'unknown' }>;

/** Calls the function of a setter with the arguments that it asks for, by name. */
export function callFunction(
  module: Pick<EvaluatedModule, 'call'>,
  callee: PyFunction,
  given: ReadonlyMap<string, TracedText>,
  name: string,
  rules: CallRules,
): Called {
  const called = raisedBy(module, callee, given, rules);
  if (called.kind !== 'value') return called;
  const { value } = called;
  if (value.kind === 'str') return { kind: 'text', text: value.text };
  if (value.kind === 'unknown') return { kind: 'unknown', reason: value.reason, place: value.place };
  return { kind: 'error', message: notString(name, shown(value)), place: callee.place };
}

/** Calls a validator: all that counts is what it raises. */
export function callValidator(
  module: Pick<EvaluatedModule, 'call'>,
  callee: PyFunction,
  given: ReadonlyMap<string, TracedText>,
  rules: CallRules,
): Extract<Called, { kind: 'error' | 'unknown' }> | undefined {
  const called = raisedBy(module, callee, given, rules);
  if (called.kind !== 'value') return called;
  return called.value.kind === 'unknown' ? { kind: 'unknown', reason: called.value.reason } : undefined;
}

/** An assertion is a message for the operator; anything else that is raised stops the generator. */
function raisedBy(
  module: Pick<EvaluatedModule, 'call'>,
  callee: PyFunction,
  given: ReadonlyMap<string, TracedText>,
  rules: CallRules,
): { readonly kind: 'value'; readonly value: PyValue } | Extract<Argument, { kind: 'error' }> {
  const keywords = new Map<string, PyValue>();
  for (const [parameter, text] of given) keywords.set(parameter, { kind: 'str', text });
  const result = module.call(callee, keywords);
  if (result.kind === 'value') return result;
  const { type, message, place } = result;
  if (type === 'AssertionError' && message !== '') return { kind: 'error', message, place };
  // An assertion without a message has no argument that could be taken for one.
  const [exception, said, at] =
    type === 'AssertionError'
      ? ['IndexError', 'tuple index out of range', rules.placeOf('ex.args[0]')]
      : [type, message, place];
  const told = rules.isResolver ? `Unexpected exception: ${said}` : said;
  return { kind: 'error', message: told, place, crash: crash(exception, said, at) };
}

/** `str(value)` of a value that is no text; its kind where that takes more than a line. */
function shown(value: PyValue): string {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    default:
      return `a ${value.kind}`;
  }
}
