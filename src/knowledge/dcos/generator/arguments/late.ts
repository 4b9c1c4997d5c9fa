import type { Span } from '../../../../formats/python/python-source.ts';
import { TracedText } from '../../../../text/traced-text.ts';

const START = 'LATE_BIND_PLACEHOLDER_START_';
const END = '_LATE_BIND_PLACEHOLDER_END';

/** What stands for a value that is told when the cluster is launched (gen/internals.py from 1.9). */
export function placeholderFor(name: string, written: Span | undefined): TracedText {
  const rule = `${name} is told when the cluster is launched`;
  const place = written === undefined ? {} : { place: written.place };
  return TracedText.from(`${START}${name}${END}`, { kind: 'derived', rule, ...place });
}

/** Whether a text holds such a placeholder, or a part of one. */
export function holdsPlaceholder(text: string): boolean {
  return text.includes(START) || text.includes(END);
}
