import type { Origin } from '../../../../text/origin.ts';
import { advance } from '../../../../text/place.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import { align, type Stretch } from './align.ts';
import { sameJson } from './compare-json.ts';
import { jsonInOrder } from './json-in-order.ts';
import type { Rerender } from './generated-file.ts';
import type { Holes } from './holes.ts';

/** What came of laying a rendering over the file that it should be. */
export interface Compared {
  readonly rerender: Rerender;
  /** The rendering with its holes filled from the file, as far as they could be. */
  readonly content: TracedText;
  /** What the file says of the arguments that left holes. */
  readonly recovered: ReadonlyMap<string, string>;
}

/** Compares a rendering, holes and all, with the content of `file` on the node. */
export function compareRendered(rendered: TracedText, holes: Holes, file: string, found: string): Compared {
  const alignment = align(rendered, holes, found);
  const unfilled = holes.fill(rendered, () => undefined);
  const none = { content: unfilled, recovered: new Map<string, string>() };
  switch (alignment.kind) {
    case 'aligned':
      return filled(rendered, holes, file, found, alignment.stretches);
    case 'ambiguous':
      return {
        ...none,
        rerender: { kind: 'not-possible', reason: 'the file fits the template in more than one way' },
      };
    case 'different': {
      if (sameJson(unfilled.toString(), found)) {
        const content = jsonInOrder(unfilled, file, found) ?? unfilled;
        return { ...none, content, rerender: { kind: 'identical', by: 'meaning' } };
      }
      const shown = rendered.slice(lineStart(rendered.toString(), alignment.rendered));
      const expected = firstLine(holes.fill(shown, () => undefined).toString());
      const { line, column } = advance({ file, line: 1, column: 1 }, found.slice(0, alignment.content));
      const lineFound = firstLine(found.slice(lineStart(found, alignment.content)));
      return { ...none, rerender: { kind: 'different', line, column, expected, found: lineFound } };
    }
  }
}

function filled(
  rendered: TracedText,
  holes: Holes,
  file: string,
  found: string,
  stretches: readonly Stretch[],
): Compared {
  const recovered = new Map(stretches.map(({ name, from, to }) => [name, found.slice(from, to)]));
  const content = holes.fill(rendered, (hole) => {
    const stretch = stretches[hole];
    if (stretch === undefined) return undefined;
    const { name, from, to } = stretch;
    const place = advance({ file, line: 1, column: 1 }, found.slice(0, from));
    const origin: Origin = { kind: 'input', name, place };
    return { text: found.slice(from, to), origin };
  });
  return { rerender: { kind: 'identical', by: 'bytes' }, content, recovered };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
