import { isPythonSpace } from '../../whitespace.ts';
import type { PatternFlags } from './pattern.ts';

export type Accepts = (character: string) => boolean;

/** `\d`, `\w`, `\s` and their opposites, by their letter. */
export function namedClass(letter: string, flags: PatternFlags): Accepts | undefined {
  const accepts = positive(letter.toLowerCase(), flags.ascii);
  if (accepts === undefined || letter === letter.toLowerCase()) return accepts;
  return (character) => !accepts(character);
}

function positive(letter: string, ascii: boolean): Accepts | undefined {
  switch (letter) {
    case 'd':
      return (character) => (ascii ? /^[0-9]$/ : /^\p{Nd}$/u).test(character);
    case 'w':
      return (character) => (ascii ? /^[0-9A-Za-z_]$/ : /^[\p{L}\p{N}_]$/u).test(character);
    case 's':
      return (character) => (ascii ? /^[ \t\n\r\f\v]$/.test(character) : isPythonSpace(character));
    default:
      return undefined;
  }
}

/** The character that `\n` and its like stand for; undefined for one that isn't an escape of Python's. */
export function escapedCharacter(letter: string): string | undefined {
  const named: Readonly<Record<string, string>> = {
    a: '\x07',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
  };
  return named[letter] ?? (/[0-9A-Za-z]/.test(letter) ? undefined : letter);
}

/** What accepts one character, also in the other case. */
export function character(wanted: string, flags: PatternFlags): Accepts {
  return folded((given) => given === wanted, flags);
}

export function folded(accepts: Accepts, { ignoreCase }: PatternFlags): Accepts {
  if (!ignoreCase) return accepts;
  return (given) => accepts(given) || accepts(given.toLowerCase()) || accepts(given.toUpperCase());
}
