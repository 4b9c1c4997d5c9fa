import type { Place } from '../../../../text/place.ts';
import type { Argument } from './argument.ts';
import { crash } from './crash.ts';
import type { Setter } from './setter.ts';

/** How the generators differ in choosing. */
export interface ChoiceRules {
  /** From 1.9 on. */
  readonly isResolver: boolean;
  placeOf(text: string): Place | undefined;
}

export type Choice =
  | { readonly kind: 'setter'; readonly setter: Setter }
  | Extract<Argument, { kind: 'error' }>;

/**
 * The setter that counts, of those whose conditions hold, at least one. `isLate` tells of a setter that one of its
 * parameters is known only when the cluster is launched. Messages are the generator's own (gen/__init__.py up to
 * 1.8, gen/internals.py from 1.9).
 */
export function chooseSetter(
  name: string,
  feasible: readonly Setter[],
  rules: ChoiceRules,
  isLate: (setter: Setter) => boolean,
): Choice {
  let left = feasible;
  if (left.length > 1) {
    left = left.filter(({ optional }) => !optional);
    if (left.length === 0) return onlyOptionals(feasible, rules);
  }
  if (rules.isResolver && left.length > 1) left = left.filter((setter) => !isLate(setter));
  if (left.length === 2 && left.some(({ user }) => user)) {
    const message = `${name} must be calculated, but was explicitly set in the configuration. Remove it from the configuration.`;
    return { kind: 'error', message, place: left.find(({ user }) => !user)?.place };
  }
  const [setter] = left;
  if (setter === undefined) {
    const message = 'list index out of range';
    return {
      kind: 'error',
      message: `Unexpected exception: ${message}`,
      crash: crash('IndexError', message, rules.placeOf('setter = feasible[0]')),
    };
  }
  if (left.length > 1) {
    const listed = rules.isResolver ? ` setters: ${represented(left)}` : '';
    return {
      kind: 'error',
      message: `Internal error: Multiple ways to set ${name}.${listed}`,
      place: setter.place,
    };
  }
  return { kind: 'setter', setter };
}

function onlyOptionals(feasible: readonly Setter[], rules: ChoiceRules): Choice {
  const old = 'Had multiple optionals. Template internal error.';
  const place = rules.placeOf(old);
  const message =
    place === undefined
      ? `Had multiple optionals and no musts. Template internal error: ${represented(feasible)}`
      : old;
  return {
    kind: 'error',
    message,
    place: feasible[0]?.place,
    crash: crash('AssertionError', message, place ?? rules.placeOf('Had multiple optionals')),
  };
}

/** `repr` of a list of setters. */
function represented(setters: readonly Setter[]): string {
  const items = setters.map(({ name, optional, user, conditions, value }) => {
    const tuples = conditions.map((condition) => `(${quoted(condition.name)}, ${quoted(condition.value)})`);
    const parameters = value.kind === 'function' ? value.parameters : [];
    const set = parameters.length === 0 ? 'set()' : `{${parameters.map(quoted).join(', ')}}`;
    const marks = `${optional ? ', optional' : ''}${user ? ', user' : ''}`;
    return `<Setter ${name}${marks}, conditions: [${tuples.join(', ')}], parameters ${set}>`;
  });
  return `[${items.join(', ')}]`;
}

function quoted(text: string): string {
  return `'${text}'`;
}
