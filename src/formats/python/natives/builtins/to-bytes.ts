import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { checkLength, raise, undecidable } from '../../make.ts';
import { integerOf, iterate, onlyArguments, optional, textOf } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';
import { encode } from '../str/encode.ts';

/** `bytes(…)`: of a text and its encoding, of a length, of byte values. */
export function toBytes(call: NativeCall): PyValue {
  onlyArguments(call, 2, ['encoding']);
  const source = optional(call, 0);
  const encoding = optional(call, 1, 'encoding');
  if (source === undefined) return bytesOf([], call);
  if (source.kind === 'bytes') return source;
  if (source.kind === 'str') {
    if (encoding === undefined) return raise('TypeError', 'string argument without an encoding', call.at);
    return encode(textOf(source, call), { ...call, args: [encoding], keywords: new Map() });
  }
  if (source.kind === 'int') {
    const length = integerOf(source, call);
    if (length < 0) return raise('ValueError', 'negative count', call.at);
    checkLength(length, call.at);
    return bytesOf(
      Array.from({ length }, () => 0),
      call,
    );
  }
  const values = iterate(source, call).map((item) => integerOf(item, call));
  if (values.some((value) => value < 0 || value > 255)) {
    return raise('ValueError', 'bytes must be in range(0, 256)', call.at);
  }
  return bytesOf(values, call);
}

function bytesOf(values: readonly number[], call: NativeCall): PyValue {
  if (values.length > 10_000) undecidable('more than 10000 bytes by their values', call.at);
  const { at } = call;
  const text = String.fromCharCode(...values);
  return { kind: 'bytes', text: TracedText.from(text, { kind: 'derived', rule: at.text, place: at.place }) };
}
