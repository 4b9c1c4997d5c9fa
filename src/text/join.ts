import { TracedText } from './traced-text.ts';

/** The parts with `separator` between each two; parts and separator keep their own origins. */
export function joinTexts(separator: TracedText, parts: readonly TracedText[]): TracedText {
  return TracedText.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}
