import { advanceOrigin, type Origin } from '../../text/origin.ts';
import { type Slice, TracedText } from '../../text/traced-text.ts';

/** Takes a text apart from front to back, in time linear in its length however many parts are taken. */
export class TextCursor {
  readonly #slices: readonly Slice[];
  #index = 0;
  /** Taken of the slice at `#index`. */
  #taken = 0;
  #origin: Origin | undefined;

  constructor(text: TracedText) {
    this.#slices = text.slices;
    this.#origin = text.slices[0]?.origin;
  }

  /** The next `length` UTF-16 units, or what is left. */
  take(length: number): TracedText {
    const parts: Slice[] = [];
    let wanted = length;
    for (let slice = this.#slices[this.#index]; wanted > 0 && slice !== undefined; ) {
      const origin = this.#origin ?? slice.origin;
      const text = slice.text.slice(this.#taken, this.#taken + wanted);
      parts.push({ text, origin, via: slice.via });
      wanted -= text.length;
      this.#taken += text.length;
      this.#origin = advanceOrigin(origin, text);
      if (this.#taken < slice.text.length) continue;
      this.#index += 1;
      this.#taken = 0;
      slice = this.#slices[this.#index];
      this.#origin = slice?.origin;
    }
    return TracedText.of(parts);
  }
}
