import type { Place } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import { type Alignment, align } from './align.ts';
import type { Holes } from './holes.ts';

/** A file of the node. */
export interface FoundFile {
  readonly file: string;
  readonly text: string;
  readonly placeAt: (offset: number) => Place;
}

export type LaidOver =
  /** The rendering with its holes filled from the file, and what they took by the argument's name. */
  | { readonly kind: 'laid'; readonly text: TracedText; readonly recovered: ReadonlyMap<string, string> }
  | Exclude<Alignment, { kind: 'aligned' }>;

/** A stretch of a file, and what of the rendering makes it, holes filled. */
export interface Match {
  readonly from: number;
  readonly to: number;
  readonly rendered: TracedText;
  readonly recovered: ReadonlyMap<string, string>;
}

/** Lays a rendering over the stretch `from` to `to` of a file; offsets of a difference count from `from`. */
export function layOver(
  rendered: TracedText,
  holes: Holes,
  { text, placeAt }: FoundFile,
  from = 0,
  to: number = text.length,
): LaidOver {
  const content = text.slice(from, to);
  const alignment = align(rendered, holes, content);
  if (alignment.kind !== 'aligned') return alignment;
  const { stretches } = alignment;
  const filled = holes.fill(rendered, (hole) => {
    const stretch = stretches[hole];
    if (stretch === undefined) return undefined;
    return { text: content.slice(stretch.from, stretch.to), place: placeAt(from + stretch.from) };
  });
  const recovered = new Map(stretches.map((taken) => [taken.name, content.slice(taken.from, taken.to)]));
  return { kind: 'laid', text: filled, recovered };
}
