import { TracedText } from '../../text/traced-text.ts';
import { itemsOf, pyStr, raise, undecidable } from './make.ts';
import { integerOf } from './native-arguments.ts';
import { type ShownAt, represent, show } from './show.ts';
import type { PyValue } from './value.ts';

/** `format % values` with the plain conversions `%s`, `%d`, `%r` and `%%` (library reference, printf-style). */
export function percentFormat(format: TracedText, values: PyValue, where: ShownAt): PyValue {
  const pending = values.kind === 'tuple' ? itemsOf(values, where) : [values];
  const next = () =>
    pending.shift() ?? raise('TypeError', 'not enough arguments for format string', where.at);
  const plain = format.toString();
  const parts: TracedText[] = [];
  let from = 0;
  for (let at = plain.indexOf('%'); at !== -1; at = plain.indexOf('%', from)) {
    parts.push(format.slice(from, at));
    const conversion = plain.charAt(at + 1);
    parts.push(conversion === '%' ? format.slice(at, at + 1) : converted(conversion, next, where));
    from = at + 2;
  }
  if (pending.length > 0 && values.kind !== 'dict') {
    raise('TypeError', 'not all arguments converted during string formatting', where.at);
  }
  parts.push(format.slice(from));
  return pyStr(TracedText.concat(parts), where.at);
}

function converted(conversion: string, next: () => PyValue, where: ShownAt): TracedText {
  switch (conversion) {
    case 's':
      return shownText(next(), where);
    case 'r':
      return derived(represent(next(), where), where);
    case 'd':
      return derived(String(integerOf(next(), where)), where);
    default:
      return undecidable(`the conversion %${conversion} isn't evaluated`, where.at);
  }
}

/** `str(value)`: a string as it is, with its origins; the rest as computed text. */
export function shownText(value: PyValue, where: ShownAt): TracedText {
  return value.kind === 'str' ? value.text : derived(show(value, where), where);
}

function derived(text: string, where: ShownAt): TracedText {
  return TracedText.from(text, { kind: 'derived', rule: where.at.text, place: where.at.place });
}
