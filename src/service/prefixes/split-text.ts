/**
 * The words of a text as `env -S` splits it; undefined where it is refused, or a variable that is not known stands in it.
 * Source: build_argv() in src/env.c of coreutils 9.1.
 */
export function splitText(
  text: string,
  variable: (name: string) => string | undefined,
): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quote === undefined && /[ \t\n\v\f\r]/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === undefined && letter === '#' && word === undefined) break;
    else if (letter === quote) quote = undefined;
    else if (quote === undefined && (letter === "'" || letter === '"')) {
      quote = letter;
      word ??= '';
    } else if (letter === '\\') {
      at += 1;
      const next = text.charAt(at);
      if (quote === "'" && next !== '\\' && next !== "'") word = `${word ?? ''}\\${next}`;
      else if (next === 'c' && quote === undefined) break;
      else if (next === '_' && quote === undefined) {
        if (word !== undefined) words.push(word);
        word = undefined;
      } else {
        const meant = ESCAPES.get(next);
        if (meant === undefined) return undefined;
        word = (word ?? '') + meant;
      }
    } else if (letter === '$' && quote !== "'") {
      const name = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(at))?.[1];
      const value = name === undefined ? undefined : variable(name);
      if (name === undefined || value === undefined) return undefined;
      word = (word ?? '') + value;
      at += name.length + 2;
    } else word = (word ?? '') + letter;
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  return words;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['#', '#'],
  ['$', '$'],
  ["'", "'"],
  ['\\', '\\'],
  ['_', ' '],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);
