import { hopsOf } from '../../../../text/hop.ts';
import { placesIn } from '../../../../text/places-in.ts';
import { splitLines } from '../../../../text/split.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { Holes, type Missing } from './holes.ts';
import { layOver } from './lay-over.ts';

const BY_CONFIG: Missing = { reason: 'the config decides it', isInput: true, hops: [] };

/**
 * What the line that a file has in the place of `expected`, the first line that differs, tells of the arguments in it;
 * empty where it can't be laid over the line of the rendering in one way. `isOpen`: those that the config decides.
 */
export function argumentsInLine(
  rendered: TracedText,
  { expected, found }: { readonly expected: string; readonly found: string },
  isOpen: (name: string) => boolean,
): ReadonlyMap<string, string> {
  const line = splitLines(rendered).find((one) => one.toString().replace(/\n$/, '') === expected);
  if (line === undefined) return new Map();
  const holes = new Holes();
  const parts: TracedText[] = [];
  let last: string | undefined;
  for (const slice of line.slice(0, expected.length).slices) {
    const name = hopsOf(slice.via).find(({ kind }) => kind === 'template')?.name;
    const isHole = name !== undefined && isOpen(name);
    if (!isHole) parts.push(TracedText.of([slice]));
    else if (name !== last) parts.push(holes.make(name, BY_CONFIG));
    last = isHole ? name : undefined;
  }
  const file = { file: '', text: found, placeAt: placesIn('', found) };
  const laid = layOver(TracedText.concat(parts), holes, file);
  return laid.kind === 'laid' ? laid.recovered : new Map();
}
