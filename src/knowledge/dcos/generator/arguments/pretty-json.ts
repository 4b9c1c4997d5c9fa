import type { Origin } from '../../../../text/origin.ts';
import { recodeText } from '../../../../text/recode.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/**
 * A list or object of texts as `json.dumps(…, indent=2, sort_keys=True, separators=(',', ':'))` lays it out; what
 * it adds has the origin `added`.
 */
export function prettyJson(
  value: readonly TracedText[] | ReadonlyMap<string, TracedText>,
  added: Origin,
): TracedText {
  const plain = (text: string) => TracedText.from(text, added);
  const isObject = 'get' in value;
  const [open, close] = isObject ? ['{', '}'] : ['[', ']'];
  const items = isObject
    ? [...value]
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map(([name, text]) =>
          TracedText.concat([quotedJson(plain(name), added), plain(':'), quotedJson(text, added)]),
        )
    : value.map((text) => quotedJson(text, added));
  if (items.length === 0) return plain(`${open}${close}`);
  const lines = items.flatMap((item, index) => [plain(index === 0 ? '\n  ' : ',\n  '), item]);
  return TracedText.concat([plain(open), ...lines, plain(`\n${close}`)]);
}

/** A JSON string in ASCII, as Python writes it. */
export function quotedJson(text: TracedText, added: Origin): TracedText {
  const quote = TracedText.from('"', added);
  return TracedText.concat([quote, recodeText(text, escaped), quote]);
}

function escaped(character: string): string {
  const inside = JSON.stringify(character).slice(1, -1);
  return inside.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
