import { Buffer } from 'node:buffer';
import { TracedText } from '../../text/traced-text.ts';
import { readEscape } from './read-escape.ts';
import { TextCursor } from './text-cursor.ts';

export interface Word {
  readonly text: TracedText;
  /** Not quoted anywhere, nothing escaped. */
  readonly bare: boolean;
  /** Its escaped bytes are UTF-8; where they are not, they are replaced by U+FFFD. */
  readonly isUtf8: boolean;
}

export interface Words {
  /** Those before the fault, if there is one. */
  readonly words: readonly Word[];
  /** Why systemd reads no further. */
  readonly fault: string | undefined;
}

/**
 * `command`: an unknown escape stays as it is written, and the word `\;` is a semicolon. `value`, of a variable
 * in a command: a backslash stands for the character after it, and an open quote ends with the value.
 */
type Mode = 'list' | 'command' | 'value';

/**
 * Splits a value into words at blanks: quotes group and are removed, C escapes are replaced.
 * Source: systemd.syntax(7), "Quoting"; src/basic/extract-word.c of systemd 252.
 */
export function readWords(value: TracedText, mode: Mode): Words {
  const text = value.toString();
  const cursor = new TextCursor(value);
  const words: Word[] = [];
  let word: WordBuilder | undefined;
  let quote = '';
  let at = 0;
  const fault = (reason: string): Words => ({ words, fault: reason });
  const end = (): void => {
    if (word !== undefined) words.push(word.build());
    word = undefined;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    if (quote === '' && BLANK.test(character)) {
      end();
      cursor.take(1);
      at += 1;
      continue;
    }
    if (mode === 'command' && word === undefined && isSemicolon(text, at)) {
      cursor.take(1);
      words.push({ text: cursor.take(1), bare: false, isUtf8: true });
      at += 2;
      continue;
    }
    word ??= new WordBuilder();
    if (character === quote || (quote === '' && QUOTE.test(character))) {
      quote = quote === '' ? character : '';
      word.bare = false;
      cursor.take(1);
      at += 1;
    } else if (character === '\\') {
      if (mode === 'value' && at + 1 < text.length) {
        cursor.take(1);
        word.push(cursor.take(1));
        at += 2;
        continue;
      }
      if (mode === 'value') {
        // The last character: it stands for nothing, and there is a word all the same.
        at += 1;
        continue;
      }
      const escape = readEscape(text, at + 1);
      if (escape === undefined && mode === 'list') return fault('an escape that systemd does not know');
      const length = 1 + (escape?.length ?? Math.min(1, text.length - at - 1));
      const written = cursor.take(length);
      if (escape === undefined) word.push(written);
      else word.pushEscape(escape.stands, written);
      at += length;
    } else {
      const length = runAt(text, at, quote);
      word.push(cursor.take(length));
      at += length;
    }
  }
  if (quote !== '' && mode !== 'value') return fault('a quote that is not closed');
  end();
  return { words, fault: undefined };
}

const BLANK = /[ \t\n\r]/;
const QUOTE = /["']/;
const RUNS: Readonly<Record<string, RegExp>> = {
  '': /[^ \t\n\r"'\\]+/y,
  '"': /[^"\\]+/y,
  "'": /[^'\\]+/y,
};

function isSemicolon(text: string, at: number): boolean {
  return text.startsWith('\\;', at) && (at + 2 === text.length || BLANK.test(text.charAt(at + 2)));
}

/** How many plain characters stand at `at`. */
function runAt(text: string, at: number, quote: string): number {
  const run = RUNS[quote];
  if (run === undefined) return 1;
  run.lastIndex = at;
  return run.exec(text)?.[0].length ?? 1;
}

/** Collects a word. Escaped bytes that follow one another are one piece of UTF-8. */
class WordBuilder {
  bare = true;
  readonly #parts: TracedText[] = [];
  #bytes: number[] = [];
  #bytesWritten: TracedText = TracedText.empty;
  #isUtf8 = true;

  push(part: TracedText): void {
    this.#decodeBytes();
    this.#parts.push(part);
  }

  pushEscape(stands: NonNullable<ReturnType<typeof readEscape>>['stands'], written: TracedText): void {
    this.bare = false;
    if (stands.kind === 'byte') {
      if (this.#bytes.length === 0) this.#bytesWritten = written;
      this.#bytes.push(stands.byte);
    } else this.push(respelt(stands.text, written));
  }

  build(): Word {
    this.#decodeBytes();
    return { text: joined(TracedText.concat(this.#parts)), bare: this.bare, isUtf8: this.#isUtf8 };
  }

  #decodeBytes(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Buffer.from(this.#bytes);
    const text = bytes.toString('utf8');
    if (!Buffer.from(text).equals(bytes)) this.#isUtf8 = false;
    this.#parts.push(respelt(text, this.#bytesWritten));
    this.#bytes = [];
  }
}

/** `text` is spelt otherwise where it stands. */
function respelt(text: string, written: TracedText): TracedText {
  const origin = written.slices[0]?.origin;
  if (origin === undefined) return TracedText.empty;
  return TracedText.from(text, origin.kind === 'literal' ? { ...origin, verbatim: false } : origin);
}

/** Joins neighbours that stand side by side in one file, so that a plain word is one slice. */
function joined(text: TracedText): TracedText {
  const out: TracedText['slices'][number][] = [];
  for (const slice of text.slices) {
    const last = out.at(-1);
    const joins =
      last !== undefined &&
      last.origin.kind === 'literal' &&
      slice.origin.kind === 'literal' &&
      last.origin.verbatim &&
      slice.origin.verbatim &&
      last.via === slice.via &&
      last.origin.place.line === slice.origin.place.line &&
      last.origin.place.column + last.text.length === slice.origin.place.column;
    if (joins) out[out.length - 1] = { ...last, text: last.text + slice.text };
    else out.push(slice);
  }
  return TracedText.of(out);
}
