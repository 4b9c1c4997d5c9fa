import { type Hashable, hashOf } from './hash-checkout.ts';
import type { Validator } from './read-entry.ts';
import type { Setter } from './setter.ts';

/** One of the sources that are hashed. */
export interface HashedSource {
  readonly isUser: boolean;
  readonly setters: readonly Setter[];
  readonly validators: readonly Validator[];
}

/**
 * The argument `sources_id` (gen/internals.py of 1.9 and 1.10, make_id): a hash over all setters and validators;
 * of functions only name and parameters. Undefined where one of them could not be read.
 */
export function sourcesId(sources: readonly HashedSource[]): string | undefined {
  const ids = sources.map((source) => sourceId(source));
  return ids.every((id) => id !== undefined) ? hashOf({ items: ids.map(hashOf) }) : undefined;
}

function sourceId({ isUser, setters, validators }: HashedSource): Hashable | undefined {
  const setterIds = setters.map(setterId);
  const functionIds = validators.map((one) =>
    one.kind === 'function' ? functionId(one.callee.name, one.parameters) : undefined,
  );
  if (!setterIds.every((id) => id !== undefined) || !functionIds.every((id) => id !== undefined)) {
    return undefined;
  }
  return object({
    setters: { items: setterIds.map(hashOf) },
    validate: { items: functionIds.map(hashOf) },
    is_user: truth(isUser),
  });
}

function setterId({ name, value, optional, conditions, user }: Setter): Hashable | undefined {
  const id = valueId(value);
  if (id === undefined) return undefined;
  return object({
    name,
    value: hashOf(id),
    is_optional: truth(optional),
    conditions: { items: conditions.map((condition) => ({ items: [condition.name, condition.value] })) },
    is_user: truth(user),
  });
}

function valueId(value: Setter['value']): Hashable | undefined {
  switch (value.kind) {
    case 'text':
      return value.text.toString();
    case 'late':
      return object({ type: 'late', expression: value.expression.toString() });
    case 'function':
      return functionId(value.callee.name, value.parameters);
    case 'unknown':
      return undefined;
  }
}

function functionId(name: string, parameters: readonly string[]): Hashable {
  return object({ type: 'function', name, parameters: { items: parameters } });
}

function object(members: Record<string, Hashable>): Hashable {
  return { entries: new Map(Object.entries(members)) };
}

function truth(value: boolean): string {
  return value ? 'True' : 'False';
}
