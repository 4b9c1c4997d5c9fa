/** One option of a command line, with its value when it takes one. */
export interface OptionWord {
  readonly option: string;
  readonly value: string | undefined;
}

/**
 * Options up to the first word that is none, or up to `--`, as getopt_long(3) reads them; `valued` are those that take
 * the next word when their value is not written behind them.
 */
export function optionWords(
  args: readonly string[],
  valued: readonly string[],
): { readonly options: readonly OptionWord[]; readonly rest: readonly string[] } {
  const options: OptionWord[] = [];
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return { options, rest: args.slice(at + 1) };
    if (!word.startsWith('-')) break;
    const long = /^(--[^=]+)=(.*)$/s.exec(word);
    if (long !== null) options.push({ option: long[1] ?? '', value: long[2] });
    else if (word.startsWith('--') || word === '-')
      options.push({ option: word, value: valued.includes(word) ? args[(at += 1)] : undefined });
    else {
      const letters = Array.from(word.slice(1), (letter) => `-${letter}`);
      const takes = letters.findIndex((letter) => valued.includes(letter));
      const plain = takes === -1 ? letters : letters.slice(0, takes);
      options.push(...plain.map((option) => ({ option, value: undefined })));
      const behind = word.slice(takes + 2);
      if (takes !== -1)
        options.push({ option: letters[takes] ?? '', value: behind === '' ? args[(at += 1)] : behind });
    }
  }
  return { options, rest: args.slice(at) };
}
