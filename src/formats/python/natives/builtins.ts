import { dictKey, isTrue, numberOf } from '../compare-values.ts';
import { Raised, Undecidable } from '../faults.ts';
import type { NativeCall, NativeFunction } from '../interpreter.ts';
import {
  derivedStr,
  entriesOf,
  itemsOf,
  pyBool,
  pyDict,
  pyInt,
  pyList,
  pyStr,
  pyTuple,
  raise,
  rawEntries,
  rawItems,
  undecidable,
} from '../make.ts';
import {
  integerOf,
  iterate,
  listOf,
  onlyArguments,
  optional,
  required,
  textOf,
  typeName,
} from '../native-arguments.ts';
import { shownText } from '../percent-format.ts';
import type { PyValue } from '../value.ts';
import { sortedItems } from './container-methods.ts';
import { EXCEPTIONS } from './exceptions.ts';

/** The builtin functions and types that are evaluated (library reference, Built-in Functions). */
export const BUILTINS: Readonly<Record<string, NativeFunction>> = {
  ...Object.fromEntries(Object.keys(EXCEPTIONS).map((type) => [type, makeException(type)])),
  str: (call) => {
    onlyArguments(call, 1);
    return call.args.length === 0
      ? derivedStr('', call.at)
      : pyStr(shownText(required(call, 0), call), call.at);
  },
  int: toInteger,
  bool: (call) => pyBool(isTrue(required(call, 0))),
  len: (call) => pyInt(lengthOf(required(call, 0), call)),
  list: (call) => pyList(call.args.length === 0 ? [] : iterate(required(call, 0), call), call.at),
  tuple: (call) => pyTuple(call.args.length === 0 ? [] : iterate(required(call, 0), call), call.at),
  dict: toDict,
  sorted: (call) => {
    const [iterable, ...others] = call.args;
    if (iterable === undefined || others.length > 0)
      raise('TypeError', 'sorted expected 1 argument', call.at);
    return pyList(sortedItems(iterate(iterable, call), { ...call, args: [] }), call.at);
  },
  map: (call) => {
    onlyArguments(call, 2);
    return pyList(
      iterate(required(call, 1), call).map((item) => callOne(required(call, 0), item, call)),
      call.at,
    );
  },
  filter: (call) => {
    onlyArguments(call, 2);
    const keep = required(call, 0);
    const items = iterate(required(call, 1), call);
    return pyList(
      items.filter((item) => isTrue(keep.kind === 'none' ? item : callOne(keep, item, call))),
      call.at,
    );
  },
  enumerate: (call) => {
    onlyArguments(call, 2, ['start']);
    const start = optional(call, 1, 'start');
    const from = start === undefined ? 0 : integerOf(start, call);
    const items = iterate(required(call, 0), call);
    return pyList(
      items.map((item, index) => pyTuple([pyInt(from + index), item], call.at)),
      call.at,
    );
  },
  any: (call) => pyBool(iterate(required(call, 0), call).some(isTrue)),
  all: (call) => pyBool(iterate(required(call, 0), call).every(isTrue)),
  isinstance: (call) => pyBool(isInstance(required(call, 0), required(call, 1), call)),
  type: (call) => {
    onlyArguments(call, 1);
    const name = typeName(required(call, 0));
    return {
      kind: 'native',
      name,
      call: BUILTINS[name] ?? (() => undecidable(`${name}() isn't evaluated`, call.at)),
    };
  },
};

function makeException(type: string): NativeFunction {
  return (call) => ({ kind: 'exception', type, args: call.args });
}

function callOne(callee: PyValue, argument: PyValue, call: NativeCall): PyValue {
  return call.interpreter.call(callee, { args: [argument], keywords: new Map() }, call.at);
}

function toInteger(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['base']);
  const value = required(call, 0);
  if (value.kind === 'unknown') throw new Undecidable(value);
  const base = optional(call, 1, 'base');
  if (base !== undefined && integerOf(base, call) !== 10) undecidable('int() with a base', call.at);
  const number = numberOf(value);
  if (typeof number === 'bigint') return pyInt(number);
  if (number !== undefined) {
    return Number.isFinite(number)
      ? pyInt(BigInt(Math.trunc(number)))
      : raise('ValueError', 'cannot convert float to integer', call.at);
  }
  const text = textOf(value, call).toString();
  const digits = /^\s*([+-]?)(\d{1,77}(?:_\d{1,77})*)\s*$/.exec(text);
  if (digits === null) {
    return raise('ValueError', `invalid literal for int() with base 10: '${text}'`, call.at);
  }
  const size = BigInt((digits[2] ?? '').replaceAll('_', ''));
  return pyInt(digits[1] === '-' ? -size : size);
}

function lengthOf(value: PyValue, call: NativeCall): number {
  switch (value.kind) {
    case 'str':
      return Array.from(value.text.toString()).length;
    case 'list':
    case 'tuple':
      return rawItems(value).length;
    case 'dict':
      return rawEntries(value).size;
    case 'unknown':
      throw new Undecidable(value);
    default:
      return raise('TypeError', `object of type '${typeName(value)}' has no len()`, call.at);
  }
}

function toDict(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const source = optional(call, 0);
  if (source === undefined) return pyDict();
  if (source.kind === 'dict') {
    return pyDict(entriesOf(source, call).map((entry) => [dictKey(entry.key, call), entry]));
  }
  return pyDict(
    iterate(source, call).map((pair) => {
      const [key, value] = itemsOf(listOf(pair, call), call);
      if (key === undefined || value === undefined) return raise('ValueError', 'expected pairs', call.at);
      return [dictKey(key, call), { key, value }];
    }),
  );
}

function isInstance(value: PyValue, types: PyValue, call: NativeCall): boolean {
  if (types.kind === 'unknown') throw new Undecidable(types);
  if (types.kind === 'tuple') return rawItems(types).some((type) => isInstance(value, type, call));
  if (types.kind !== 'native') return raise('TypeError', 'isinstance() arg 2 must be a type', call.at);
  const name = typeName(value);
  return name === types.name || (name === 'bool' && types.name === 'int') || isKindOf(name, types.name);
}

/** Whether an exception type is another or one of its subclasses. */
export function isKindOf(type: string, ancestor: string): boolean {
  for (let at: string | undefined = type; at !== undefined; at = EXCEPTIONS[at])
    if (at === ancestor) return true;
  return false;
}

/** The exception that `raise value` raises. */
export function exceptionOf(value: PyValue, call: Pick<NativeCall, 'at'>): Raised {
  if (value.kind === 'unknown') throw new Undecidable(value);
  if (value.kind === 'exception') return new Raised(value, call.at.place);
  if (value.kind === 'native' && Object.hasOwn(EXCEPTIONS, value.name)) {
    return new Raised({ kind: 'exception', type: value.name, args: [] }, call.at.place);
  }
  return raise('TypeError', 'exceptions must derive from BaseException', call.at);
}
