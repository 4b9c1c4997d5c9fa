import type { TraceSlice } from '../documents/trace.ts';
import type { Meaning } from '../knowledge/knowledge.ts';
import type { Slice, TracedText } from '../text/traced-text.ts';

/** The slices of a value as documents have them, each with what it names elsewhere. */
export function slicesOf(value: TracedText, meanings: readonly Meaning[]): TraceSlice[] {
  let from = 0;
  return value.slices.map((slice) => {
    const to = from + slice.text.length;
    const meaning = meanings.find((candidate) => candidate.from <= from && to <= candidate.to);
    const described: TraceSlice = {
      from,
      to,
      text: slice.text,
      origin: originOf(slice),
      ...(meaning === undefined ? {} : { meaning: meaning.text }),
    };
    from = to;
    return described;
  });
}

/** The origin of a slice as documents have it. */
export function originOf({ origin }: Slice): TraceSlice['origin'] {
  const place = 'place' in origin ? origin.place : undefined;
  switch (origin.kind) {
    case 'literal':
      return { kind: 'literal', ...place };
    case 'input':
      return { kind: 'input', ...place, name: origin.name };
    case 'derived':
      return { kind: 'derived', ...place, name: origin.rule };
    case 'unknown':
      return { kind: 'unknown', ...place, reason: origin.reason };
  }
}
