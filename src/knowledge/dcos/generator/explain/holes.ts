import type { Hop } from '../../../../text/hop.ts';
import type { Origin } from '../../../../text/origin.ts';
import type { Place } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/** Stands in a rendered text for a value that isn't known. A private character, so YAML leaves it alone. */
const MARK = '\uE000';

/** Why a value is missing. */
export interface Missing {
  readonly reason: string;
  /** Whether it was given to the generator; what its sources calculate was not. */
  readonly isInput: boolean;
  /** The way to its setter, innermost first. */
  readonly hops: readonly Hop[];
}

/** The values of a rendering that are not known: each leaves a hole that is recognised afterwards. */
export class Holes {
  readonly #holes = new Map<Origin, { readonly name: string; readonly missing: Missing }>();

  make(name: string, missing: Missing): TracedText {
    const origin: Origin = { kind: 'unknown', reason: missing.reason };
    this.#holes.set(origin, { name, missing });
    return missing.hops.reduce((text, hop) => text.through(hop), TracedText.from(MARK, origin));
  }

  /** The argument whose value is missing at a slice with this origin. */
  nameOf(origin: Origin): string | undefined {
    return this.#holes.get(origin)?.name;
  }

  /** `text` with every hole filled by what stands in the file in its place, or by the argument's tag. */
  fill(text: TracedText, taken: (hole: number) => { text: string; place: Place } | undefined): TracedText {
    let count = 0;
    return TracedText.of(
      text.slices.map((slice) => {
        const hole = this.#holes.get(slice.origin);
        if (hole === undefined) return slice;
        const found = taken(count++);
        if (found === undefined) return { ...slice, text: `{{ ${hole.name} }}` };
        return { ...slice, text: found.text, origin: originOf(hole.name, hole.missing, found.place) };
      }),
    );
  }
}

function originOf(name: string, { isInput, reason }: Missing, place: Place): Origin {
  return isInput ? { kind: 'input', name, place } : { kind: 'unknown', reason, place };
}
