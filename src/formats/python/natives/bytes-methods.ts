import type { NativeCall } from '../interpreter.ts';
import { derivedStr, undecidable } from '../make.ts';
import type { PyBytes, PyValue } from '../value.ts';
import { decode } from './str/encode.ts';
import { STRING_METHODS } from './string-methods.ts';

/** The methods of `bytes` that make sense of them as ASCII text, and those that leave bytes. */
const AS_TEXT = ['strip', 'lstrip', 'rstrip', 'replace', 'lower', 'upper', 'removeprefix', 'removesuffix'];

export const BYTES_METHODS: Readonly<Record<string, (self: PyBytes, call: NativeCall) => PyValue>> = {
  ...Object.fromEntries(AS_TEXT.map((name) => [name, asText(name)])),
  decode,
  hex: (self, call) => derivedStr(Buffer.from(self.text.toString(), 'latin1').toString('hex'), call.at),
};

/** Calls the method of `str` on bytes of ASCII alone. */
function asText(name: string): (self: PyBytes, call: NativeCall) => PyValue {
  return (self, call) => {
    const args = call.args.map((arg) =>
      arg.kind === 'bytes' ? { kind: 'str' as const, text: arg.text } : arg,
    );
    const isAscii = /^[\0-\x7f]*$/.test(self.text.toString());
    const result = isAscii ? STRING_METHODS[name]?.(self.text, { ...call, args }) : undefined;
    return result?.kind === 'str'
      ? { kind: 'bytes', text: result.text }
      : undecidable(`${name}() of bytes`, call.at);
  };
}
