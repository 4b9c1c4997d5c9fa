import { type Slice, TracedText } from '../../text/traced-text.ts';
import type { Positioned } from './nodes.ts';
import type { PythonSource } from './python-source.ts';

/**
 * The value of a string literal, each run of characters with its exact place, split at escapes. `value` is what
 * the parser made of the literal, adjacent literals joined (Python reference, 2.4.1–2.4.2).
 */
export function stringLiteral(source: PythonSource, node: Positioned, value: string): TracedText {
  if (source.isQuiet) {
    const { place, text: rule } = source.span(node);
    return TracedText.from(value, { kind: 'derived', rule, place });
  }
  const { from, to } = source.range(node);
  const slices = new LiteralReader(source, from, to).read();
  const text = slices === undefined ? undefined : TracedText.of(slices);
  if (text?.toString() === value) return text;
  // Spelled in a way not read here (\N{…}): the place of the whole has to do.
  return TracedText.from(value, { kind: 'literal', place: source.place(node), verbatim: false });
}

/** Whether the parser left an escape in the value that Python reads otherwise or refuses: `\\N{BULLET}`, `\\x7g`. */
export function isMisread(source: PythonSource, node: Positioned, value: string): boolean {
  if (!/\\(?:N\{|x(?![0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4})|U(?![0-9a-fA-F]{8}))/.test(value)) return false;
  const { from, to } = source.range(node);
  const written = source.text.slice(from, to);
  return !/^[a-zA-Z]*[rR]/.test(written) && /(?<!\\)(?:\\\\)*\\[NxuU]/.test(written);
}

const SIMPLE_ESCAPES: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

class LiteralReader {
  readonly #source: PythonSource;
  readonly #text: string;
  readonly #end: number;
  readonly #slices: Slice[] = [];
  #at: number;

  constructor(source: PythonSource, from: number, to: number) {
    this.#source = source;
    this.#text = source.text;
    this.#at = from;
    this.#end = to;
  }

  read(): Slice[] | undefined {
    while (this.#at < this.#end) {
      const skipped = /^(?:\s|\\\n|#[^\n]*)+/.exec(this.#text.slice(this.#at, this.#end))?.[0];
      if (skipped !== undefined) this.#at += skipped.length;
      else if (!this.#readOne()) return undefined;
    }
    return this.#slices;
  }

  #readOne(): boolean {
    const opening = /^([rRuU]?)('''|"""|'|")/.exec(this.#text.slice(this.#at, this.#at + 4));
    if (opening === null) return false;
    const [whole, prefix = '', quote = ''] = opening;
    this.#at += whole.length;
    const raw = prefix.toLowerCase() === 'r';
    let runStart = this.#at;
    while (this.#at < this.#end) {
      if (this.#text.startsWith(quote, this.#at)) {
        this.#push(runStart, this.#text.slice(runStart, this.#at), true);
        this.#at += quote.length;
        return true;
      }
      if (this.#text.charAt(this.#at) !== '\\') {
        this.#at += 1;
      } else if (raw) {
        this.#at += 2;
      } else {
        this.#push(runStart, this.#text.slice(runStart, this.#at), true);
        this.#readEscape();
        runStart = this.#at;
      }
    }
    return false;
  }

  #readEscape(): void {
    const rest = this.#text.slice(this.#at + 1, Math.min(this.#end, this.#at + 11));
    const coded = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/.exec(rest);
    const simple = SIMPLE_ESCAPES[rest.charAt(0)];
    if (coded !== null) {
      const [spelled, hex2, hex4, hex8, octal] = coded;
      const point =
        octal === undefined ? Number.parseInt(hex2 ?? hex4 ?? hex8 ?? '', 16) : Number.parseInt(octal, 8);
      this.#push(this.#at, point <= 0x10ffff ? String.fromCodePoint(point) : '', false);
      this.#at += 1 + spelled.length;
    } else if (simple !== undefined) {
      this.#push(this.#at, simple, false);
      this.#at += 2;
    } else {
      this.#push(this.#at, '\\', true); // not an escape: the backslash stays
      this.#at += 1;
    }
  }

  #push(offset: number, text: string, verbatim: boolean): void {
    if (text === '') return;
    const origin = { kind: 'literal' as const, place: this.#source.placeAt(offset), verbatim };
    this.#slices.push({ text, origin, via: undefined });
  }
}
