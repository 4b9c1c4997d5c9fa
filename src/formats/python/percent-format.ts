import { TracedText } from '../../text/traced-text.ts';
import { numberOf } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import { formatValue } from './format-spec.ts';
import { itemsOf, pyInt, pyStr, raise, raiseWith, undecidable } from './make.ts';
import { integerOf } from './native-arguments.ts';
import { itemAt } from './natives/container-methods.ts';
import { derived, shownText } from './shown-text.ts';
import { represent, type ShownAt } from './show.ts';
import { typeName } from './types.ts';
import type { PyValue } from './value.ts';

export { shownText } from './shown-text.ts';

const CONVERSION = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([^]?)/g;

/** `format % values` (library reference, printf-style String Formatting). */
export function percentFormat(format: TracedText, values: PyValue, where: ShownAt): PyValue {
  const pending = values.kind === 'tuple' ? itemsOf(values, where) : [values];
  let usesNames = false;
  const next = () =>
    pending.shift() ?? raise('TypeError', 'not enough arguments for format string', where.at);
  const plain = format.toString();
  const parts: TracedText[] = [];
  let from = 0;
  for (const found of plain.matchAll(CONVERSION)) {
    const [whole, name, flags = '', width, precision, type = ''] = found;
    parts.push(format.slice(from, found.index));
    from = found.index + whole.length;
    if (type === '%') {
      parts.push(format.slice(from - 1, from));
      continue;
    }
    if (type === '') raise('ValueError', 'incomplete format', where.at);
    if (name !== undefined) {
      usesNames = true;
      // From the first name on, the mapping itself is no argument any more.
      pending.length = 0;
    }
    const star = (bound: string | undefined) =>
      bound === '*' ? integerOf(next(), where) : Number(bound ?? 0);
    const isCut = precision !== undefined || /\.[hlL]?[^]?$/.test(whole);
    const field = { flags, width: star(width), precision: isCut ? star(precision) : undefined, type };
    parts.push(converted(field, name === undefined ? next() : named(values, name, where), where));
  }
  if (pending.length > 0 && !usesNames && values.kind !== 'dict') {
    raise('TypeError', 'not all arguments converted during string formatting', where.at);
  }
  parts.push(format.slice(from));
  return pyStr(TracedText.concat(parts), where.at);
}

function named(values: PyValue, name: string, where: ShownAt): PyValue {
  if (values.kind === 'unknown') throw new Undecidable(values);
  if (values.kind !== 'dict') return raise('TypeError', 'format requires a mapping', where.at);
  const key = pyStr(derived(name, where), where.at);
  return itemAt(values, key, where) ?? raiseWith('KeyError', [key], where.at);
}

interface Field {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

function converted(field: Field, value: PyValue, where: ShownAt): TracedText {
  const { flags, type, width, precision } = field;
  const side = flags.includes('-') || width < 0 ? '<' : '>';
  const size = Math.abs(width) || '';
  const cut = precision === undefined ? '' : `.${precision}`;
  if (value.kind === 'unknown') throw new Undecidable(value);
  switch (type) {
    case 's':
      return formatValue(
        pyStr(shownText(value, where), where.at),
        size === '' && cut === '' ? '' : `${side}${size}${cut}`,
        where,
      );
    case 'r': {
      const text = pyStr(derived(represent(value, where), where), where.at);
      return formatValue(text, `${side}${size}${cut}`, where);
    }
    case 'c':
      return formatValue(character(value, where), `${side}${size}`, where);
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      if (precision !== undefined) return undecidable(`a precision for %${type} isn't evaluated`, where.at);
      return formatValue(
        integer(value, type, where),
        spec(flags, side, size, 'iu'.includes(type) ? 'd' : type),
        where,
      );
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g': {
      const number = numberOf(value);
      if (number === undefined) raise('TypeError', `must be real number, not ${typeName(value)}`, where.at);
      return formatValue(
        { kind: 'float', value: Number(number) },
        spec(flags, side, `${size}${cut}`, type),
        where,
      );
    }
    case 'a':
    case 'G':
      return undecidable(`the conversion %${type} isn't evaluated`, where.at);
    default:
      return raise('ValueError', `unsupported format character '${type}'`, where.at);
  }
}

/** The flags of a number, as a format specification spells them. */
function spec(flags: string, side: string, size: string | number, type: string): string {
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const alternate = flags.includes('#') ? '#' : '';
  const fill = flags.includes('0') && side !== '<' ? '0=' : side;
  return `${fill}${sign}${alternate}${size}${type}`;
}

function integer(value: PyValue, type: string, where: ShownAt): PyValue {
  const number = numberOf(value);
  const isFloat = typeof number === 'number';
  if (isFloat && type !== 'x' && type !== 'X' && type !== 'o' && Number.isFinite(number)) {
    return pyInt(BigInt(Math.trunc(number)));
  }
  if (typeof number === 'bigint') return pyInt(number);
  const wanted = 'xXo'.includes(type) ? 'an integer' : 'a real number';
  return raise('TypeError', `%${type} format: ${wanted} is required, not ${typeName(value)}`, where.at);
}

function character(value: PyValue, where: ShownAt): PyValue {
  if (value.kind === 'str' && Array.from(value.text.toString()).length === 1) return value;
  if (value.kind !== 'int') return raise('TypeError', '%c requires int or char', where.at);
  const code = integerOf(value, where);
  if (code < 0 || code > 0x10ffff) raise('OverflowError', '%c arg not in range(0x110000)', where.at);
  return pyStr(derived(String.fromCodePoint(code), where), where.at);
}
