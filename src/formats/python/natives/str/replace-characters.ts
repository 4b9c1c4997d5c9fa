import { TracedText } from '../../../../text/traced-text.ts';

/**
 * `text` with some characters (code points) replaced as `change` says; undefined leaves one as it is. What stays
 * together stays one slice.
 */
export function replaceCharacters(
  text: TracedText,
  change: (character: string, own: () => TracedText) => TracedText | undefined,
): TracedText {
  const parts: TracedText[] = [];
  let kept = 0;
  let offset = 0;
  for (const character of text.toString()) {
    const from = offset;
    offset += character.length;
    const changed = change(character, () => text.slice(from, from + character.length));
    if (changed === undefined) continue;
    if (kept < from) parts.push(text.slice(kept, from));
    parts.push(changed);
    kept = offset;
  }
  parts.push(text.slice(kept));
  return TracedText.concat(parts);
}
