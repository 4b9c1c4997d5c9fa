import type { Origin } from './origin.ts';
import { advanceOrigin } from './origin.ts';
import { type Slice, TracedText } from './traced-text.ts';

/**
 * `text` with every character (code point) spelled as `encode` says. A character that stays as it is keeps its
 * origin; one that is spelled otherwise keeps the place, but is not verbatim there any more.
 */
export function recodeText(text: TracedText, encode: (character: string) => string): TracedText {
  return TracedText.of(text.slices.flatMap((slice) => recodeSlice(slice, encode)));
}

function recodeSlice(slice: Slice, encode: (character: string) => string): Slice[] {
  const slices: Slice[] = [];
  let run = '';
  let runStart = 0;
  let offset = 0;
  const endRun = () => {
    if (run !== '') slices.push({ ...slice, text: run, origin: originAt(slice, runStart) });
    run = '';
  };
  for (const character of slice.text) {
    const encoded = encode(character);
    if (encoded === character) {
      if (run === '') runStart = offset;
      run += character;
    } else {
      endRun();
      slices.push({ ...slice, text: encoded, origin: respelled(originAt(slice, offset)) });
    }
    offset += character.length;
  }
  endRun();
  return slices;
}

function originAt(slice: Slice, offset: number): Origin {
  return offset === 0 ? slice.origin : advanceOrigin(slice.origin, slice.text.slice(0, offset));
}

/** The origin of what stands at the same place, but is spelled otherwise there. */
export function respelled(origin: Origin): Origin {
  return origin.kind === 'literal' ? { ...origin, verbatim: false } : origin;
}
