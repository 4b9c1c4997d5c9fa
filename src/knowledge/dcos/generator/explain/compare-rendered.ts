import { placesIn } from '../../../../text/places-in.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Rerender } from './generated-file.ts';
import type { Holes } from './holes.ts';
import { type FoundFile, layOver } from './lay-over.ts';
import { sameMeaning } from './same-meaning.ts';

/** What came of laying a rendering over the file that it should be. */
export interface Compared {
  readonly rerender: Rerender;
  /** The rendering with its holes filled from the file, as far as they could be. */
  readonly content: TracedText;
  /** What the file says of the arguments that left holes. */
  readonly recovered: ReadonlyMap<string, string>;
}

/** Compares a rendering, holes and all, with the content of `file` on the node. */
export function compareRendered(rendered: TracedText, holes: Holes, file: string, text: string): Compared {
  const found: FoundFile = { file, text, placeAt: placesIn(file, text) };
  const laid = layOver(rendered, holes, found);
  if (laid.kind === 'laid') {
    return { rerender: { kind: 'identical', by: 'bytes' }, content: laid.text, recovered: laid.recovered };
  }
  const content = holes.fill(rendered, () => undefined);
  const recovered = new Map<string, string>();
  if (laid.kind === 'ambiguous') {
    const reason = 'the file fits the template in more than one way';
    return { rerender: { kind: 'not-possible', reason }, content, recovered };
  }
  const same = sameMeaning(rendered, holes, found);
  if (same !== undefined) {
    const { why } = same;
    return {
      rerender: { kind: 'identical', by: 'meaning', why },
      content: same.content,
      recovered: same.recovered,
    };
  }
  const shown = rendered.slice(lineStart(rendered.toString(), laid.rendered));
  const expected = firstLine(holes.fill(shown, () => undefined).toString());
  const { line, column } = found.placeAt(laid.content);
  const lineFound = firstLine(text.slice(lineStart(text, laid.content)));
  return { rerender: { kind: 'different', line, column, expected, found: lineFound }, content, recovered };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
