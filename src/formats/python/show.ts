import { memberName } from './enum-member.ts';
import { decideSpecial } from './instance.ts';
import { iterate } from './iterate.ts';
import { raise, rawEntries, rawItems, undecidable } from './make.ts';
import { rawMembers } from './set-members.ts';
import { instanceOf, isNativeKind, isNativeType, typeName } from './types.ts';
import type { Interpreter } from './interpreter.ts';
import type { Span } from './python-source.ts';
import type { PyException, PyValue } from './value.ts';
import { Undecidable } from './faults.ts';

const DEEPEST = 100;

/** Where a value is shown, and in which evaluation. */
export interface ShownAt {
  readonly at: Span;
  readonly interpreter: Interpreter;
}

/** What `str()` makes of a value. Throws `Undecidable` for what is unknown or prints otherwise in each run. */
export function show(value: PyValue, shownAt: ShownAt): string {
  const special = specialText(value, '__str__', shownAt) ?? specialText(value, '__repr__', shownAt);
  if (special !== undefined) return special;
  const member = memberName(value);
  if (member !== undefined) {
    // Since Python 3.11 that of an IntEnum is its number.
    if (value.kind === 'int')
      undecidable('the text of an IntEnum depends on the version of Python', shownAt.at);
    return `${typeName(value)}.${member}`;
  }
  if (value.kind === 'str') return value.text.toString();
  if (value.kind === 'exception') return showException(value, shownAt);
  return represent(value, shownAt);
}

/** What `repr()` makes of a value. */
export function represent(value: PyValue, shownAt: ShownAt, depth = 0): string {
  shownAt.interpreter.spend(1);
  if (depth > DEEPEST) return undecidable('nested too deeply to be shown', shownAt.at);
  const special = specialText(value, '__repr__', shownAt);
  if (special !== undefined) return special;
  const member = memberName(value);
  if (member !== undefined) {
    const inside = instanceOf(value)?.attributes.get('value') ?? value;
    return `<${typeName(value)}.${member}: ${represent(inside, shownAt, depth + 1)}>`;
  }
  const inner = (item: PyValue) => represent(item, shownAt, depth + 1);
  switch (value.kind) {
    case 'str':
      return quoted(value.text.toString());
    case 'bytes':
      return `b${quoted(value.text.toString(), (character) => /^[ -~]$/.test(character))}`;
    case 'int':
      return String(value.value);
    case 'float':
      return showFloat(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'list':
      return `[${rawItems(value).map(inner).join(', ')}]`;
    case 'tuple': {
      const items = rawItems(value);
      return items.length === 1 ? `(${items.map(inner).join('')},)` : `(${items.map(inner).join(', ')})`;
    }
    case 'dict':
      return `{${[...rawEntries(value).values()]
        .map((entry) => `${inner(entry.key)}: ${inner(entry.value)}`)
        .join(', ')}}`;
    case 'set':
    case 'frozenset': {
      const members = [...rawMembers(value).values()];
      if (members.length > 1) return undecidable('the order of a set', shownAt.at);
      const [only] = members;
      if (only === undefined) return `${value.kind}()`;
      return value.kind === 'set' ? `{${inner(only)}}` : `frozenset({${inner(only)}})`;
    }
    case 'view': {
      const shown = iterate(value, shownAt).map(inner).join(', ');
      return `dict_${value.shows}([${shown}])`;
    }
    case 'native':
      if (value.name.startsWith('hash of ')) return undecidable('a hash is another in each run', shownAt.at);
      return isNativeType(value) ? `<class '${value.name}'>` : `<built-in function ${value.name}>`;
    case 'exception':
      return `${value.type.replace(/^.*\./, '')}(${value.args.map(inner).join(', ')})`;
    case 'unknown':
      throw new Undecidable(value);
    case 'class':
      return `<class '${moduleOf(value.at.place.file)}.${value.name}'>`;
    default:
      return undecidable(`a ${typeName(value)} prints otherwise in each run`, shownAt.at);
  }
}

function moduleOf(file: string): string {
  return /([^/]*?)(?:\.py)?$/.exec(file)?.[1] ?? file;
}

/** What the class of a value says about how it is shown. */
function specialText(value: PyValue, name: '__str__' | '__repr__', { at }: ShownAt): string | undefined {
  if (instanceOf(value) === undefined) return undefined;
  const text = decideSpecial(value, name);
  if (text === undefined) return undefined;
  return text.kind === 'str'
    ? text.text.toString()
    : raise('TypeError', `${name} returned non-string (type ${typeName(text)})`, at);
}

/** `repr` of a float: the shortest digits that read back the same, with Python's notation. */
export function showFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 16)) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  if (Object.is(value, -0)) return '-0.0';
  const fixed =
    power < 0
      ? value.toFixed(Math.min(100, mantissa.replace(/[-.]/g, '').length - 1 - power))
      : String(value);
  return fixed.includes('.') ? fixed : `${fixed}.0`;
}

function showException(exception: PyException, shownAt: ShownAt): string {
  const [only, ...others] = exception.args;
  if (only === undefined) return '';
  // The message of a KeyError is the key as it is written.
  if (others.length === 0 && isNativeKind(exception.type, 'KeyError')) return represent(only, shownAt);
  return others.length === 0
    ? show(only, shownAt)
    : `(${exception.args.map((arg) => represent(arg, shownAt)).join(', ')})`;
}

function quoted(text: string, isPrinted = isPrintable): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let shown = '';
  for (const character of text) shown += spelled(character, quote, isPrinted);
  return `${quote}${shown}${quote}`;
}

function isPrintable(character: string): boolean {
  return !/[\p{C}\p{Z}]/u.test(character) || character === ' ';
}

function spelled(character: string, quote: string, isPrinted: (character: string) => boolean): string {
  if (character === quote || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const point = character.codePointAt(0) ?? 0;
  if (isPrinted(character)) return character;
  if (point <= 0xff) return `\\x${point.toString(16).padStart(2, '0')}`;
  if (point <= 0xffff) return `\\u${point.toString(16).padStart(4, '0')}`;
  return `\\U${point.toString(16).padStart(8, '0')}`;
}
