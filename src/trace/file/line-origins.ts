import type { GeneratedFile } from '../../knowledge/knowledge.ts';
import { splitLines } from '../../text/split.ts';
import { TracedText } from '../../text/traced-text.ts';

/**
 * The origins of a file's lines, each with its line feed: what the generator's sources give for the line. Where they
 * give another text than the file has, a line is theirs when it lies before the first difference or after the last, or
 * when it is the only one that reads so on both sides; of other lines nothing is known.
 */
export class LineOrigins {
  readonly #origins: ReadonlyMap<number, TracedText>;

  constructor(lines: readonly string[], generated: GeneratedFile) {
    const made = splitLines(generated.content);
    this.#origins = new Map(
      pairs(
        lines,
        made.map((line) => line.toString().replace(/\n$/, '')),
      ).map(([line, index]) => [line + 1, made[index] ?? TracedText.empty]),
    );
  }

  /** Undefined for a line that the sources do not give. Lines count from 1. */
  of(line: number): TracedText | undefined {
    return this.#origins.get(line);
  }
}

/** Which line of `b` each line of `a` is. */
function pairs(a: readonly string[], b: readonly string[]): [number, number][] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const found: [number, number][] = [];
  for (let index = 0; index < head; index += 1) found.push([index, index]);
  const inB = once(b, head, b.length - tail);
  for (const [text, index] of once(a, head, a.length - tail)) {
    const other = inB.get(text);
    if (other !== undefined) found.push([index, other]);
  }
  for (let back = tail; back > 0; back -= 1) found.push([a.length - back, b.length - back]);
  return found;
}

/** The lines that occur once in a stretch, with their index. */
function once(lines: readonly string[], from: number, to: number): Map<string, number> {
  const index = new Map<string, number>();
  const twice = new Set<string>();
  for (let at = from; at < to; at += 1) {
    const text = lines[at] ?? '';
    if (index.has(text)) twice.add(text);
    index.set(text, at);
  }
  for (const text of twice) index.delete(text);
  return index;
}
