import { recodeText } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { pyInt, derivedStr, pyStr, raiseWith, undecidable } from '../../make.ts';
import { onlyArguments, optional, textOf } from '../../native-arguments.ts';
import type { PyBytes, PyValue } from '../../value.ts';
import { pointsBefore } from './code-points.ts';
import { replaceCharacters } from './replace-characters.ts';

type Encoding = 'utf-8' | 'ascii' | 'latin-1';

/** `text.encode(encoding)`. */
export function encode(self: TracedText, call: NativeCall): PyValue {
  return encoded(self, encodingOf(call), call);
}

/** Every character as its bytes, which keep its place. */
export function encoded(text: TracedText, encoding: Encoding, call: NativeCall): PyBytes {
  const plain = text.toString();
  call.interpreter.spend(plain.length >> 4);
  if (/^[\0-\x7f]*$/.test(plain)) return { kind: 'bytes', text };
  if (encoding !== 'utf-8') {
    const last = encoding === 'ascii' ? 0x7f : 0xff;
    const bad = Array.from(plain).find((character) => (character.codePointAt(0) ?? 0) > last);
    if (bad !== undefined) return raiseEncodeError(text, bad, encoding, call);
    return { kind: 'bytes', text };
  }
  if (/\p{Cs}/u.test(plain)) undecidable('half of a surrogate pair as UTF-8', call.at);
  return { kind: 'bytes', text: recodeText(text, (character) => Buffer.from(character).toString('latin1')) };
}

function raiseEncodeError(text: TracedText, bad: string, encoding: Encoding, call: NativeCall): never {
  const plain = text.toString();
  const at = pointsBefore(plain, plain.indexOf(bad));
  const last = encoding === 'ascii' ? 128 : 256;
  const code = bad.codePointAt(0) ?? 0;
  const spelled =
    code <= 0xff
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : code <= 0xffff
        ? `\\u${code.toString(16).padStart(4, '0')}`
        : `\\U${code.toString(16).padStart(8, '0')}`;
  const next = Array.from(plain)[at + 1] ?? '';
  if ((next.codePointAt(0) ?? 0) >= last) undecidable('a text beyond its encoding', call.at);
  const message = `'${encoding}' codec can't encode character '${spelled}' in position ${at}: ordinal not in range(${last})`;
  return raiseWith(
    'UnicodeEncodeError',
    [derivedStr(message, call.at)],
    call.at,
    new Map([['start', pyInt(at)]]),
  );
}

/** `bytes.decode(encoding)`. */
export function decode(self: PyBytes, call: NativeCall): PyValue {
  const encoding = encodingOf(call);
  const plain = self.text.toString();
  call.interpreter.spend(plain.length >> 4);
  if (encoding === 'latin-1' || /^[\0-\x7f]*$/.test(plain)) return pyStr(self.text, call.at);
  const decoded = Buffer.from(plain, 'latin1').toString('utf8');
  if (encoding === 'ascii' || Buffer.from(decoded).toString('latin1') !== plain) {
    return undecidable(`bytes that aren't ${encoding}`, call.at);
  }
  const characters = decoded[Symbol.iterator]();
  let left = 0;
  const text = replaceCharacters(self.text, (_, own) => {
    if (left > 0) {
      left -= 1;
      return TracedText.empty;
    }
    const character = String(characters.next().value);
    left = Buffer.byteLength(character) - 1;
    return left === 0 ? undefined : spelledAs(own(), character);
  });
  return pyStr(text, call.at);
}

/** The place of its first byte is that of a character. */
function spelledAs(bytes: TracedText, character: string): TracedText {
  const [first] = bytes.slices;
  return first === undefined ? bytes : TracedText.of([{ ...first, text: character }]);
}

function encodingOf(call: NativeCall): Encoding {
  onlyArguments(call, 2, ['encoding', 'errors']);
  const given = optional(call, 0, 'encoding');
  const errors = optional(call, 1, 'errors');
  if (errors !== undefined && textOf(errors, call).toString() !== 'strict') {
    undecidable('encoding with lenient errors', call.at);
  }
  const name = given === undefined ? 'utf-8' : textOf(given, call).toString().toLowerCase();
  if (['utf-8', 'utf8', 'utf_8', 'u8'].includes(name)) return 'utf-8';
  if (['ascii', 'us-ascii'].includes(name)) return 'ascii';
  if (['latin-1', 'latin1', 'iso-8859-1'].includes(name)) return 'latin-1';
  return undecidable(`the encoding ${name}`, call.at);
}
