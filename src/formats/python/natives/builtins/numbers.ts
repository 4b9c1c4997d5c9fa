import { numberOf, order } from '../../compare-values.ts';
import { Undecidable } from '../../faults.ts';
import { decideSpecial } from '../../instance.ts';
import type { NativeCall } from '../../interpreter.ts';
import { derivedStr, pyInt, pyTuple, raise, undecidable } from '../../make.ts';
import { integerOf, iterate, onlyArguments, optional, required, typeName } from '../../native-arguments.ts';
import { binary } from '../../operators.ts';
import { represent } from '../../show.ts';
import type { PyValue } from '../../value.ts';
import { isPythonSpace } from '../../whitespace.ts';

const MOST_DIGITS = 77;
/** How much of a text the message shows that it is no integer. */
const MOST_SHOWN = 200;

/** `int(value)`, `int(text, base)`. */
export function toInteger(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['base']);
  const value = optional(call, 0);
  if (value === undefined) return pyInt(0);
  if (value.kind === 'unknown') throw new Undecidable(value);
  const special = decideSpecial(value, '__int__') ?? decideSpecial(value, '__index__');
  if (special !== undefined) return special;
  const base = optional(call, 1, 'base');
  const number = numberOf(value);
  if (base !== undefined && value.kind !== 'str') {
    return raise('TypeError', "int() can't convert non-string with explicit base", call.at);
  }
  if (typeof number === 'bigint') return pyInt(number);
  if (number !== undefined) return truncated(number, call);
  if (value.kind === 'str')
    return parsedInteger(value, base === undefined ? 10 : integerOf(base, call), call);
  const expected = 'a string, a bytes-like object or a real number';
  return raise('TypeError', `int() argument must be ${expected}, not '${typeName(value)}'`, call.at);
}

function truncated(number: number, call: NativeCall): PyValue {
  if (Number.isNaN(number)) return raise('ValueError', 'cannot convert float NaN to integer', call.at);
  return Number.isFinite(number)
    ? pyInt(BigInt(Math.trunc(number)))
    : raise('OverflowError', 'cannot convert float infinity to integer', call.at);
}

function parsedInteger(value: PyValue & { kind: 'str' }, base: number, call: NativeCall): PyValue {
  const text = value.text.toString();
  if (base !== 0 && (base < 2 || base > 36)) {
    return raise('ValueError', 'int() base must be >= 2 and <= 36, or 0', call.at);
  }
  const stripped = withoutBlanks(text);
  const parts = /^([+-]?)(0[xX]|0[oO]|0[bB])?(_?)([0-9A-Za-z]+(?:_[0-9A-Za-z]+)*)$/.exec(stripped);
  const fail = () => {
    const shown = Array.from(represent(value, call)).slice(0, MOST_SHOWN).join('');
    const message = `invalid literal for int() with base ${base}: ${shown}`;
    return raise('ValueError', message, call.at);
  };
  if (parts === null) {
    if (/[^\0-\x7f]/.test(stripped) && /\p{Nd}/u.test(stripped))
      undecidable('int() of digits beyond ASCII', call.at);
    return fail();
  }
  const [, sign = '', prefix = '', joiner = '', rest = ''] = parts;
  const prefixed: Readonly<Record<string, number>> = { '0x': 16, '0o': 8, '0b': 2 };
  const named = prefixed[prefix.toLowerCase()];
  const takesPrefix = named !== undefined && (base === 0 || base === named);
  if (joiner !== '' && !takesPrefix) return fail();
  const actual = base === 0 ? (takesPrefix ? named : 10) : base;
  const digits = (takesPrefix ? rest : prefix + rest).replaceAll('_', '').toLowerCase();
  if (base === 0 && !takesPrefix && /^0\d*[1-9]/.test(digits)) return fail();
  return withSign(sign, digits, actual, call) ?? fail();
}

function withSign(sign: string, digits: string, base: number, call: NativeCall): PyValue | undefined {
  if (digits.length > MOST_DIGITS) undecidable(`an integer of more than ${MOST_DIGITS} digits`, call.at);
  let value = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (!(worth < base)) return undefined;
    value = value * BigInt(base) + BigInt(worth);
  }
  return pyInt(sign === '-' ? -value : value);
}

/** `float(value)`. */
export function toFloat(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const value = optional(call, 0);
  if (value === undefined) return { kind: 'float', value: 0 };
  if (value.kind === 'unknown') throw new Undecidable(value);
  const special = decideSpecial(value, '__float__');
  if (special !== undefined) return special;
  const number = numberOf(value);
  if (number !== undefined) return { kind: 'float', value: Number(number) };
  if (value.kind !== 'str') {
    const message = `float() argument must be a string or a real number, not '${typeName(value)}'`;
    return raise('TypeError', message, call.at);
  }
  const text = withoutBlanks(value.text.toString());
  const digits = String.raw`\d+(?:_\d+)*`;
  const decimal = new RegExp(
    String.raw`^[-+]?(?:${digits}\.?(?:${digits})?|\.${digits})(?:[eE][-+]?${digits})?$`,
  );
  if (text.length <= 1000 && decimal.test(text))
    return { kind: 'float', value: Number(text.replaceAll('_', '')) };
  if (/\p{Nd}/u.test(text.replace(/[0-9]/g, ''))) undecidable('float() of digits beyond ASCII', call.at);
  const named = /^([-+]?)(?:(inf(?:inity)?)|nan)$/i.exec(text);
  if (named === null) {
    const message = `could not convert string to float: ${represent(value, call)}`;
    return raise('ValueError', message, call.at);
  }
  const size = named[2] === undefined ? Number.NaN : Number.POSITIVE_INFINITY;
  return { kind: 'float', value: named[1] === '-' ? -size : size };
}

