import type { ParsedPattern, Pattern } from './pattern.ts';

/** The most steps that one search may take: a pattern that backtracks for ever is given up. */
const MOST_STEPS = 200_000;
/** The most repetitions of a group: each takes a piece of the stack. */
const MOST_ROUNDS = 400;

/** Thrown when a pattern takes too long to be followed. */
export class MatchTooLong extends Error {}

/** From and behind, in code points; undefined for a group that took no part. */
export type GroupSpan = readonly [number, number] | undefined;

export interface Searched {
  readonly spans: readonly GroupSpan[] | undefined;
  readonly steps: number;
}

export interface Search {
  readonly from: number;
  readonly anchor: Anchor;
  /** Whether nothing at all may not be what is found at `from`: behind a match of nothing. */
  readonly mustAdvance: boolean;
}

export type Anchor = 'search' | 'match' | 'fullmatch';

/** The spans of the whole match and of its groups, as a backtracking matcher finds them. Throws `MatchTooLong`. */
export function findMatch(
  pattern: ParsedPattern,
  characters: readonly string[],
  { from, anchor, mustAdvance }: Search,
): Searched {
  const matcher = new Matcher(characters, pattern.groups);
  for (let start = from; start <= characters.length; start += 1) {
    const end = matcher.matchAt(pattern.root, start, (at) => {
      if (anchor === 'fullmatch' && at !== characters.length) return false;
      return !(mustAdvance && start === from && at === start);
    });
    if (end !== undefined) return { spans: [[start, end], ...matcher.groups()], steps: matcher.steps };
    if (anchor !== 'search') break;
  }
  return { spans: undefined, steps: matcher.steps };
}

type Continue = (at: number) => boolean;

class Matcher {
  readonly #characters: readonly string[];
  readonly #spans: GroupSpan[];
  steps = 0;
  #open = 0;

  constructor(characters: readonly string[], groups: number) {
    this.#characters = characters;
    this.#spans = Array.from({ length: groups + 1 }, () => undefined);
  }

  groups(): readonly GroupSpan[] {
    return this.#spans.slice(1);
  }

  matchAt(root: Pattern, start: number, isEnd: Continue): number | undefined {
    this.#spans.fill(undefined);
    let end: number | undefined;
    const matched = this.#match(root, start, (at) => {
      if (!isEnd(at)) return false;
      end = at;
      return true;
    });
    return matched ? end : undefined;
  }

  #match(pattern: Pattern, at: number, then: Continue): boolean {
    this.#step();
    switch (pattern.kind) {
      case 'one':
        return this.#accepts(pattern, at) && then(at + 1);
      case 'sequence':
        return this.#parts(pattern.parts, 0, at, then);
      case 'choice':
        return pattern.options.some((option) => this.#match(option, at, then));
      case 'group': {
        const before = this.#spans[pattern.index];
        const matched = this.#match(pattern.inner, at, (end) => {
          const inner = this.#spans[pattern.index];
          this.#spans[pattern.index] = [at, end];
          if (then(end)) return true;
          this.#spans[pattern.index] = inner;
          return false;
        });
        if (!matched) this.#spans[pattern.index] = before;
        return matched;
      }
      case 'repeat':
        return pattern.inner.kind === 'one'
          ? this.#run(pattern, pattern.inner, at, then)
          : this.#repeat(pattern, 0, at, then);
      case 'place':
        return pattern.holds(this.#characters, at) && then(at);
      case 'again':
        return this.#again(pattern, at, then);
      case 'look':
        return this.#look(pattern, at, then);
    }
  }

  #parts(parts: readonly Pattern[], index: number, at: number, then: Continue): boolean {
    const part = parts[index];
    return part === undefined
      ? then(at)
      : this.#match(part, at, (next) => this.#parts(parts, index + 1, next, then));
  }

  /** One character repeated: without a piece of the stack for each. */
  #run(
    { least, most, lazy }: Pattern & { kind: 'repeat' },
    inner: Pattern & { kind: 'one' },
    at: number,
    then: Continue,
  ): boolean {
    const goesOn = (count: number) => count < most && this.#accepts(inner, at + count);
    let count = 0;
    while (count < (lazy ? least : most) && goesOn(count)) {
      this.#step();
      count += 1;
    }
    if (count < least) return false;
    if (lazy) {
      for (;;) {
        if (then(at + count)) return true;
        if (!goesOn(count)) return false;
        this.#step();
        count += 1;
      }
    }
    for (; count >= least; count -= 1) {
      this.#step();
      if (then(at + count)) return true;
    }
    return false;
  }

  #repeat(pattern: Pattern & { kind: 'repeat' }, done: number, at: number, then: Continue): boolean {
    this.#open += 1;
    if (this.#open > MOST_ROUNDS) throw new MatchTooLong('repeats a group too often');
    const again = () =>
      done < pattern.most &&
      this.#match(pattern.inner, at, (next) =>
        // An empty round would be followed by itself for ever.
        next === at && done >= pattern.least ? false : this.#repeat(pattern, done + 1, next, then),
      );
    const stop = () => done >= pattern.least && then(at);
    const matched = pattern.lazy ? stop() || again() : again() || stop();
    this.#open -= 1;
    return matched;
  }

  #again({ index, ignoreCase }: Pattern & { kind: 'again' }, at: number, then: Continue): boolean {
    const span = this.#spans[index];
    if (span === undefined) return false;
    const wanted = this.#characters.slice(...span);
    const given = this.#characters.slice(at, at + wanted.length);
    this.steps += wanted.length;
    const isSame = ignoreCase
      ? wanted.join('').toLowerCase() === given.join('').toLowerCase()
      : wanted.join('') === given.join('');
    return isSame && then(at + wanted.length);
  }

  #look({ inner, negated, behind }: Pattern & { kind: 'look' }, at: number, then: Continue): boolean {
    const start = at - (behind ?? 0);
    const before = [...this.#spans];
    const found = start >= 0 && this.#match(inner, start, (end) => behind === undefined || end === at);
    if (found === negated) {
      before.forEach((span, index) => {
        this.#spans[index] = span;
      });
      return false;
    }
    return then(at);
  }

  #accepts(one: Pattern & { kind: 'one' }, at: number): boolean {
    const character = this.#characters[at];
    return character !== undefined && one.accepts(character);
  }

  #step(): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new MatchTooLong('takes too many steps');
  }
}
