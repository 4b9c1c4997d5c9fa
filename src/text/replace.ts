import { joinTexts } from './join.ts';
import { splitText } from './split.ts';
import type { TracedText } from './traced-text.ts';

/**
 * `text` with `replacement` in place of each occurrence of `searched` (not empty), at most `limit` of them.
 * What is replaced takes the origin of the replacement; the rest keeps its own.
 */
export function replaceText(
  text: TracedText,
  searched: string,
  replacement: TracedText,
  limit = Number.POSITIVE_INFINITY,
): TracedText {
  return joinTexts(replacement, splitText(text, searched, limit));
}
