import { isTrue } from '../compare-values.ts';
import type { NativeCall, NativeFunction } from '../interpreter.ts';
import { NONE, derivedStr, pyBool, pyInt, pyList, pyStr, pyTuple, raise } from '../make.ts';
import { lengthOf } from '../length-of.ts';
import { integerOf, iterate, onlyArguments, optional, required, textOf } from '../native-arguments.ts';
import { shownText } from '../percent-format.ts';
import { formatValue } from '../format-spec.ts';
import { represent } from '../show.ts';
import type { PyValue } from '../value.ts';
import { all, any, enumerate, filter, map, range, reversed, sorted, zip } from './builtins/iteration.ts';
import {
  absolute,
  divideWithRest,
  extreme,
  inBase,
  power,
  round,
  sum,
  toFloat,
  toInteger,
} from './builtins/numbers.ts';
import { dictOfKeys, toDict } from './builtins/to-dict.ts';
import { toBytes } from './builtins/to-bytes.ts';
import { EXCEPTIONS } from './exceptions.ts';

import { makeTranslation } from './str/translate.ts';
import { integerFromBytes } from './number-methods.ts';

/** The builtin functions and types (library reference, Built-in Functions), but for those that ask for classes. */
export const BUILTINS: Readonly<Record<string, NativeFunction>> = {
  ...Object.fromEntries(Object.keys(EXCEPTIONS).map((type) => [type, makeException(type)])),
  abs: absolute,
  all,
  any,
  bin: (call) => inBase(call, 2, '0b'),
  bytes: toBytes,
  bool: (call) => {
    onlyArguments(call, 1);
    return pyBool(isTrue(optional(call, 0) ?? NONE));
  },
  chr: (call) => {
    const code = integerOf(required(call, 0), call);
    if (code < 0 || code > 0x10ffff) return raise('ValueError', 'chr() arg not in range(0x110000)', call.at);
    return derivedStr(String.fromCodePoint(code), call.at);
  },
  dict: toDict,
  'dict.fromkeys': dictOfKeys,
  divmod: divideWithRest,
  enumerate,
  filter,
  float: toFloat,
  format: (call) => {
    onlyArguments(call, 2);
    const spec = optional(call, 1);
    const text = formatValue(
      required(call, 0),
      spec === undefined ? '' : textOf(spec, call).toString(),
      call,
    );
    return pyStr(text, call.at);
  },
  hex: (call) => inBase(call, 16, '0x'),
  int: toInteger,
  'int.from_bytes': integerFromBytes,
  len: (call) => {
    onlyArguments(call, 1);
    return pyInt(lengthOf(required(call, 0), call));
  },
  list: (call) => pyList(itemsGiven(call), call.at),
  map,
  max: (call) => extreme(call, 'max'),
  min: (call) => extreme(call, 'min'),
  oct: (call) => inBase(call, 8, '0o'),
  ord: (call) => {
    const characters = Array.from(textOf(required(call, 0), call).toString());
    const [only, ...others] = characters;
    if (only === undefined || others.length > 0) {
      const message = `ord() expected a character, but string of length ${characters.length} found`;
      return raise('TypeError', message, call.at);
    }
    return pyInt(only.codePointAt(0) ?? 0);
  },
  pow: power,
  print: () => NONE,
  range,
  repr: (call) => {
    onlyArguments(call, 1);
    return derivedStr(represent(required(call, 0), call), call.at);
  },
  reversed,
  round,
  sorted,
  str: (call) => {
    onlyArguments(call, 1);
    return call.args.length === 0
      ? derivedStr('', call.at)
      : pyStr(shownText(required(call, 0), call), call.at);
  },
  'str.maketrans': makeTranslation,
  sum,
  tuple: (call) => pyTuple(itemsGiven(call), call.at),
  zip,
};

function makeException(type: string): NativeFunction {
  return (call) => ({ kind: 'exception', type, args: call.args });
}

function itemsGiven(call: NativeCall): PyValue[] {
  onlyArguments(call, 1);
  const iterable = optional(call, 0);
  return iterable === undefined ? [] : iterate(iterable, call);
}
