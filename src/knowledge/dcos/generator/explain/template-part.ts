import type { Chunk } from '../../../../formats/dcos-template/template.ts';
import { type ItemNumber, type Piece, type TemplateItems, templateItems } from './template-items.ts';

/**
 * The part of a template that says one file: what is before its list, and of the list the items of that path, with
 * the switches around and in them. Rendering it gives the same item as rendering all of the template, without the
 * other files' arguments. Items whose path is itself replaced are kept. Empty where there is no such item; all of the
 * template where its items can't be told.
 */
export function templatePart(chunks: readonly Chunk[], path: string): readonly Chunk[] {
  if (!known.has(chunks)) known.set(chunks, templateItems(chunks));
  const items = known.get(chunks);
  if (items === undefined) return chunks;
  const wanted = new Set<ItemNumber>([...(items.byPath.get(path) ?? []), ...items.open]);
  return wanted.size === 0 ? [] : partOf(items.pieces, wanted);
}

/** A template is taken apart once, for all its files. */
const known = new WeakMap<readonly Chunk[], TemplateItems | undefined>();

function partOf(pieces: readonly Piece[], wanted: ReadonlySet<ItemNumber>): Chunk[] {
  const isKept = (item: ItemNumber) => item === 'head' || wanted.has(item);
  return pieces.flatMap((piece): readonly Chunk[] => {
    if (piece.kind !== 'switch') {
      if (!isKept(piece.item)) return [];
      return [piece.kind === 'text' ? { kind: 'text', text: piece.text } : piece.chunk];
    }
    if (!isKept(piece.item) && ![...piece.items].some(isKept)) return [];
    const cases = new Map(Array.from(piece.cases, ([value, body]) => [value, partOf(body, wanted)]));
    return withoutChoice([...cases.values()]) ?? [{ ...piece.chunk, cases }];
  });
}

/** Of cases that are all left with the same blanks, those. */
function withoutChoice(cases: readonly (readonly Chunk[])[]): readonly Chunk[] | undefined {
  const texts = cases.map((body) =>
    body.map((chunk) => (chunk.kind === 'text' ? chunk.text.toString() : '{{')).join(''),
  );
  const isSame = texts.every((text) => text.trim() === '' && text === texts[0]);
  return isSame ? cases[0] : undefined;
}
