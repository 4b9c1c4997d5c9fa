import { respelled } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { checkLength } from '../../make.ts';

const BREAKS = '\n\x85\u2028\u2029';

export interface YamlLayout {
  /** Columns behind which a line is broken at the next single blank. */
  readonly width: number;
  readonly indent: number;
  readonly allowUnicode: boolean;
}

/**
 * The lower half of PyYAML's emitter: writes indicators, indentation and scalars, and counts columns in code
 * points. A scalar's characters keep their origins; what is added is derived, at the call.
 */
export class ScalarWriter {
  readonly layout: YamlLayout;
  readonly #call: NativeCall;
  readonly #out: TracedText[] = [];
  #length = 0;
  /** Characters copied, but not yet put out: neighbours stay together. */
  #copied: { readonly scalar: Characters; readonly from: number; readonly to: number } | undefined;
  column = 0;
  /** The indentation that lines begin with; null outside of the document. */
  indent: number | null = null;
  /** Whether the last thing written ends in white space, or is indentation and list marks alone. */
  whitespace = true;
  indention = true;
  openEnded = false;

  constructor(layout: YamlLayout, call: NativeCall) {
    this.layout = layout;
    this.#call = call;
  }

  get written(): TracedText {
    this.#flush();
    return TracedText.concat(this.#out);
  }

  indicator(mark: string, needsWhitespace: boolean, whitespace = false, indention = false): void {
    const data = this.whitespace || !needsWhitespace ? mark : ` ${mark}`;
    this.whitespace = whitespace;
    this.indention = this.indention && indention;
    this.column += data.length;
    this.openEnded = false;
    this.#add(data);
  }

  writeIndent(): void {
    const indent = this.indent ?? 0;
    if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) {
      this.#lineBreak('\n');
    }
    if (this.column < indent) {
      this.whitespace = true;
      this.#add(' '.repeat(indent - this.column));
      this.column = indent;
    }
  }

  plain(text: TracedText, split: boolean, isRoot: boolean): void {
    if (isRoot) this.openEnded = true;
    if (text.length === 0) return;
    if (!this.whitespace) {
      this.column += 1;
      this.#add(' ');
    }
    this.whitespace = false;
    this.indention = false;
    const scalar = new Characters(text);
    this.#folding(scalar, () => split, false);
  }

  singleQuoted(text: TracedText, split: boolean): void {
    this.indicator("'", true);
    const scalar = new Characters(text);
    this.#folding(scalar, (from, to) => split && from !== 0 && to !== scalar.length, true);
    this.indicator("'", false);
  }

