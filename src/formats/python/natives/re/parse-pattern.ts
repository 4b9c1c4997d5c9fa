import { type Accepts, character, escapedCharacter, folded, namedClass } from './character-class.ts';
import { type ParsedPattern, type Pattern, type PatternFlags, flagsOf, widthOf } from './pattern.ts';

const DEEPEST = 50;
const LONGEST = 5000;
const UNBOUNDED = Number.POSITIVE_INFINITY;

/** Thrown for a pattern that isn't one, or that uses what isn't followed here. */
export class PatternFault extends Error {}

/** Parses a regular expression in Python's syntax (library reference, re). Throws `PatternFault`. */
export function parsePattern(text: string, bits: number): ParsedPattern {
  if (text.length > LONGEST) throw new PatternFault(`a pattern of more than ${LONGEST} characters`);
  return new PatternParser(text, bits).parse();
}

class PatternParser {
  readonly #characters: readonly string[];
  readonly #names = new Map<string, number>();
  #flags: PatternFlags;
  #groups = 0;
  #at = 0;
  #depth = 0;

  constructor(text: string, bits: number) {
    const [whole = '', letters = ''] = /^\(\?([aimsxu]+)\)/.exec(text) ?? [];
    const values: Readonly<Record<string, number>> = { a: 256, i: 2, m: 8, s: 16, u: 0, x: 64 };
    this.#flags = flagsOf(Array.from(letters).reduce((sum, letter) => sum | (values[letter] ?? 0), bits));
    this.#characters = Array.from(text.slice(whole.length));
  }

