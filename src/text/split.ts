import type { TracedText } from './traced-text.ts';

/** The parts of `text` between occurrences of `separator`, at most `limit` cuts. The separator isn't empty. */
export function splitText(
  text: TracedText,
  separator: string,
  limit = Number.POSITIVE_INFINITY,
): TracedText[] {
  const plain = text.toString();
  const parts: TracedText[] = [];
  let from = 0;
  let cut = plain.indexOf(separator);
  while (cut !== -1 && parts.length < limit) {
    parts.push(text.slice(from, cut));
    from = cut + separator.length;
    cut = plain.indexOf(separator, from);
  }
  parts.push(text.slice(from));
  return parts;
}

/** The lines of `text`, each with the line feed that ends it. */
export function splitLines(text: TracedText): TracedText[] {
  const plain = text.toString();
  const lines: TracedText[] = [];
  let from = 0;
  while (from < plain.length) {
    const feed = plain.indexOf('\n', from);
    const to = feed === -1 ? plain.length : feed + 1;
    lines.push(text.slice(from, to));
    from = to;
  }
  return lines;
}
