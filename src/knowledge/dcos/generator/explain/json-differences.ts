import { isDeepStrictEqual } from 'node:util';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Holes } from './holes.ts';
import { type JsonSpan, jsonSpans, type Stretch } from './json-spans.ts';
import type { FoundFile } from './lay-over.ts';

/** One value of a JSON document that is not what the rendering says. */
export interface JsonDifference {
  /** `libraries[0].file`; empty for the document as a whole. */
  readonly path: string;
  /** The member or item in the rendering; undefined where it has none. */
  readonly expected: Stretch | undefined;
  /** Likewise in the file; of one that is missing there, the value that it is missing from. */
  readonly found: Stretch;
  readonly isMissing: boolean;
}

const MOST = 20;

/**
 * Where two JSON documents differ in what they mean, in the order of the rendering; undefined where one of them is
 * none. A hole may be anything.
 */
export function jsonDifferences(
  rendered: TracedText,
  holes: Holes,
  { text }: FoundFile,
): readonly JsonDifference[] | undefined {
  const source = rendered.toString();
  const [one, other] = [jsonSpans(source), jsonSpans(text)];
  if (one === undefined || other === undefined || one.kind === 'scalar') return undefined;
  const differ = new Differ(source, text, (from, to) =>
    rendered.slice(from, to).slices.some(({ origin }) => holes.nameOf(origin) !== undefined),
  );
  differ.compare({ path: '', expected: one, found: other }, one, other);
  return differ.differences;
}

/** What of a difference is told: with their keys. */
interface Told {
  readonly path: string;
  readonly expected: Stretch;
  readonly found: Stretch;
}

class Differ {
  readonly differences: JsonDifference[] = [];
  readonly #source: string;
  readonly #text: string;
  readonly #hasHole: (from: number, to: number) => boolean;

  constructor(source: string, text: string, hasHole: (from: number, to: number) => boolean) {
    this.#source = source;
    this.#text = text;
    this.#hasHole = hasHole;
  }

  compare(told: Told, source: JsonSpan, target: JsonSpan): void {
    if (this.differences.length >= MOST) return;
    if (source.kind === 'scalar') {
      if (this.#hasHole(source.from, source.to)) return;
      if (target.kind !== 'scalar' || !this.#isSame(source, target)) this.#add({ ...told, isMissing: false });
    } else if (source.kind === 'array' && target.kind === 'array') {
      for (const [index, item] of source.items.entries()) {
        const path = `${told.path}[${index}]`;
        const other = target.items[index];
        if (other === undefined) this.#add({ path, expected: item, found: target, isMissing: true });
        else this.compare({ path, expected: item, found: other }, item, other);
      }
      const [more] = target.items.slice(source.items.length);
      const path = `${told.path}[${source.items.length}]`;
      if (more !== undefined) this.#add({ path, expected: undefined, found: more, isMissing: false });
    } else if (source.kind === 'object' && target.kind === 'object') {
      for (const [key, member] of source.members) {
        const path = this.#pathTo(told.path, key);
        const expected = { from: member.from, to: member.value.to };
        const other = target.members.get(key);
        if (other === undefined) this.#add({ path, expected, found: target, isMissing: true });
        else {
          const found = { from: other.from, to: other.value.to };
          this.compare({ path, expected, found }, member.value, other.value);
        }
      }
      for (const [key, member] of target.members) {
        if (source.members.has(key)) continue;
        const found = { from: member.from, to: member.value.to };
        this.#add({ path: this.#pathTo(told.path, key), expected: undefined, found, isMissing: false });
      }
    } else this.#add({ ...told, isMissing: false });
  }

  #add(difference: JsonDifference): void {
    if (this.differences.length < MOST) this.differences.push(difference);
  }

  #pathTo(path: string, key: string): string {
    const name = /^"[A-Za-z_]\w*"$/.test(key) ? key.slice(1, -1) : `[${key}]`;
    return path === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
  }

  #isSame(source: Stretch, target: Stretch): boolean {
    const [one, other] = [
      this.#source.slice(source.from, source.to),
      this.#text.slice(target.from, target.to),
    ];
    if (one === other) return true;
    try {
      return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
    } catch {
      return false; // no JSON: not the same
    }
  }
}
