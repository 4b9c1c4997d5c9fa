import type { TracedText } from '../../../../text/traced-text.ts';
import type { Holes } from './holes.ts';

/** How a text with holes lies on a file's content. */
export type Alignment =
  /** In the order of the holes, what each of them took. */
  | { readonly kind: 'aligned'; readonly stretches: readonly Stretch[] }
  /** It fits in more than one way. */
  | { readonly kind: 'ambiguous' }
  /** The first characters that differ; without holes before them the offsets are the same. */
  | { readonly kind: 'different'; readonly rendered: number; readonly content: number };

export interface Stretch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Lays `rendered` over `content`: what is known must be there as it is and in order, a hole takes what is between.
 * The fits from the left and from the right have to agree, and so have the holes of one name.
 */
export function align(rendered: TracedText, holes: Holes, content: string): Alignment {
  const { known, names } = cutAtHoles(rendered, holes);
  const starts = fitFromLeft(known, content);
  if ('kind' in starts) return starts;
  const fromRight = fitFromRight(known, content);
  if (starts.some((start, index) => start !== fromRight[index])) return { kind: 'ambiguous' };
  const stretches = names.map((name, index) => ({
    name,
    from: (starts[index] ?? 0) + (known[index]?.text.length ?? 0),
    to: starts[index + 1] ?? content.length,
  }));
  return agree(stretches, content) ? { kind: 'aligned', stretches } : { kind: 'ambiguous' };
}

interface Known {
  readonly text: string;
  /** Its offset in the rendered text. */
  readonly offset: number;
}

/** The known pieces around the holes: one more than there are holes, some of them empty. */
function cutAtHoles(rendered: TracedText, holes: Holes): { known: Known[]; names: string[] } {
  const known: Known[] = [];
  const names: string[] = [];
  let text = '';
  let offset = 0;
  for (const slice of rendered.slices) {
    const name = holes.nameOf(slice.origin);
    if (name === undefined) {
      text += slice.text;
    } else {
      known.push({ text, offset: offset - text.length });
      names.push(name);
      text = '';
    }
    offset += slice.text.length;
  }
  known.push({ text, offset: offset - text.length });
  return { known, names };
}

/** The offset in `content` of each piece: each as early as possible, the last at the end. */
function fitFromLeft(
  known: readonly Known[],
  content: string,
): number[] | (Alignment & { kind: 'different' }) {
  const starts: number[] = [];
  let at = 0;
  for (const [index, { text, offset }] of known.entries()) {
    const isFirst = index === 0;
    const isLast = index === known.length - 1;
    const start = isLast && !isFirst ? content.length - text.length : isFirst ? 0 : content.indexOf(text, at);
    const fits =
      start >= at && content.startsWith(text, start) && (!isLast || start + text.length === content.length);
    if (!fits) {
      const same = commonLength(text, content.slice(at));
      return { kind: 'different', rendered: offset + same, content: at + same };
    }
    starts.push(start);
    at = start + text.length;
  }
  return starts;
}

/** Likewise, but each piece as late as possible. Only for pieces that fit from the left. */
function fitFromRight(known: readonly Known[], content: string): number[] {
  const starts: number[] = [];
  let end = content.length;
  for (const [index, { text }] of [...known.entries()].reverse()) {
    const start = index === 0 ? 0 : content.lastIndexOf(text, end - text.length);
    starts.unshift(start);
    end = start;
  }
  return starts;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function agree(stretches: readonly Stretch[], content: string): boolean {
  const values = new Map<string, string>();
  return stretches.every(({ name, from, to }) => {
    const value = content.slice(from, to);
    const earlier = values.get(name) ?? value;
    values.set(name, value);
    return earlier === value;
  });
}