  parse(): ParsedPattern {
    const root = this.#choice();
    if (this.#at < this.#characters.length) throw new PatternFault('unbalanced parenthesis');
    return { root, groups: this.#groups, names: this.#names };
  }

  #choice(): Pattern {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new PatternFault('a pattern nested too deeply');
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth -= 1;
    const [only, ...others] = options;
    return only !== undefined && others.length === 0 ? only : { kind: 'choice', options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#characters.length && !['|', ')'].includes(this.#next())) {
      if (this.#flags.verbose && this.#skipBlank()) continue;
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #skipBlank(): boolean {
    if (/\s/.test(this.#next())) {
      this.#at += 1;
      return true;
    }
    if (this.#next() !== '#') return false;
    while (this.#at < this.#characters.length && this.#next() !== '\n') this.#at += 1;
    return true;
  }

  #repeated(inner: Pattern): Pattern {
    const bounds = this.#bounds();
    if (bounds === undefined) return inner;
    if (inner.kind === 'place') throw new PatternFault('nothing to repeat');
    const lazy = this.#take('?');
    if (!lazy && this.#take('+')) throw new PatternFault('possessive repetition');
    if (this.#bounds() !== undefined) throw new PatternFault('multiple repeat');
    return { kind: 'repeat', inner, ...bounds, lazy };
  }

  #bounds(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: UNBOUNDED };
    if (this.#take('+')) return { least: 1, most: UNBOUNDED };
    if (this.#take('?')) return { least: 0, most: 1 };
    const rest = this.#characters.slice(this.#at, this.#at + 24).join('');
    const braces = /^\{(\d{0,6})(,?)(\d{0,6})\}/.exec(rest);
    if (braces === null || (braces[1] === '' && braces[2] === '')) return undefined;
    const [whole, least = '', comma = '', most = ''] = braces;
    this.#at += whole.length;
    const low = least === '' ? 0 : Number(least);
    const high = comma === '' ? low : most === '' ? UNBOUNDED : Number(most);
    if (high < low) throw new PatternFault('min repeat greater than max repeat');
    return { least: low, most: high };
  }

  #atom(): Pattern {
    const first = this.#next();
    this.#at += 1;
    switch (first) {
      case '.':
        return { kind: 'one', accepts: this.#flags.dotAll ? () => true : (given) => given !== '\n' };
      case '^':
        return this.#flags.multiline
          ? { kind: 'place', holds: (characters, at) => at === 0 || characters[at - 1] === '\n' }
          : { kind: 'place', holds: (_, at) => at === 0 };
      case '$':
        return { kind: 'place', holds: endOfLine(this.#flags.multiline) };
      case '(':
        return this.#group();
      case '[':
        return { kind: 'one', accepts: this.#set() };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new PatternFault('nothing to repeat');
      default:
        return { kind: 'one', accepts: character(first, this.#flags) };
    }
  }

  #group(): Pattern {
    if (!this.#take('?')) return this.#captured();
    if (this.#take(':')) return this.#closed(this.#choice());
    if (this.#take('=')) return this.#look(false, false);
    if (this.#take('!')) return this.#look(true, false);
    if (this.#take('#')) {
      while (this.#at < this.#characters.length && this.#next() !== ')') this.#at += 1;
      return this.#closed({ kind: 'sequence', parts: [] });
    }
    if (this.#take('<')) {
      const negated = this.#take('!');
      if (negated || this.#take('=')) return this.#look(negated, true);
    } else if (this.#take('P')) {
      if (this.#take('<')) {
        const name = this.#until('>');
        if (this.#names.has(name)) throw new PatternFault(`redefinition of group name '${name}'`);
        this.#names.set(name, this.#groups + 1);
        return this.#captured();
      }
      if (this.#take('=')) return this.#again(this.#names.get(this.#until(')')));
    }
    throw new PatternFault('an extension that is not followed');
  }

  #captured(): Pattern {
    this.#groups += 1;
    const index = this.#groups;
    return { kind: 'group', index, inner: this.#closed(this.#choice()) };
  }

  #look(negated: boolean, isBehind: boolean): Pattern {
    const inner = this.#closed(this.#choice());
    const behind = isBehind ? widthOf(inner) : undefined;
    if (isBehind && behind === undefined) throw new PatternFault('look-behind requires fixed-width pattern');
    return { kind: 'look', inner, negated, behind };
  }

  #again(index: number | undefined): Pattern {
    if (index === undefined || index > this.#groups) throw new PatternFault('invalid group reference');
    return { kind: 'again', index, ignoreCase: this.#flags.ignoreCase };
  }

  #escape(): Pattern {
    const letter = this.#next();
    this.#at += 1;
    const word = namedClass('w', this.#flags) ?? (() => false);
    if (letter === 'A') return { kind: 'place', holds: (_, at) => at === 0 };
    if (letter === 'Z') return { kind: 'place', holds: (characters, at) => at === characters.length };
    if (letter === 'b') return { kind: 'place', holds: (characters, at) => isEdge(characters, at, word) };
    if (letter === 'B') return { kind: 'place', holds: (characters, at) => !isEdge(characters, at, word) };
    if (/[1-9]/.test(letter)) {
      const second = this.#next();
      if (/[0-9]/.test(second)) this.#at += 1;
      return this.#again(Number(letter + (/[0-9]/.test(second) ? second : '')));
    }
    return { kind: 'one', accepts: this.#escapedClass(letter) };
  }

  #escapedClass(letter: string): Accepts {
    return namedClass(letter, this.#flags) ?? character(this.#escapedLetter(letter), this.#flags);
  }

  #escapedLetter(letter: string): string {
    const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
    const count = digits[letter];
    if (count !== undefined) {
      const spelled = this.#characters.slice(this.#at, this.#at + count).join('');
      if (!/^[0-9a-fA-F]+$/.test(spelled) || spelled.length < count)
        throw new PatternFault(`bad escape \\${letter}`);
      this.#at += count;
      const code = Number.parseInt(spelled, 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
    }
    const escaped = letter === '' ? undefined : letter === '0' ? '\0' : escapedCharacter(letter);
    if (escaped === undefined) throw new PatternFault(`bad escape \\${letter}`);
    return escaped;
  }

  #set(): Accepts {
    const negated = this.#take('^');
    const members: Accepts[] = [];
    for (let isFirst = true; isFirst || this.#next() !== ']'; isFirst = false) {
      if (this.#at >= this.#characters.length) throw new PatternFault('unterminated character set');
      const low = this.#member();
      if (
        this.#next() !== '-' ||
        (this.#characters[this.#at + 1] ?? ']') === ']' ||
        typeof low !== 'string'
      ) {
        members.push(typeof low === 'string' ? (given) => given === low : low);
        continue;
      }
      this.#at += 1;
      const high = this.#member();
      if (typeof high !== 'string' || point(high) < point(low)) throw new PatternFault('bad character range');
      members.push((given) => point(low) <= point(given) && point(given) <= point(high));
    }
    this.#at += 1;
    const accepts = folded((given) => members.some((member) => member(given)), this.#flags);
    return negated ? (given) => !accepts(given) : accepts;
  }

  /** A character of a set, or a class like `\d`. */
  #member(): string | Accepts {
    const first = this.#next();
    this.#at += 1;
    if (first !== '\\') return first;
    const letter = this.#next();
    this.#at += 1;
    if (letter === 'b') return '\b';
    return namedClass(letter, this.#flags) ?? this.#escapedLetter(letter);
  }

  #closed(inner: Pattern): Pattern {
    if (!this.#take(')')) throw new PatternFault('missing ), unterminated subpattern');
    return inner;
  }

  #until(end: string): string {
    let name = '';
    while (this.#at < this.#characters.length && this.#next() !== end) {
      name += this.#next();
      this.#at += 1;
    }
    if (!/^[A-Za-z_]\w*$/.test(name) || !this.#characters.includes(end))
      throw new PatternFault('bad group name');
    if (end === '>') this.#at += 1;
    else if (!this.#take(end)) throw new PatternFault('missing ), unterminated name');
    return name;
  }

  #next(): string {
    return this.#characters[this.#at] ?? '';
  }

  #take(wanted: string): boolean {
    if (this.#next() !== wanted) return false;
    this.#at += 1;
    return true;
  }
}

/** `$` also matches before a line feed at the end. */
function endOfLine(multiline: boolean): (characters: readonly string[], at: number) => boolean {
  return (characters, at) =>
    at === characters.length || (characters[at] === '\n' && (multiline || at === characters.length - 1));
}

function isEdge(characters: readonly string[], at: number, word: Accepts): boolean {
  const [before, after] = [characters[at - 1], characters[at]];
  return (before !== undefined && word(before)) !== (after !== undefined && word(after));
}

function point(text: string): number {
  return text.codePointAt(0) ?? 0;
}
