import { crash } from './crash.ts';
import type { ChoiceRules } from './choose-setter.ts';
import type { Verdict } from './verdict.ts';

/** What the generator says to values that are no texts, by name as `str()` shows them; before it calculates anything. */
export function refusedValues(notStrings: ReadonlyMap<string, string>, rules: ChoiceRules): Verdict {
  const errors = new Map([...notStrings].map(([name, shown]) => [name, { message: notString(name, shown) }]));
  if (!rules.isResolver) return { status: 'errors', errors, unset: [], notExamined: [] };
  const message = [...errors.values()].map((error) => error.message).join('; ');
  const raised = crash('ValidationError', message, rules.placeOf('raise ValidationError(errors, set())'));
  return { status: 'crash', ...raised, notExamined: [] };
}

/** The generator's message about a value that is no text. */
export function notString(name: string, shown: string): string {
  return `All values in arguments must be strings. Value for argument ${name} isn't. Given value: ${shown}`;
}
