import type { Origin } from '../../../../text/origin.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/** Stands in a rendered text for a value that isn't known. A private character, so YAML leaves it alone. */
const MARK = '\uE000';

/** The values of a rendering that are not known: each leaves a hole that is recognised afterwards. */
export class Holes {
  readonly #names = new Map<Origin, string>();

  make(name: string, reason: string): TracedText {
    const origin: Origin = { kind: 'unknown', reason };
    this.#names.set(origin, name);
    return TracedText.from(MARK, origin);
  }

  /** The argument whose value is missing at a slice with this origin. */
  nameOf(origin: Origin): string | undefined {
    return this.#names.get(origin);
  }

  /** `text` with every hole filled by what `fill` gives for it, or by the argument's tag. */
  fill(text: TracedText, fill: (hole: number) => { text: string; origin: Origin } | undefined): TracedText {
    let count = 0;
    return TracedText.of(
      text.slices.map((slice) => {
        const name = this.#names.get(slice.origin);
        if (name === undefined) return slice;
        const filled = fill(count++) ?? { text: `{{ ${name} }}`, origin: slice.origin };
        return { ...slice, ...filled };
      }),
    );
  }
}