/** Without the blanks around a number, which the separators \x1c to \x1f are none of. */
function withoutBlanks(text: string): string {
  const isBlank = (character: string) => isPythonSpace(character) && !/[\x1c-\x1f]/.test(character);
  let [from, to] = [0, text.length];
  while (from < to && isBlank(text.charAt(from))) from += 1;
  while (to > from && isBlank(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

export function absolute(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const value = required(call, 0);
  const special = decideSpecial(value, '__abs__');
  if (special !== undefined) return special;
  const number = numberIn(value, `bad operand type for abs(): '${typeName(value)}'`, call);
  return typeof number === 'bigint'
    ? pyInt(number < 0n ? -number : number)
    : { kind: 'float', value: Math.abs(number) };
}

/** `round(number, digits)`: halves to the even neighbour. */
export function round(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['ndigits']);
  const value = required(call, 0);
  const special = decideSpecial(value, '__round__', call.args.slice(1));
  if (special !== undefined) return special;
  const message = `type ${typeName(value)} doesn't define __round__ method`;
  const number = numberIn(value, message, call);
  const given = optional(call, 1, 'ndigits');
  const digits = given === undefined || given.kind === 'none' ? undefined : integerOf(given, call);
  if (typeof number === 'bigint') {
    return digits === undefined || digits >= 0
      ? pyInt(number)
      : undecidable('round() of an int to tens', call.at);
  }
  if (digits === undefined) {
    if (!Number.isFinite(number)) return truncated(number, call);
    const below = Math.floor(number);
    const isHalf = number - below === 0.5;
    return truncated(isHalf ? below + Math.abs(below % 2) : Math.round(number), call);
  }
  if (!Number.isFinite(number) || digits > 22) return { kind: 'float', value: number };
  if (digits < 0) return undecidable('round() of a float to tens', call.at);
  // toFixed rounds the exact binary value; where that is a half, CPython takes the even neighbour.
  const shown = number.toFixed(digits + 1);
  if (shown.endsWith('5') && Number(shown) === number && Number.isInteger(number * 2 ** 20)) {
    return undecidable('round() of a float that is a half', call.at);
  }
  return { kind: 'float', value: Number(number.toFixed(digits)) };
}

export function divideWithRest(call: NativeCall): PyValue {
  onlyArguments(call, 2);
  const [a, b] = [required(call, 0), required(call, 1)];
  return pyTuple([binary('FloorDiv', a, b, call), binary('Mod', a, b, call)], call.at);
}

export function power(call: NativeCall): PyValue {
  onlyArguments(call, 3);
  if (call.args.length === 3) undecidable('pow() with a modulus', call.at);
  return binary('Pow', required(call, 0), required(call, 1), call);
}

/** `sum(iterable, start)`. */
export function sum(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['start']);
  const start = optional(call, 1, 'start') ?? pyInt(0);
  if (start.kind === 'str') raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]", call.at);
  return iterate(required(call, 0), call).reduce((total, item) => binary('Add', total, item, call), start);
}

/** `min` and `max`, of an iterable or of the arguments; the first of equal ones. */
export function extreme(call: NativeCall, which: 'min' | 'max'): PyValue {
  onlyArguments(call, Number.POSITIVE_INFINITY, ['key', 'default']);
  const items = call.args.length === 1 ? iterate(required(call, 0), call) : call.args;
  const key = call.keywords.get('key');
  const keyOf = (item: PyValue) =>
    key === undefined || key.kind === 'none'
      ? item
      : call.interpreter.call(key, { args: [item], keywords: new Map() }, call.at);
  const sign = which === 'min' ? 1 : -1;
  let best: { item: PyValue; key: PyValue } | undefined;
  for (const item of items) {
    const candidate = { item, key: keyOf(item) };
    if (best === undefined || sign * order(candidate.key, best.key, call) < 0) best = candidate;
  }
  if (best !== undefined) return best.item;
  const standard = call.keywords.get('default');
  return standard ?? raise('ValueError', `${which}() arg is an empty sequence`, call.at);
}

/** `hex`, `oct` and `bin`. */
export function inBase(call: NativeCall, base: 16 | 8 | 2, prefix: string): PyValue {
  onlyArguments(call, 1);
  const value = required(call, 0);
  const number = numberOf(value);
  if (typeof number !== 'bigint') {
    return raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`, call.at);
  }
  const digits = (number < 0n ? -number : number).toString(base);
  return derivedStr(`${number < 0n ? '-' : ''}${prefix}${digits}`, call.at);
}

function numberIn(value: PyValue, message: string, call: NativeCall): bigint | number {
  return numberOf(value) ?? raise('TypeError', message, call.at);
}
