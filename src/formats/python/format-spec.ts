import { TracedText } from '../../text/traced-text.ts';
import { Undecidable } from './faults.ts';
import { decideSpecial } from './instance.ts';
import { checkLength, pyStr, raise, undecidable } from './make.ts';
import { derived, shownText } from './shown-text.ts';
import { type ShownAt, showFloat } from './show.ts';
import { typeName } from './types.ts';
import type { PyValue } from './value.ts';

/** A format specification, taken apart (library reference, Format Specification Mini-Language). */
interface Spec {
  readonly fill: string;
  readonly align: '<' | '>' | '^' | '=' | undefined;
  readonly sign: '+' | '-' | ' ';
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/** `format(value, spec)`: a string keeps the origins of its characters, what is computed or filled in is derived. */
export function formatValue(value: PyValue, spec: string, where: ShownAt): TracedText {
  if (value.kind === 'unknown') throw new Undecidable(value);
  const own = decideSpecial(value, '__format__', [pyStr(derived(spec, where), where.at)]);
  if (own?.kind === 'str') return own.text;
  // An IntEnum is formatted as the number it is.
  if (spec === '')
    return shownText(value.kind === 'int' ? { kind: 'int', value: value.value } : value, where);
  const parsed = parse(spec, where);
  switch (value.kind) {
    case 'str':
      return formatText(value.text, parsed, where);
    case 'int':
    case 'bool':
      return formatInteger(value.kind === 'int' ? value.value : value.value ? 1n : 0n, parsed, where);
    case 'float':
      return formatFloat(value.value, parsed, where);
    default:
      return raise(
        'TypeError',
        `unsupported format string passed to ${typeName(value)}.__format__`,
        where.at,
      );
  }
}

function parse(text: string, where: ShownAt): Spec {
  const found = SPEC.exec(text);
  if (found === null) return raise('ValueError', 'Invalid format specifier', where.at);
  const [, fill, align, sign = '-', alternate, zero, width = '0', grouping = '', precision, type = ''] =
    found;
  checkLength(Number(width), where.at);
  if (precision !== undefined) checkLength(Number(precision), where.at);
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: isAlign(align) ? align : zero === undefined ? undefined : '=',
    sign: sign === '+' || sign === ' ' ? sign : '-',
    alternate: alternate !== undefined,
    width: Number(width),
    grouping: grouping === ',' || grouping === '_' ? grouping : '',
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

function isAlign(align: string | undefined): align is '<' | '>' | '^' | '=' {
  return align !== undefined && '<>^='.includes(align);
}

function formatText(text: TracedText, spec: Spec, where: ShownAt): TracedText {
  if (spec.type !== '' && spec.type !== 's') unknownCode(spec, 'str', where);
  if (spec.align === '=')
    raise('ValueError', "'=' alignment not allowed in string format specifier", where.at);
  const points =
    spec.precision === undefined ? undefined : Array.from(text.toString()).slice(0, spec.precision);
  const cut = points === undefined ? text : text.slice(0, points.join('').length);
  return padded(cut, '', spec, '<', where);
}

function formatInteger(value: bigint, spec: Spec, where: ShownAt): TracedText {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(Number(value), spec, where);
  if (spec.precision !== undefined) {
    raise('ValueError', 'Precision not allowed in integer format specifier', where.at);
  }
  const size = value < 0n ? -value : value;
  const bases: Record<string, readonly [number, string]> = {
    '': [10, ''],
    d: [10, ''],
    n: [10, ''],
    b: [2, '0b'],
    o: [8, '0o'],
    x: [16, '0x'],
    X: [16, '0X'],
  };
  if (spec.type === 'c') return undecidable("the format 'c' isn't evaluated", where.at);
  const base = Object.hasOwn(bases, spec.type) ? bases[spec.type] : undefined;
  if (base === undefined) return unknownCode(spec, 'int', where);
  const plain = size.toString(base[0]);
  const digits = spec.type === 'X' ? plain.toUpperCase() : plain;
  const prefix = signOf(value < 0n, spec) + (spec.alternate ? base[1] : '');
  return number(digits, prefix, spec, base[0] === 10 ? 3 : 4, where);
}

function formatFloat(value: number, spec: Spec, where: ShownAt): TracedText {
  const isNegative = value < 0 || Object.is(value, -0);
  const sign = signOf(isNegative, spec);
  const size = Math.abs(value);
  if (!Number.isFinite(size)) {
    const name = Number.isNaN(size) ? 'nan' : 'inf';
    return padded(derived(name, where), sign, spec, '>', where);
  }
  return number(floatDigits(size, spec, where), sign, spec, 3, where);
}

function floatDigits(size: number, spec: Spec, where: ShownAt): string {
  const precision = spec.precision ?? 6;
  if (precision > 100) return undecidable('a float of more than 100 places', where.at);
  if (size >= 1e21) return undecidable('a float beyond 1e21 in this format', where.at);
  switch (spec.type) {
    case 'f':
    case 'F':
      return toFixed(size, precision);
    case '%':
      return `${toFixed(size * 100, precision)}%`;
    case 'e':
    case 'E': {
      const text = size.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
      return spec.type === 'E' ? text.toUpperCase() : text;
    }
    case '':
      return spec.precision === undefined
        ? showFloat(size)
        : undecidable("this float format isn't evaluated", where.at);
    case 'g':
      return general(size, precision === 0 ? 1 : precision);
    default:
      return unknownCode(spec, 'float', where);
  }
}

/** Rounded as C does: exactly by the binary value, halves to even. */
function toFixed(size: number, precision: number): string {
  return size.toFixed(precision);
}

function general(size: number, precision: number): string {
  const [, exponent = '0'] = size.toExponential(precision - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < precision) {
    const fixed = size.toFixed(Math.min(100, precision - 1 - power));
    return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  }
  const [mantissa = ''] = size.toExponential(precision - 1).split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${short}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function signOf(isNegative: boolean, spec: Spec): string {
  if (isNegative) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

/** Digits with their separators, zeros and sign. */
function number(digits: string, prefix: string, spec: Spec, group: number, where: ShownAt): TracedText {
  const [whole = '', ...fraction] = digits.split(/(?=[.e%])/);
  const zeros = spec.fill === '0' && spec.align === '=';
  let grouped = separate(whole, spec.grouping, group);
  if (zeros && spec.grouping !== '') {
    const room = spec.width - prefix.length - fraction.join('').length;
    for (let longer = whole; grouped.length < room; ) {
      longer = `0${longer}`;
      const next = separate(longer, spec.grouping, group);
      grouped = next;
    }
  }
  return padded(derived(grouped + fraction.join(''), where), prefix, spec, '>', where);
}

function separate(digits: string, separator: string, group: number): string {
  if (separator === '') return digits;
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= group)
    parts.unshift(digits.slice(Math.max(0, end - group), end));
  return parts.join(separator);
}

function padded(text: TracedText, prefix: string, spec: Spec, usual: '<' | '>', where: ShownAt): TracedText {
  const length = Array.from(text.toString()).length + prefix.length;
  const missing = Math.max(0, spec.width - length);
  where.interpreter.spend(missing >> 5);
  const fill = (count: number) => derived(spec.fill.repeat(count), where);
  const sign = derived(prefix, where);
  const left = missing >> 1;
  switch (spec.align ?? usual) {
    case '<':
      return TracedText.concat([sign, text, fill(missing)]);
    case '>':
      return TracedText.concat([fill(missing), sign, text]);
    case '^':
      return TracedText.concat([fill(left), sign, text, fill(missing - left)]);
    case '=':
      return TracedText.concat([sign, fill(missing), text]);
  }
}

function unknownCode(spec: Spec, type: string, where: ShownAt): never {
  raise('ValueError', `Unknown format code '${spec.type}' for object of type '${type}'`, where.at);
}
