import { parameterNames } from '../../../../formats/python/call.ts';
import type { DictEntry, PyFunction, PyUnknown, PyValue } from '../../../../formats/python/value.ts';
import type { Condition, Setter, SetterValue } from './setter.ts';
import { lateExpression } from './natives.ts';

const DEEPEST = 20;

/** What an `entry` of the generator says; of conditional parts the setters carry the conditions. */
export interface Entry {
  readonly setters: readonly Setter[];
  /** They count whatever the conditions of the part that they stand in. */
  readonly validators: readonly Validator[];
  readonly secrets: readonly string[];
  /** Arguments that a part of the entry is conditional on, outermost only. */
  readonly conditionals: readonly string[];
  /** The keys that it has, `must` and the like. */
  readonly keys: ReadonlySet<string>;
  /** After the setters of each part: how many setters and secrets there were then. */
  readonly parts: readonly { readonly setters: number; readonly secrets: number }[];
  /** What of it could not be followed. */
  readonly unknown: readonly PyUnknown[];
}

export type Validator =
  | { readonly kind: 'function'; readonly callee: PyFunction; readonly parameters: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The setters of an `entry` of the generator: `must` and `default` map arguments to values, `conditional` maps an
 * argument and its value to an entry that counts under that condition (gen/__init__.py at 1.7, generate).
 */
export function readEntry(entry: PyValue): Entry {
  const reader = new EntryReader();
  reader.read(entry, []);
  return reader;
}

class EntryReader implements Entry {
  readonly setters: Setter[] = [];
  readonly validators: Validator[] = [];
  readonly secrets: string[] = [];
  readonly conditionals: string[] = [];
  readonly keys = new Set<string>();
  readonly parts: { setters: number; secrets: number }[] = [];
  readonly unknown: PyUnknown[] = [];

  read(entry: PyValue, conditions: readonly Condition[]): void {
    if (conditions.length > DEEPEST) return;
    const parts = new Map(this.#entries(entry).map(([name, part]) => [name, part.value]));
    for (const name of parts.keys()) this.keys.add(name);
    this.validators.push(...this.#items(parts.get('validate')).map(validator));
    for (const secret of this.#items(parts.get('secret'))) {
      if (secret.kind === 'str') this.secrets.push(secret.text.toString());
    }
    this.#addSetters(parts.get('must'), false, conditions);
    this.#addSetters(parts.get('default'), true, conditions);
    this.parts.push({ setters: this.setters.length, secrets: this.secrets.length });
    for (const [name, options] of this.#entries(parts.get('conditional'))) {
      if (conditions.length === 0) this.conditionals.push(name);
      for (const [value, inner] of this.#entries(options.value)) {
        this.read(inner.value, [...conditions, { name, value }]);
      }
    }
  }

  #addSetters(part: PyValue | undefined, optional: boolean, conditions: readonly Condition[]): void {
    for (const [name, { value, written }] of this.#entries(part)) {
      const place = value.kind === 'function' ? value.place : written?.place;
      const read = setterValue(value);
      this.setters.push({ name, value: read, optional, user: false, conditions, written, place });
    }
  }

  /** The entries of a dict themselves, without the way that this reference to the dict came by. */
  #entries(value: PyValue | undefined): [string, DictEntry][] {
    if (value?.kind === 'unknown') this.unknown.push(value);
    if (value?.kind !== 'dict') return [];
    if (value.cell.spoiled !== undefined) {
      this.unknown.push(value.cell.spoiled);
      return [];
    }
    return [...value.cell.entries.values()].flatMap((entry) =>
      entry.key.kind === 'str' ? [[entry.key.text.toString(), entry] satisfies [string, DictEntry]] : [],
    );
  }

  #items(value: PyValue | undefined): readonly PyValue[] {
    if (value?.kind === 'unknown') this.unknown.push(value);
    if (value?.kind !== 'list' && value?.kind !== 'tuple') return [];
    if (value.cell.spoiled === undefined) return value.cell.items;
    this.unknown.push(value.cell.spoiled);
    return [];
  }
}

function setterValue(value: PyValue): SetterValue {
  const late = lateExpression(value);
  if (late !== undefined) return { kind: 'late', expression: late };
  switch (value.kind) {
    case 'str':
      return { kind: 'text', text: value.text };
    case 'function':
      return { kind: 'function', callee: value, parameters: parameterNames(value) };
    case 'unknown':
      return { kind: 'unknown', reason: value.reason, place: value.place };
    default:
      return { kind: 'unknown', reason: `a ${value.kind} is no value for an argument` };
  }
}

function validator(value: PyValue): Validator {
  if (value.kind === 'function')
    return { kind: 'function', callee: value, parameters: parameterNames(value) };
  const reason = value.kind === 'unknown' ? value.reason : `a ${value.kind} is no validator`;
  return { kind: 'unknown', reason };
}
