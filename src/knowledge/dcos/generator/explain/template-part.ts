import type { Chunk, Switch } from '../../../../formats/dcos-template/template.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/**
 * The part of a template that says one file: what is before its list, and of the list the items of that path,
 * with the switches around and in them. Rendering it gives the same item as rendering all of the template, without
 * the other files' arguments. Items whose path is itself replaced are kept. Undefined where the template isn't laid
 * out so that the items can be told from its lines.
 */
export function templatePart(chunks: readonly Chunk[], path: string): readonly Chunk[] | undefined {
  const ofTemplate = parts.get(chunks) ?? new Map<string, readonly Chunk[] | undefined>();
  parts.set(chunks, ofTemplate);
  if (!ofTemplate.has(path)) ofTemplate.set(path, cutOut(chunks, path));
  return ofTemplate.get(path);
}

/** The lines of a chunk, with their line feeds: looked at once for every file of the template. */
function linesOf(text: TracedText): readonly string[] {
  const known = lines.get(text) ?? text.toString().split(/(?<=\n)/);
  lines.set(text, known);
  return known;
}

const lines = new WeakMap<TracedText, readonly string[]>();

/** A file is rendered several times while arguments are tried. */
const parts = new WeakMap<readonly Chunk[], Map<string, readonly Chunk[] | undefined>>();

function cutOut(chunks: readonly Chunk[], path: string): readonly Chunk[] | undefined {
  const indent = indentOfItems(chunks);
  if (indent === undefined) return undefined;
  const cutter = new Cutter(indent, path);
  try {
    return cutter.cut(chunks);
  } catch (error) {
    if (error instanceof NotLaidOut) return undefined;
    throw error;
  }
}

/** Whether the chunks hold more than what stands before the items of the list. */
export function saysAnything(chunks: readonly Chunk[]): boolean {
  return indentOfItems(chunks) !== undefined;
}

class NotLaidOut extends Error {}

const ITEM = /^( *)- (?=\S)/;
/** The keys that say where an item lands: of a file, or of a unit that the installer puts into systemd's directory. */
const PATH_OF_ITEM = /^ *(?:- )?(path|name): *(\S+)[ \t]*\n/;
const UNITS = '/etc/systemd/system/';

function indentOfItems(chunks: readonly Chunk[]): string | undefined {
  for (const chunk of chunks) {
    if (chunk.kind === 'switch') {
      for (const body of chunk.cases.values()) {
        const found = indentOfItems(body);
        if (found !== undefined) return found;
      }
    } else if (chunk.kind === 'text') {
      for (const line of linesOf(chunk.text)) {
        const found = ITEM.exec(line)?.[1];
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

/** Where in the list a line belongs to: before it, to an item that is kept, or to one that isn't. */
type Belongs = 'head' | 'kept' | 'left-out';

class Cutter {
  readonly #start: string;
  readonly #path: string;
  #belongs: Belongs = 'head';
  /** After a switch whose cases end in different items: what comes before the next item has to be blank. */
  #isOpen = false;
  #atLineStart = true;

  constructor(indent: string, path: string) {
    this.#start = `${indent}- `;
    this.#path = path;
  }

  cut(chunks: readonly Chunk[]): Chunk[] {
    return chunks.flatMap((chunk, index) => {
      if (chunk.kind === 'text') return this.#text(chunk.text, chunks[index + 1]);
      if (chunk.kind === 'switch') return this.#switch(chunk);
      if (this.#isOpen || (chunk.kind === 'for' && saysAnything(chunk.body))) throw new NotLaidOut();
      this.#atLineStart = false;
      return this.#belongs === 'left-out' ? [] : [chunk];
    });
  }

  #text(text: TracedText, next: Chunk | undefined): Chunk[] {
    const lines = linesOf(text);
    let kept: TracedText[] = [];
    let from: number | undefined;
    let at = 0;
    const keep = (to: number) => {
      if (from !== undefined) kept = [...kept, text.slice(from, to)];
      from = undefined;
    };
    lines.forEach((plain, index) => {
      if (this.#atLineStart && plain.startsWith(this.#start)) {
        this.#belongs = this.#isOurs(lines, index, next) ? 'kept' : 'left-out';
        this.#isOpen = false;
      } else if (this.#atLineStart && /^[^\s#-]/.test(plain)) {
        this.#belongs = 'head';
        this.#isOpen = false;
      } else if (this.#isOpen && !/^\s*(?:#|$)/.test(plain)) {
        throw new NotLaidOut();
      }
      if (this.#belongs === 'left-out') keep(at);
      else from ??= at;
      at += plain.length;
      this.#atLineStart = plain.endsWith('\n');
    });
    keep(at);
    const rest = TracedText.concat(kept);
    return rest.length === 0 ? [] : [{ kind: 'text', text: rest }];
  }

  /** Whether the item that begins on a line has our path, or one that its lines don't tell. */
  #isOurs(lines: readonly string[], start: number, next: Chunk | undefined): boolean {
    let end = start;
    let isOpen = false;
    for (; end < lines.length; end += 1) {
      const line = lines[end] ?? '';
      if (end > start && (line.startsWith(this.#start) || /^[^\s#]/.test(line))) {
        return isOpen;
      }
      const [, key, value = ''] = PATH_OF_ITEM.exec(line) ?? [];
      if (key !== undefined) {
        const plain = value.replace(/^(["'])(.*)\1$/, '$2');
        return (key === 'name' ? UNITS + plain : plain) === this.#path;
      }
      isOpen ||= /^ *(?:- )?(?:path|name):/.test(line);
    }
    return next !== undefined || isOpen;
  }

  #switch(chunk: Switch): readonly Chunk[] {
    const before = this.#belongs;
    const wasOpen = this.#isOpen;
    const ends = new Set<Belongs>();
    const cases = new Map<string, readonly Chunk[]>();
    for (const [value, body] of chunk.cases) {
      this.#belongs = before;
      this.#isOpen = wasOpen;
      this.#atLineStart = false;
      cases.set(value, this.cut(body));
      ends.add(this.#belongs);
    }
    this.#atLineStart = false;
    this.#isOpen = wasOpen || ends.size > 1;
    if (ends.size > 1) this.#belongs = 'left-out';
    return withoutChoice([...cases.values()]) ?? [{ ...chunk, cases }];
  }
}

/** Of cases that are all left with the same blanks, those. */
function withoutChoice(cases: readonly (readonly Chunk[])[]): readonly Chunk[] | undefined {
  const texts = cases.map((body) =>
    body.map((chunk) => (chunk.kind === 'text' ? chunk.text.toString() : '{{')).join(''),
  );
  const isSame = texts.every((text) => text.trim() === '' && text === texts[0]);
  return isSame ? (cases[0] ?? []) : undefined;
}
