import { respelled } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { dictKey } from '../../compare-values.ts';
import { Raised } from '../../faults.ts';
import type { NativeCall } from '../../interpreter.ts';
import {
  NONE,
  derivedStr,
  pyBool,
  pyDict,
  pyInt,
  pyList,
  pyStr,
  pyTuple,
  raise,
  undecidable,
} from '../../make.ts';
import { onlyArguments, optional, required, typeName } from '../../native-arguments.ts';
import type { DictEntry, PyValue } from '../../value.ts';

const DEEPEST = 200;
const LONGEST_INTEGER = 100;

/**
 * `json.loads(text)`: strings keep the origins that their characters have in the text. What isn't JSON raises
 * `json.JSONDecodeError` with the words and offsets (in code points) of CPython 3.5 to 3.12.
 */
export function jsonLoads(call: NativeCall): PyValue {
  onlyArguments(call, 1, ['s', 'object_pairs_hook']);
  const document = required(call, 0, 's');
  if (document.kind === 'bytes') undecidable('json.loads() of bytes', call.at);
  if (document.kind !== 'str') {
    const type = typeName(document);
    return raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${type}`, call.at);
  }
  call.interpreter.spend(document.text.length >> 4);
  return new Decoder(document.text, call).document();
}

/** `json.load(file)`. */
export function jsonLoad(call: NativeCall): PyValue {
  const file = required(call, 0);
  if (file.kind !== 'file') return undecidable('json.load() of anything but a file', call.at);
  return jsonLoads({ ...call, args: [{ kind: 'str', text: file.content }] });
}

class Decoder {
  readonly #text: TracedText;
  readonly #plain: string;
  readonly #call: NativeCall;
  readonly #pairsHook: PyValue | undefined;
  #at = 0;

  constructor(text: TracedText, call: NativeCall) {
    this.#text = text;
    this.#plain = text.toString();
    this.#call = call;
    const hook = optional(call, Number.NaN, 'object_pairs_hook');
    this.#pairsHook = hook?.kind === 'none' ? undefined : hook;
  }

  document(): PyValue {
    if (this.#plain.startsWith('\uFEFF')) this.#fail('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.#blanks();
    const value = this.#value(0);
    this.#blanks();
    if (this.#at < this.#plain.length) this.#fail('Extra data', this.#at);
    return value;
  }

  #value(depth: number): PyValue {
    this.#call.interpreter.spend(1);
    if (depth > DEEPEST) {
      undecidable(`JSON nested more than ${DEEPEST} deep: Python may run out of its stack`, this.#call.at);
    }
    const from = this.#at;
    if (this.#take('{')) return this.#object(depth);
    if (this.#take('[')) return this.#array(depth);
    if (this.#take('"')) return this.#string(from);
    const token = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity/y;
    token.lastIndex = from;
    const spelled = token.exec(this.#plain)?.[0];
    if (spelled === undefined) return this.#fail('Expecting value', from);
    this.#at += spelled.length;
    return this.#constant(spelled);
  }

  #constant(spelled: string): PyValue {
    switch (spelled) {
      case 'null':
        return NONE;
      case 'true':
      case 'false':
        return pyBool(spelled === 'true');
      case 'NaN':
        return { kind: 'float', value: Number.NaN };
      default:
        if (/[.eEI]/.test(spelled)) return { kind: 'float', value: Number(spelled) };
        return spelled.length > LONGEST_INTEGER
          ? undecidable(`an integer of more than ${LONGEST_INTEGER} digits`, this.#call.at)
          : pyInt(BigInt(spelled));
    }
  }

  #array(depth: number): PyValue {
    const items: PyValue[] = [];
    this.#blanks();
    if (this.#take(']')) return pyList(items, this.#call.at);
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#blanks();
      if (this.#take(']')) return pyList(items, this.#call.at);
      if (!this.#take(',')) this.#fail("Expecting ',' delimiter", this.#at);
      this.#blanks();
    }
  }

  #object(depth: number): PyValue {
    const pairs: [PyValue, PyValue][] = [];
    this.#blanks();
    if (this.#take('}')) return this.#dict(pairs);
    for (;;) {
      const from = this.#at;
      if (!this.#take('"')) this.#fail('Expecting property name enclosed in double quotes', from);
      const key = this.#string(from);
      this.#blanks();
      if (!this.#take(':')) this.#fail("Expecting ':' delimiter", this.#at);
      this.#blanks();
      pairs.push([key, this.#value(depth + 1)]);
      this.#blanks();
      if (this.#take('}')) return this.#dict(pairs);
      if (!this.#take(',')) this.#fail("Expecting ',' delimiter", this.#at);
      this.#blanks();
    }
  }

  #dict(pairs: readonly [PyValue, PyValue][]): PyValue {
    const { at, interpreter } = this.#call;
    if (this.#pairsHook !== undefined) {
      const items = pairs.map((pair) => pyTuple(pair, at));
      return interpreter.call(this.#pairsHook, { args: [pyList(items, at)], keywords: new Map() }, at);
    }
    const entries = new Map<string, DictEntry>();
    for (const [key, value] of pairs) entries.set(dictKey(key, this.#call), { key, value });
    return pyDict(entries);
  }

  /** Behind the opening quote. */
  #string(opening: number): PyValue {
    const parts: TracedText[] = [];
    const surrogates = String.raw`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}`;
    const piece = new RegExp(
      String.raw`[^"\\\x00-\x1f]+|${surrogates}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})`,
      'y',
    );
    while (!this.#take('"')) {
      piece.lastIndex = this.#at;
      const spelled = piece.exec(this.#plain)?.[0];
      if (spelled === undefined) return this.#badString(opening);
      const part = this.#text.slice(this.#at, this.#at + spelled.length);
      parts.push(spelled.startsWith('\\') ? unescaped(part, spelled) : part);
      this.#at += spelled.length;
    }
    return pyStr(TracedText.concat(parts), this.#call.at);
  }

  #badString(opening: number): never {
    const character = this.#plain.charAt(this.#at);
    const escape = this.#plain.charAt(this.#at + 1);
    if (character === '' || (character === '\\' && escape === '')) {
      return this.#fail('Unterminated string starting at', opening);
    }
    if (character !== '\\') return this.#fail('Invalid control character at', this.#at);
    if (escape !== 'u') return this.#fail('Invalid \\escape', this.#at);
    return this.#fail('Invalid \\uXXXX escape', this.#at + 1);
  }

  #blanks(): void {
    while (' \t\n\r'.includes(this.#plain.charAt(this.#at)) && this.#at < this.#plain.length) this.#at += 1;
  }

  #take(token: string): boolean {
    if (!this.#plain.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #fail(message: string, offset: number): never {
    const { at } = this.#call;
    const before = Array.from(this.#plain.slice(0, offset));
    const line = before.filter((character) => character === '\n').length + 1;
    const column = before.length - before.lastIndexOf('\n');
    const text = `${message}: line ${line} column ${column} (char ${before.length})`;
    const attributes = new Map<string, PyValue>([
      ['msg', derivedStr(message, at)],
      ['doc', { kind: 'str', text: this.#text }],
      ['pos', pyInt(before.length)],
      ['lineno', pyInt(line)],
      ['colno', pyInt(column)],
    ]);
    throw new Raised(
      { kind: 'exception', type: 'json.JSONDecodeError', args: [derivedStr(text, at)], attributes },
      at.place,
    );
  }
}

function unescaped(part: TracedText, spelled: string): TracedText {
  const text: unknown = JSON.parse(`"${spelled}"`);
  const [first] = part.slices;
  if (first === undefined || typeof text !== 'string') return part;
  return TracedText.of([{ ...first, text, origin: respelled(first.origin) }]);
}
