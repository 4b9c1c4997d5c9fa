import { TracedText } from '../../../text/traced-text.ts';
import type { NativeCall } from '../interpreter.ts';
import { pyBool, pyInt, raise, undecidable } from '../make.ts';
import { integerOf, onlyArguments, optional, required, textOf } from '../native-arguments.ts';
import type { PyValue } from '../value.ts';

/** The methods of `int`, which those of `bool` are too. */
export const INTEGER_METHODS: Readonly<Record<string, (self: bigint, call: NativeCall) => PyValue>> = {
  as_integer_ratio: (self, call) => undecidable(`as_integer_ratio() of ${self}`, call.at),
  bit_count: (self) => pyInt(bits(self).replaceAll('0', '').length),
  bit_length: (self) => pyInt(self === 0n ? 0 : bits(self).length),
  conjugate: (self) => pyInt(self),
  to_bytes: (self, call) => {
    onlyArguments(call, 2, ['length', 'byteorder', 'signed']);
    if (call.keywords.has('signed')) undecidable('signed bytes of an int', call.at);
    const length = integerOf(optional(call, 0, 'length') ?? pyInt(1), call);
    const order = optional(call, 1, 'byteorder');
    if (self < 0n) return raise('OverflowError', "can't convert negative int to unsigned", call.at);
    if (bits(self).length > 8 * length && self !== 0n) {
      return raise('OverflowError', 'int too big to convert', call.at);
    }
    if (length > 64) undecidable('more than 64 bytes of an int', call.at);
    const bytes = Array.from({ length }, (_, index) => Number((self >> BigInt(8 * index)) & 255n));
    const isLittle = order !== undefined && textOf(order, call).toString() === 'little';
    const text = String.fromCharCode(...(isLittle ? bytes : bytes.reverse()));
    const origin = { kind: 'derived', rule: call.at.text, place: call.at.place } as const;
    return { kind: 'bytes', text: TracedText.from(text, origin) };
  },
};

/** The methods of `float`. */
export const FLOAT_METHODS: Readonly<Record<string, (self: number, call: NativeCall) => PyValue>> = {
  as_integer_ratio: (self, call) => undecidable(`as_integer_ratio() of ${self}`, call.at),
  conjugate: (self) => ({ kind: 'float', value: self }),
  hex: (self, call) => undecidable(`hex() of ${self}`, call.at),
  is_integer: (self) => pyBool(Number.isInteger(self)),
};

function bits(value: bigint): string {
  return (value < 0n ? -value : value).toString(2);
}

/** `int.from_bytes(bytes, byteorder)`. */
export function integerFromBytes(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['bytes', 'byteorder']);
  const bytes = required(call, 0, 'bytes');
  const order = optional(call, 1, 'byteorder');
  if (bytes.kind !== 'bytes') return raise('TypeError', 'cannot convert object to bytes', call.at);
  if (bytes.text.length > 32) undecidable('an int of more than 32 bytes', call.at);
  const units = Array.from(bytes.text.toString(), (unit) => BigInt(unit.charCodeAt(0)));
  if (order !== undefined && textOf(order, call).toString() === 'little') units.reverse();
  return pyInt(units.reduce((value, byte) => value * 256n + byte, 0n));
}
