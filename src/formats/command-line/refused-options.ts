import type { GetoptOptions, TakesArgument } from './getopt-options.ts';

/** An option of a command line that getopt(3) does not take. */
export interface RefusedOption {
  /** As it is written, without its argument: `-q`, `--quiet`. */
  readonly option: string;
  readonly why: 'unknown' | 'ambiguous' | 'without argument' | 'with argument';
}

/**
 * What getopt(3) or getopt_long(3) of glibc would refuse of the words of a command, the program's name left out.
 * POSIXLY_CORRECT is taken not to be set.
 */
export function refusedOptions(words: readonly string[], options: GetoptOptions): RefusedOption[] {
  const refused: RefusedOption[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') {
      if (options.stopsAtFirstArgument) break;
      continue;
    }
    const taken = isLong(word, options)
      ? longOption(word, at + 1 < words.length, options)
      : shortOptions(word, at + 1 < words.length, options);
    refused.push(...taken.refused);
    if (taken.takesNext) at += 1;
  }
  return refused;
}

interface Taken {
  readonly refused: readonly RefusedOption[];
  /** The next word is its argument. */
  readonly takesNext: boolean;
}

/** Where `-` is a letter and there are no long options, `--name` is the cluster of short ones `-`, `n`, `a`, … */
function isLong(word: string, { long, longWithOneDash, short }: GetoptOptions): boolean {
  if (word.startsWith('--')) return long?.size !== 0 || !short.has('-');
  if (!longWithOneDash || long?.size === 0) return false;
  return word.length > 2 || !short.has(word.slice(1));
}

function longOption(word: string, hasNext: boolean, { long, short, longWithOneDash }: GetoptOptions): Taken {
  if (long === undefined) return { refused: [], takesNext: false };
  const [name = '', ...rest] = word.replace(/^--?/, '').split('=');
  const option = `${word.startsWith('--') ? '--' : '-'}${name}`;
  const refuse = (why: RefusedOption['why']): Taken => ({ refused: [{ option, why }], takesNext: false });
  const takes = long.get(name) ?? abbreviated(name, long);
  if (takes === 'ambiguous') return refuse('ambiguous');
  if (takes === undefined) {
    // What is no long option after one dash may be short ones.
    if (longWithOneDash && !word.startsWith('--') && short.has(word[1] ?? ''))
      return shortOptions(word, hasNext, { short });
    return refuse('unknown');
  }
  if (rest.length > 0) return takes === 'none' ? refuse('with argument') : { refused: [], takesNext: false };
  if (takes !== 'required') return { refused: [], takesNext: false };
  return hasNext ? { refused: [], takesNext: true } : refuse('without argument');
}

/** Any beginning of a name that is no beginning of another one with another kind of argument. */
function abbreviated(
  name: string,
  long: ReadonlyMap<string, TakesArgument>,
): TakesArgument | 'ambiguous' | undefined {
  const fitting = [...long].filter(([full]) => full.startsWith(name));
  if (fitting.length > 1) return 'ambiguous';
  return fitting[0]?.[1];
}

function shortOptions(word: string, hasNext: boolean, { short }: Pick<GetoptOptions, 'short'>): Taken {
  const letters = word.slice(1).split('');
  for (const [index, letter] of letters.entries()) {
    const option = `-${letter}`;
    const takes = short.get(letter);
    // What follows an unknown letter is most likely its argument.
    if (takes === undefined) return { refused: [{ option, why: 'unknown' }], takesNext: false };
    if (takes === 'none') continue;
    const isLast = index === letters.length - 1;
    if (!isLast || takes === 'optional') break;
    return hasNext
      ? { refused: [], takesNext: true }
      : { refused: [{ option, why: 'without argument' }], takesNext: false };
  }
  return { refused: [], takesNext: false };
}
