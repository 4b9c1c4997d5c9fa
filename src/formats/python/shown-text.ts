import { TracedText } from '../../text/traced-text.ts';
import { show, type ShownAt } from './show.ts';
import type { PyValue } from './value.ts';

/** `str(value)`: a string as it is, with its origins; the rest as computed text. */
export function shownText(value: PyValue, where: ShownAt): TracedText {
  return value.kind === 'str' && value.instance === undefined
    ? value.text
    : derived(show(value, where), where);
}

/** Text that the program computed at that place. */
export function derived(text: string, where: ShownAt): TracedText {
  return TracedText.from(text, { kind: 'derived', rule: where.at.text, place: where.at.place });
}
