/** An option of a command line with its value, as getopt(3) reads them. */
export interface Option {
  readonly letter: string;
  readonly value: string;
}

/** The options with a value, in their order: `-f FILE`, `-fFILE`, and behind others that have none, `-Df FILE`. */
export function optionsIn(args: readonly string[], letters: string, withValue: string): Option[] {
  const options: Option[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--' || !word.startsWith('-')) break;
    for (let place = 1; place < word.length; place += 1) {
      const letter = word[place] ?? '';
      if (letters.includes(letter)) options.push({ letter, value: '' });
      if (!withValue.includes(letter)) continue;
      const attached = word.slice(place + 1);
      const value = attached === '' ? args[(at += 1)] : attached;
      if (value !== undefined) options.push({ letter, value });
      break;
    }
  }
  return options;
}
