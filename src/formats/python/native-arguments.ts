import type { TracedText } from '../../text/traced-text.ts';
import { Undecidable } from './faults.ts';
import type { NativeCall } from './interpreter.ts';
import { itemsOf, pyStr, raise, rawEntries, undecidable } from './make.ts';
import type { PyDict, PySequence, PyValue } from './value.ts';

/** The argument at `index` or called `name`, or undefined. */
export function optional(call: NativeCall, index: number, name?: string): PyValue | undefined {
  return call.args[index] ?? (name === undefined ? undefined : call.keywords.get(name));
}

export function required(call: NativeCall, index: number, name?: string): PyValue {
  const value = optional(call, index, name);
  if (value === undefined) raise('TypeError', `missing argument ${name ?? index + 1}`, call.at);
  return value;
}

/** Refuses arguments that the native function doesn't know: their meaning isn't guessed. */
export function onlyArguments(call: NativeCall, count: number, names: readonly string[] = []): void {
  const strange = [...call.keywords.keys()].find((name) => !names.includes(name));
  if (strange !== undefined) undecidable(`the argument ${strange} isn't evaluated`, call.at);
  if (call.args.length > count) raise('TypeError', `takes at most ${count} arguments`, call.at);
}

export function textOf(value: PyValue, call: NativeCall): TracedText {
  if (value.kind === 'str') return value.text;
  if (value.kind === 'unknown') throw new Undecidable(value);
  return raise('TypeError', `expected str, got ${typeName(value)}`, call.at);
}

export function listOf(value: PyValue, call: NativeCall): PySequence {
  if (value.kind === 'list' || value.kind === 'tuple') return value;
  if (value.kind === 'unknown') throw new Undecidable(value);
  return raise('TypeError', `expected list, got ${typeName(value)}`, call.at);
}

export function dictOf(value: PyValue, call: NativeCall): PyDict {
  if (value.kind === 'dict') return value;
  if (value.kind === 'unknown') throw new Undecidable(value);
  return raise('TypeError', `expected dict, got ${typeName(value)}`, call.at);
}

export function integerOf(value: PyValue, call: Pick<NativeCall, 'at'>): number {
  if (value.kind === 'unknown') throw new Undecidable(value);
  if (value.kind === 'bool') return value.value ? 1 : 0;
  if (value.kind !== 'int') return raise('TypeError', `expected int, got ${typeName(value)}`, call.at);
  const number = Number(value.value);
  return Number.isSafeInteger(number) ? number : undecidable('an integer beyond 2^53 as a count', call.at);
}

/** What a `for` over the value goes through. */
export function iterate(value: PyValue, call: Pick<NativeCall, 'at' | 'interpreter'>): PyValue[] {
  const items = itemsThrough(value, call);
  call.interpreter.spend(items.length);
  return items;
}

function itemsThrough(value: PyValue, call: Pick<NativeCall, 'at' | 'interpreter'>): PyValue[] {
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return itemsOf(value, call);
    case 'dict':
      return Array.from(rawEntries(value).values(), (entry) => entry.key);
    case 'str':
      return charactersOf(value.text).map((character) => pyStr(character, call.at));
    case 'unknown':
      throw new Undecidable(value);
    default:
      return raise('TypeError', `'${typeName(value)}' object is not iterable`, call.at);
  }
}

/** The characters (code points) of a text, each as a text. */
function charactersOf(text: TracedText): TracedText[] {
  let offset = 0;
  return Array.from(text.toString(), (character) => {
    const from = offset;
    offset += character.length;
    return text.slice(from, offset);
  });
}

/** The name of a value's type, as `type(value).__name__` has it. */
export function typeName(value: PyValue): string {
  switch (value.kind) {
    case 'none':
      return 'NoneType';
    case 'native':
      return /^[a-z]/.test(value.name) ? 'builtin_function_or_method' : 'type';
    case 'file':
      return 'TextIOWrapper';
    case 'exception':
      return value.type;
    case 'unknown':
      throw new Undecidable(value);
    default:
      return value.kind;
  }
}
