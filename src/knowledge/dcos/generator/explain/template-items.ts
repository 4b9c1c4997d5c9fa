import type { Chunk, Switch } from '../../../../formats/dcos-template/template.ts';
import type { TracedText } from '../../../../text/traced-text.ts';

/** The number of an item of a template's list, in order; `head`: what stands before or between lists. */
export type ItemNumber = number | 'head';

/** A template taken apart by the items of its list. */
export type Piece =
  | { readonly kind: 'text'; readonly item: ItemNumber; readonly text: TracedText }
  | { readonly kind: 'tag'; readonly item: ItemNumber; readonly chunk: Chunk }
  | {
      readonly kind: 'switch';
      /** The item that it begins in. */
      readonly item: ItemNumber;
      readonly chunk: Switch;
      readonly cases: ReadonlyMap<string, readonly Piece[]>;
      /** Those that begin in its cases. */
      readonly items: ReadonlySet<ItemNumber>;
    };

export interface TemplateItems {
  readonly pieces: readonly Piece[];
  /** The items of each path that the template says outright. */
  readonly byPath: ReadonlyMap<string, readonly number[]>;
  /** Those whose path is itself replaced. */
  readonly open: readonly number[];
}

/** Where the installer puts the units of dcos-services.yaml, which are items by their name. */
export const UNITS = '/etc/systemd/system/';

/**
 * Takes a template apart. Undefined where it isn't laid out so that the items can be told from its lines: no list,
 * or text behind a switch whose cases end in different items.
 */
export function templateItems(chunks: readonly Chunk[]): TemplateItems | undefined {
  const indent = indentOfItems(chunks);
  if (indent === undefined) return undefined;
  const reader = new ItemReader(indent);
  try {
    const pieces = reader.read(chunks);
    return { pieces, byPath: reader.byPath, open: reader.open };
  } catch (error) {
    if (error instanceof NotLaidOut) return undefined;
    throw error;
  }
}

class NotLaidOut extends Error {}

const ITEM = /^( *)- (?=\S)/m;
const PATH_OF_ITEM = /^ *(?:- )?(path|name): *(\S+)[ \t]*\n/;
const OPEN_PATH = /^ *(?:- )?(?:path|name):/;
/** A line that is no part of a list: the key of the next one. */
const HEAD = /^[^\s#-]/;

function indentOfItems(chunks: readonly Chunk[]): string | undefined {
  for (const chunk of chunks) {
    const bodies = chunk.kind === 'switch' ? [...chunk.cases.values()] : [];
    const own = chunk.kind === 'text' ? ITEM.exec(chunk.text.toString())?.[1] : undefined;
    const found = own ?? bodies.map(indentOfItems).find((indent) => indent !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

class ItemReader {
  readonly byPath = new Map<string, number[]>();
  readonly open: number[] = [];
  readonly #start: string;
  #count = 0;
  #item: ItemNumber = 'head';
  /** After a switch whose cases end in different items: what comes before the next item has to be blank. */
  #isLoose = false;
  #atLineStart = true;

  constructor(indent: string) {
    this.#start = `${indent}- `;
  }

  read(chunks: readonly Chunk[]): Piece[] {
    return chunks.flatMap((chunk, index): Piece[] => {
      if (chunk.kind === 'text') return this.#text(chunk.text, chunks[index + 1]);
      if (chunk.kind === 'switch') return [this.#switch(chunk)];
      const hidesItems = chunk.kind === 'for' && indentOfItems(chunk.body) !== undefined;
      if (this.#isLoose || hidesItems) throw new NotLaidOut();
      this.#atLineStart = false;
      return [{ kind: 'tag', item: this.#item, chunk }];
    });
  }

  #text(text: TracedText, next: Chunk | undefined): Piece[] {
    const lines = text.toString().split(/(?<=\n)/);
    const pieces: Piece[] = [];
    let from = 0;
    let at = 0;
    const cut = (): void => {
      if (at > from) pieces.push({ kind: 'text', item: this.#item, text: text.slice(from, at) });
      from = at;
    };
    lines.forEach((line, index) => {
      const isItem = line.startsWith(this.#start);
      // Behind a tag the rendered line may begin elsewhere.
      if (isItem && !this.#atLineStart) throw new NotLaidOut();
      if (isItem || (this.#atLineStart && HEAD.test(line))) {
        cut();
        this.#item = isItem ? this.#begin(lines, index, next) : 'head';
        this.#isLoose = false;
      } else if (this.#isLoose && !/^\s*(?:#|$)/.test(line)) {
        throw new NotLaidOut();
      }
      at += line.length;
      this.#atLineStart = line.endsWith('\n');
    });
    cut();
    return pieces;
  }

  #begin(lines: readonly string[], start: number, next: Chunk | undefined): number {
    const item = this.#count;
    this.#count += 1;
    const path = this.#pathOf(lines, start, next);
    if (path === null) this.open.push(item);
    else if (path !== undefined) this.byPath.set(path, [...(this.byPath.get(path) ?? []), item]);
    return item;
  }

  /** The path of the item that begins on a line; null when its lines don't tell it, undefined when it has none. */
  #pathOf(lines: readonly string[], start: number, next: Chunk | undefined): string | null | undefined {
    let isOpen = false;
    for (let index = start; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (index > start && (line.startsWith(this.#start) || HEAD.test(line)))
        return isOpen ? null : undefined;
      const [, key, value = ''] = PATH_OF_ITEM.exec(line) ?? [];
      if (key !== undefined) {
        const plain = value.replace(/^(["'])(.*)\1$/, '$2');
        return key === 'name' ? UNITS + plain : plain;
      }
      isOpen ||= OPEN_PATH.test(line);
    }
    return next !== undefined || isOpen ? null : undefined;
  }

  #switch(chunk: Switch): Piece {
    const [item, first, wasLoose] = [this.#item, this.#count, this.#isLoose];
    const ends = new Set<ItemNumber>();
    const cases = new Map<string, readonly Piece[]>();
    for (const [value, body] of chunk.cases) {
      this.#item = item;
      this.#isLoose = wasLoose;
      this.#atLineStart = false;
      cases.set(value, this.read(body));
      ends.add(this.#item);
    }
    this.#atLineStart = false;
    this.#isLoose = wasLoose || ends.size > 1;
    const items = new Set(Array.from({ length: this.#count - first }, (_, index) => first + index));
    return { kind: 'switch', item, chunk, cases, items };
  }
}
