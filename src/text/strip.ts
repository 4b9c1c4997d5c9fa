import type { TracedText } from './traced-text.ts';

/** `text` without the leading and trailing characters (UTF-16 units) for which `isStripped` holds. */
export function stripText(
  text: TracedText,
  isStripped: (character: string) => boolean,
  sides: 'both' | 'start' | 'end' = 'both',
): TracedText {
  const plain = text.toString();
  let from = 0;
  let to = plain.length;
  if (sides !== 'end') while (from < to && isStripped(plain.charAt(from))) from += 1;
  if (sides !== 'start') while (to > from && isStripped(plain.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}
