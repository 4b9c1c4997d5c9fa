import type { Place } from '../../text/place.ts';
import type { Positioned } from './nodes.ts';

const LONGEST_EXCERPT = 120;
const LONGEST_READ = 4 * LONGEST_EXCERPT;

/** Where something stands in a source, and what stands there, on one line. */
export interface Span {
  readonly place: Place;
  readonly text: string;
}

/**
 * The text of a Python file, and the way from the positions of its syntax tree (lines from 1, columns in UTF-8
 * bytes from 0) to places and offsets in it. Line ends are line feeds; a byte order mark is left out.
 */
export class PythonSource {
  readonly file: string;
  readonly text: string;
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];
  readonly #isAscii: readonly boolean[];
  /** For lines that aren't ASCII, once they were asked for. */
  readonly #offsets = new Map<number, readonly number[]>();
  readonly #spans = new WeakMap<Positioned, Span>();
  readonly #standIn: (() => Span) | undefined;

  /** `standIn`: for a source of Cutover's own, which no place may name: what it is called from, in its stead. */
  constructor(file: string, text: string, standIn?: () => Span) {
    this.file = file;
    this.#standIn = standIn;
    this.text = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    this.#lines = this.text.split('\n');
    this.#isAscii = this.#lines.map((line) => /^[\0-\x7f]*$/.test(line));
    let start = 0;
    this.#starts = this.#lines.map((line) => {
      const from = start;
      start += line.length + 1;
      return from;
    });
  }

  /** Whether it is Cutover's own: then nothing is said to have come by it. */
  get isQuiet(): boolean {
    return this.#standIn !== undefined;
  }

  get moduleName(): string {
    return /([^/]*?)(?:\.py)?$/.exec(this.file)?.[1] ?? this.file;
  }

  get longestLine(): number {
    return this.#lines.reduce((longest, line) => Math.max(longest, line.length), 0);
  }

  place(node: Positioned): Place {
    if (this.#standIn !== undefined) return this.#standIn().place;
    return { file: this.file, line: node.lineno, column: this.#units(node.lineno, node.col_offset) + 1 };
  }

  /** Offsets of the first character of a node and of the one behind it. */
  range(node: Positioned): { from: number; to: number } {
    const from = this.#offset(node.lineno, node.col_offset);
    const to = this.#offset(node.end_lineno ?? node.lineno, node.end_col_offset ?? node.col_offset);
    return { from, to };
  }

  placeAt(offset: number): Place {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { file: this.file, line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The source of a node on one line, shortened. */
  span(node: Positioned): Span {
    if (this.#standIn !== undefined) return this.#standIn();
    const before = this.#spans.get(node);
    if (before !== undefined) return before;
    const span = this.#lazySpan(node);
    this.#spans.set(node, span);
    return span;
  }

  /** Most spans are never looked at. */
  #lazySpan(node: Positioned): Span {
    const place = () => this.place(node);
    const text = () => {
      const { from, to } = this.range(node);
      return onOneLine(this.text.slice(from, Math.min(to, from + LONGEST_READ)));
    };
    let known: string | undefined;
    return {
      get place() {
        return place();
      },
      get text() {
        return (known ??= text());
      },
    };
  }

  /** The line that a node begins on, trimmed and shortened. */
  line(node: Positioned): string {
    return shortened((this.#lines[node.lineno - 1] ?? '').trim());
  }

  #offset(line: number, bytes: number): number {
    return (this.#starts[line - 1] ?? this.text.length) + this.#units(line, bytes);
  }

  #units(line: number, bytes: number): number {
    const text = this.#lines[line - 1] ?? '';
    if (this.#isAscii[line - 1] !== false) return bytes;
    const offsets = this.#offsets.get(line) ?? unitsByByte(text);
    this.#offsets.set(line, offsets);
    return offsets[bytes] ?? text.length;
  }
}

/** The UTF-16 offset of each byte at which a character begins. */
function unitsByByte(line: string): number[] {
  const offsets: number[] = [];
  let bytes = 0;
  let units = 0;
  for (const character of line) {
    offsets[bytes] = units;
    bytes += Buffer.byteLength(character);
    units += character.length;
  }
  return offsets;
}

/** Line breaks of an expression become a blank, and nothing next to a bracket. */
function onOneLine(text: string): string {
  const joined = text.replace(/\s*\n\s*/g, (_, offset: number) => {
    const before = text.charAt(offset - 1);
    const after = text.slice(offset).trimStart().charAt(0);
    return '([{'.includes(before) || ')]}'.includes(after) ? '' : ' ';
  });
  return shortened(joined);
}

function shortened(text: string): string {
  return text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT - 1)}…`;
}
