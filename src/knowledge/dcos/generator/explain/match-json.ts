import { isDeepStrictEqual } from 'node:util';
import type { TracedText } from '../../../../text/traced-text.ts';
import type { Holes } from './holes.ts';
import { type JsonSpan, jsonSpans, type Stretch } from './json-spans.ts';
import { type FoundFile, layOver, type Match } from './lay-over.ts';

/**
 * The keys and scalars of the JSON document that stands in a file from `from` to `to`, each with what of `rendered`
 * makes it; undefined where the two don't mean the same. A hole takes the whole value that it stands for.
 */
export function matchJson(
  rendered: TracedText,
  holes: Holes,
  found: FoundFile,
  from: number,
  to: number,
): Match[] | undefined {
  const source = jsonSpans(rendered.toString());
  const target = jsonSpans(found.text.slice(from, to));
  if (source === undefined || target === undefined || source.kind === 'scalar') return undefined;
  const matcher = new Matcher(rendered, holes, found, from);
  return matcher.value(source, target) ? matcher.matches : undefined;
}

class Matcher {
  readonly matches: Match[] = [];
  readonly #rendered: TracedText;
  readonly #holes: Holes;
  readonly #found: FoundFile;
  readonly #from: number;

  constructor(rendered: TracedText, holes: Holes, found: FoundFile, from: number) {
    this.#rendered = rendered;
    this.#holes = holes;
    this.#found = found;
    this.#from = from;
  }

  value(source: JsonSpan, target: JsonSpan): boolean {
    if (source.kind === 'scalar') return this.#scalar(source, target);
    if (source.kind === 'array') {
      if (target.kind !== 'array' || target.items.length !== source.items.length) return false;
      return source.items.every((item, index) => {
        const other = target.items[index];
        return other !== undefined && this.value(item, other);
      });
    }
    if (target.kind !== 'object' || target.members.size !== source.members.size) return false;
    return [...source.members].every(([key, member]) => {
      const other = target.members.get(key);
      return other !== undefined && this.#take(member, other) && this.value(member.value, other.value);
    });
  }

  #scalar(source: JsonSpan & { kind: 'scalar' }, target: JsonSpan): boolean {
    const isHole = this.#rendered.slice(source.from, source.to).slices.some(({ origin }) => {
      return this.#holes.nameOf(origin) !== undefined;
    });
    return (target.kind === 'scalar' || isHole) && this.#take(source, target);
  }

  #take(source: Stretch, target: Stretch): boolean {
    const piece = this.#rendered.slice(source.from, source.to);
    const [from, to] = [this.#from + target.from, this.#from + target.to];
    const laid = layOver(piece, this.#holes, this.#found, from, to);
    if (laid.kind === 'laid') {
      this.matches.push({ from, to, rendered: laid.text, recovered: laid.recovered });
      return true;
    }
    if (!isSameScalar(piece.toString(), this.#found.text.slice(from, to))) return false;
    this.matches.push({ from, to, rendered: piece, recovered: new Map() });
    return true;
  }
}

/** `1.0` and `1`, `"\u00e9"` and `"é"`. */
function isSameScalar(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
  } catch {
    return false; // no JSON: not the same
  }
}