  /** Runs of text, of blanks and of line ends, of which a single blank may become a line end. */
  #folding(scalar: Characters, mayFold: (from: number, to: number) => boolean, isQuoted: boolean): void {
    const isText = (character: string) =>
      character !== ' ' && !isBreak(character) && !(isQuoted && character === "'");
    for (let from = 0; from < scalar.length; ) {
      const first = scalar.at(from);
      let to = from + 1;
      if (first === ' ') {
        to = scalar.runEnd(from, (character) => character === ' ');
        if (to === from + 1 && this.column > this.layout.width && mayFold(from, to)) {
          this.#foldInto(scalar, from);
          this.whitespace = isQuoted;
          this.indention = isQuoted;
        } else this.#copy(scalar, from, to);
      } else if (isBreak(first)) {
        to = scalar.runEnd(from, isBreak);
        if (first === '\n') this.#lineBreak('\n');
        this.#breaks(scalar, from, to);
        this.writeIndent();
      } else if (isQuoted && first === "'") {
        this.#spell(scalar, from, "''");
        this.column += 2;
      } else {
        to = scalar.runEnd(from, isText);
        this.#copy(scalar, from, to);
      }
      from = to;
    }
  }

  doubleQuoted(text: TracedText, split: boolean): void {
    this.indicator('"', true);
    const scalar = new Characters(text);
    let start = 0;
    for (let end = 0; end <= scalar.length; end += 1) {
      const character = end < scalar.length ? scalar.at(end) : undefined;
      const escape = character === undefined ? undefined : escaped(character, this.layout.allowUnicode);
      if (character === undefined || escape !== undefined) {
        if (start < end) {
          this.#copy(scalar, start, end);
          start = end;
        }
        if (escape !== undefined) {
          this.#spell(scalar, end, escape);
          this.column += escape.length;
          start = end + 1;
        }
      }
      const mayBreak = end > 0 && end < scalar.length - 1 && (character === ' ' || start >= end) && split;
      if (!mayBreak || this.column + (end - start) <= this.layout.width) continue;
      if (start < end) {
        this.#copy(scalar, start, end);
        start = end;
      }
      this.#add('\\');
      this.column += 1;
      this.writeIndent();
      this.whitespace = false;
      this.indention = false;
      if (scalar.at(start) === ' ') {
        this.#add('\\');
        this.column += 1;
      }
    }
    this.indicator('"', false);
  }

  literal(text: TracedText): void {
    const scalar = new Characters(text);
    const hints = blockHints(scalar, this.layout.indent);
    this.indicator(`|${hints}`, true);
    if (hints.endsWith('+')) this.openEnded = true;
    this.#lineBreak('\n');
    let atLineStart = true;
    for (let from = 0; from < scalar.length; ) {
      const to = scalar.runEnd(from, isBreak);
      if (to > from) {
        this.#breaks(scalar, from, to);
        atLineStart = true;
        from = to;
        continue;
      }
      if (atLineStart) this.writeIndent();
      atLineStart = false;
      const end = scalar.runEnd(from, (character) => !isBreak(character));
      this.#copy(scalar, from, end, false);
      if (end === scalar.length) this.#lineBreak('\n');
      from = end;
    }
  }

  /** The line ends of a run, which keep their origins. */
  #breaks(scalar: Characters, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      this.whitespace = true;
      this.indention = true;
      this.#copy(scalar, at, at + 1);
      this.column = 0;
    }
  }

  /** A blank that became a line end: the line end and the indentation stand where it stood. */
  #foldInto(scalar: Characters, at: number): void {
    const indent = this.indent ?? 0;
    this.#spell(scalar, at, `\n${' '.repeat(indent)}`);
    this.column = indent;
    this.whitespace = true;
    this.indention = true;
  }

  #copy(scalar: Characters, from: number, to: number, counts = true): void {
    if (counts) this.column += to - from;
    const before = this.#copied;
    if (before?.scalar === scalar && before.to === from) {
      this.#copied = { scalar, from: before.from, to };
      return;
    }
    this.#flush();
    this.#copied = { scalar, from, to };
  }

  #flush(): void {
    const copied = this.#copied;
    this.#copied = undefined;
    if (copied !== undefined) this.#put(copied.scalar.slice(copied.from, copied.to));
  }

  #spell(scalar: Characters, at: number, spelling: string): void {
    const [first] = scalar.slice(at, at + 1).slices;
    if (first === undefined) this.#add(spelling);
    else this.#put(TracedText.of([{ ...first, text: spelling, origin: respelled(first.origin) }]));
  }

  #lineBreak(data: string): void {
    this.whitespace = true;
    this.indention = true;
    this.column = 0;
    this.#add(data);
  }

  #add(text: string): void {
    const { at } = this.#call;
    this.#put(TracedText.from(text, { kind: 'derived', rule: at.text, place: at.place }));
  }

  #put(text: TracedText): void {
    this.#flush();
    this.#length += text.length;
    checkLength(this.#length, this.#call.at);
    this.#out.push(text);
  }
}

/** A text by code points. */
class Characters {
  readonly #text: TracedText;
  readonly #characters: readonly string[];
  readonly #offsets: number[] = [];

  constructor(text: TracedText) {
    this.#text = text;
    this.#characters = Array.from(text.toString());
    let offset = 0;
    for (const character of this.#characters) {
      this.#offsets.push(offset);
      offset += character.length;
    }
  }

  get length(): number {
    return this.#characters.length;
  }

  at(index: number): string {
    return this.#characters[index] ?? '';
  }

  /** The end of the run from `from` on in which every character passes. */
  runEnd(from: number, passes: (character: string) => boolean): number {
    let to = from;
    while (to < this.length && passes(this.at(to))) to += 1;
    return to;
  }

  slice(from: number, to: number): TracedText {
    return this.#text.slice(this.#offsets[from] ?? this.#text.length, this.#offsets[to]);
  }
}

function isBreak(character: string): boolean {
  return character !== '' && BREAKS.includes(character);
}

/** What stands behind `|`: the indentation where the text begins with a blank, and what becomes of its last line end. */
function blockHints(scalar: Characters, indent: number): string {
  if (scalar.length === 0) return '';
  const first = scalar.at(0);
  const hint = first === ' ' || isBreak(first) ? String(indent) : '';
  if (!isBreak(scalar.at(scalar.length - 1))) return `${hint}-`;
  return scalar.length === 1 || isBreak(scalar.at(scalar.length - 2)) ? `${hint}+` : hint;
}

const NAMED: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string, allowUnicode: boolean): string | undefined {
  const isPrintable = allowUnicode
    ? /^[ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u.test(character)
    : /^[ -~]$/.test(character);
  if (isPrintable && character !== '"' && character !== '\\') return undefined;
  const named = NAMED[character];
  if (named !== undefined) return `\\${named}`;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
