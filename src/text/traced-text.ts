import type { Hop, Via } from './hop.ts';
import { advanceOrigin, type Origin } from './origin.ts';
import type { Place } from './place.ts';

/** A run of characters with one origin, and the hops it came by. */
export interface Slice {
  readonly text: string;
  readonly origin: Origin;
  readonly via: Via | undefined;
}

/**
 * A string that knows where each of its characters came from: a rope of slices. Immutable. Offsets count
 * UTF-16 units, as in a JavaScript string.
 */
export class TracedText {
  static readonly empty: TracedText = new TracedText([]);

  readonly slices: readonly Slice[];
  readonly length: number;
  /** The offset of each slice, once a part was asked for: cutting a text to pieces takes no time by the square. */
  #starts: readonly number[] | undefined;
  /** Where the last part was cut, for the same reason: the next one mostly lies behind it. */
  #lastCut: { readonly slice: Slice; readonly offset: number; readonly origin: Origin } | undefined;
  #plain: string | undefined;

  private constructor(slices: readonly Slice[]) {
    this.slices = slices;
    let length = 0;
    for (const { text } of slices) length += text.length;
    this.length = length;
  }

  static of(slices: readonly Slice[]): TracedText {
    return new TracedText(
      slices.some(({ text }) => text === '') ? slices.filter(({ text }) => text !== '') : slices,
    );
  }

  /** Text with one origin. */
  static from(text: string, origin: Origin): TracedText {
    return text === '' ? TracedText.empty : new TracedText([{ text, origin, via: undefined }]);
  }

  /** Text that stands at `place` just as it is. */
  static literal(text: string, place: Place): TracedText {
    return TracedText.from(text, { kind: 'literal', place, verbatim: true });
  }

  static concat(parts: readonly TracedText[]): TracedText {
    const [first] = parts;
    if (first !== undefined && parts.length === 1) return first;
    return new TracedText(parts.flatMap((part) => part.slices));
  }

  /** The part from offset `from` up to but not including `to`. */
  slice(from: number, to: number = this.length): TracedText {
    if (from <= 0 && to >= this.length) return this;
    this.#starts ??= startsOf(this.slices);
    const kept: Slice[] = [];
    for (let index = indexAt(this.#starts, from); index < this.slices.length; index += 1) {
      const [slice, start] = [this.slices[index], this.#starts[index]];
      if (slice === undefined || start === undefined || start >= to) break;
      const cutFrom = Math.max(0, from - start);
      const cutTo = Math.min(slice.text.length, to - start);
      if (cutFrom < cutTo) kept.push(this.#cut(slice, cutFrom, cutTo));
    }
    return new TracedText(kept);
  }

  /** The same text, having come by one more hop on the reader's side. */
  through(hop: Hop): TracedText {
    return new TracedText(
      this.slices.map(({ text, origin, via }) => ({ text, origin, via: { hop, inner: via } })),
    );
  }

  /** The slice that holds the character at `offset`. */
  at(offset: number): Slice | undefined {
    return this.slice(offset, offset + 1).slices[0];
  }

  toString(): string {
    return (this.#plain ??= joined(this.slices));
  }

  #cut(slice: Slice, from: number, to: number): Slice {
    if (from === 0 && to === slice.text.length) return slice;
    const before = this.#lastCut;
    const known =
      before?.slice === slice && before.offset <= from ? before : { offset: 0, origin: slice.origin };
    const origin =
      from === known.offset
        ? known.origin
        : advanceOrigin(known.origin, slice.text.slice(known.offset, from));
    this.#lastCut = { slice, offset: from, origin };
    return { text: slice.text.slice(from, to), origin, via: slice.via };
  }
}

function joined(slices: readonly Slice[]): string {
  let text = '';
  for (const slice of slices) text += slice.text;
  return text;
}

function startsOf(slices: readonly Slice[]): number[] {
  let start = 0;
  return slices.map((slice) => {
    const own = start;
    start += slice.text.length;
    return own;
  });
}

/** The index of the last slice that begins at or before `offset`. */
function indexAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
