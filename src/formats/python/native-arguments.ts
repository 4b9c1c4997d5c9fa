import type { TracedText } from '../../text/traced-text.ts';
import { Undecidable } from './faults.ts';
import type { NativeCall } from './interpreter.ts';
import { raise, undecidable } from './make.ts';
import { typeName } from './types.ts';
import type { PyDict, PySequence, PyValue } from './value.ts';

export { iterate } from './iterate.ts';
export { typeName } from './types.ts';

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
