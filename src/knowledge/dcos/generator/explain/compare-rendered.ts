import { placesIn } from '../../../../text/places-in.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Rerender } from './generated-file.ts';
import type { Holes } from './holes.ts';
import { jsonDifferences } from './json-differences.ts';
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

/**
 * Compares a rendering, holes and all, with the content of `file` on the node. `python`: the version of the Python
 * that made it, where it is known, as in "3.6".
 */
export function compareRendered(
  rendered: TracedText,
  holes: Holes,
  {
    file,
    text,
    python,
  }: { readonly file: string; readonly text: string; readonly python?: string | undefined },
): Compared {
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
  const same = sameMeaning(rendered, holes, found, python);
  if (same !== undefined) {
    const { why } = same;
    return {
      rerender: { kind: 'identical', by: 'meaning', why },
      content: same.content,
      recovered: same.recovered,
    };
  }
  const inJson = jsonDifference(rendered, holes, found);
  if (inJson !== undefined) return { rerender: inJson, content, recovered };
  const shown = rendered.slice(lineStart(rendered.toString(), laid.rendered));
  const expected = firstLine(holes.fill(shown, () => undefined).toString());
  const { line, column } = found.placeAt(laid.content);
  const lineFound = firstLine(text.slice(lineStart(text, laid.content)));
  return { rerender: { kind: 'different', line, column, expected, found: lineFound }, content, recovered };
}

/**
 * The first value that is another one, where both are JSON and laid out otherwise: a line tells nothing then. Of one
 * value alone the line does.
 */
function jsonDifference(
  rendered: TracedText,
  holes: Holes,
  found: FoundFile,
): (Rerender & { kind: 'different' }) | undefined {
  const source = rendered.toString();
  if (onlyLineDiffers(source, found.text)) return undefined;
  const [first, ...more] = jsonDifferences(rendered, holes, found) ?? [];
  if (first === undefined) return undefined;
  const { expected, isMissing } = first;
  const { line, column } = found.placeAt(first.found.from);
  return {
    kind: 'different',
    line,
    column,
    expected: expected === undefined ? '' : onOneLine(source.slice(expected.from, expected.to)),
    found: isMissing ? '' : onOneLine(found.text.slice(first.found.from, first.found.to)),
    path: first.path === '' ? 'all of it' : first.path,
    isOnly: more.length === 0,
  };
}

function onlyLineDiffers(one: string, other: string): boolean {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  return lines.length === others.length && lines.filter((line, index) => line !== others[index]).length === 1;
}

const LONGEST_VALUE = 200;

function onOneLine(json: string): string {
  const line = json.replaceAll(/\s*\n\s*/g, ' ');
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
