import { respelled } from '../../../text/recode.ts';
import { TracedText } from '../../../text/traced-text.ts';
import { dictKey } from '../compare-values.ts';
import { Raised } from '../faults.ts';
import type { NativeCall } from '../interpreter.ts';
import { NONE, derivedStr, pyBool, pyDict, pyInt, pyList, pyStr } from '../make.ts';
import { onlyArguments, required, textOf } from '../native-arguments.ts';
import type { DictEntry, PyValue } from '../value.ts';

const DEEPEST = 200;

/** `json.loads(text)`: strings keep the origins that their characters have in the text. */
export function jsonLoads(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  return new Decoder(textOf(required(call, 0), call), call).document();
}

class Decoder {
  readonly #text: TracedText;
  readonly #plain: string;
  readonly #call: NativeCall;
  #at = 0;

  constructor(text: TracedText, call: NativeCall) {
    this.#text = text;
    this.#plain = text.toString();
    this.#call = call;
  }

  document(): PyValue {
    this.#blanks();
    const value = this.#value(0);
    this.#blanks();
    if (this.#at < this.#plain.length) this.#fail('Extra data', this.#at);
    return value;
  }

  #value(depth: number): PyValue {
    this.#call.interpreter.spend(1);
    if (depth > DEEPEST) throw new RangeError('nested too deeply');
    const from = this.#at;
    if (this.#take('{')) return this.#object(depth);
    if (this.#take('[')) return this.#array(depth);
    if (this.#take('"')) return this.#string(from);
    const token = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)/y;
    token.lastIndex = from;
    const spelled = token.exec(this.#plain)?.[0];
    if (spelled === undefined) return this.#fail('Expecting value', from);
    this.#at += spelled.length;
    if (spelled === 'null') return NONE;
    if (spelled === 'true' || spelled === 'false') return pyBool(spelled === 'true');
    return /[.eE]/.test(spelled) ? { kind: 'float', value: Number(spelled) } : pyInt(this.#integer(spelled));
  }

  #integer(spelled: string): bigint {
    return spelled.length > 100 ? this.#fail('A number of more than 100 digits', this.#at) : BigInt(spelled);
  }

  #array(depth: number): PyValue {
    const items: PyValue[] = [];
    this.#blanks();
    if (this.#take(']')) return pyList(items, this.#call.at);
    for (;;) {
      this.#blanks();
      items.push(this.#value(depth + 1));
      this.#blanks();
      if (this.#take(']')) return pyList(items, this.#call.at);
      if (!this.#take(',')) this.#fail("Expecting ',' delimiter", this.#at);
    }
  }

  #object(depth: number): PyValue {
    const entries = new Map<string, DictEntry>();
    this.#blanks();
    if (this.#take('}')) return pyDict(entries);
    for (;;) {
      this.#blanks();
      const from = this.#at;
      if (!this.#take('"')) this.#fail('Expecting property name enclosed in double quotes', from);
      const key = this.#string(from);
      this.#blanks();
      if (!this.#take(':')) this.#fail("Expecting ':' delimiter", this.#at);
      this.#blanks();
      entries.set(dictKey(key, this.#call), { key, value: this.#value(depth + 1) });
      this.#blanks();
      if (this.#take('}')) return pyDict(entries);
      if (!this.#take(',')) this.#fail("Expecting ',' delimiter", this.#at);
    }
  }

  /** Behind the opening quote. */
  #string(opening: number): PyValue {
    const parts: TracedText[] = [];
    const piece = /[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    while (!this.#take('"')) {
      piece.lastIndex = this.#at;
      const spelled = piece.exec(this.#plain)?.[0];
      if (spelled === undefined) {
        return this.#at >= this.#plain.length
          ? this.#fail('Unterminated string starting at', opening)
          : this.#fail(
              this.#plain[this.#at] === '\\' ? 'Invalid \\escape' : 'Invalid control character at',
              this.#at,
            );
      }
      const part = this.#text.slice(this.#at, this.#at + spelled.length);
      parts.push(spelled.startsWith('\\') ? unescaped(part, spelled) : part);
      this.#at += spelled.length;
    }
    return pyStr(TracedText.concat(parts), this.#call.at);
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
    const before = this.#plain.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const text = `${message}: line ${line} column ${column} (char ${offset})`;
    const args = [derivedStr(text, this.#call.at)];
    throw new Raised({ kind: 'exception', type: 'json.JSONDecodeError', args }, this.#call.at.place);
  }
}

function unescaped(part: TracedText, spelled: string): TracedText {
  const text: unknown = JSON.parse(`"${spelled}"`);
  const [first] = part.slices;
  if (first === undefined || typeof text !== 'string') return part;
  return TracedText.of([{ ...first, text, origin: respelled(first.origin) }]);
}
