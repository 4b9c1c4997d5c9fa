import { rawEntries, rawItems, undecidable } from './make.ts';
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
  if (value.kind === 'str') return value.text.toString();
  if (value.kind === 'exception') return showException(value, shownAt);
  return represent(value, shownAt);
}

/** What `repr()` makes of a value. */
export function represent(value: PyValue, shownAt: ShownAt, depth = 0): string {
  shownAt.interpreter.spend(1);
  if (depth > DEEPEST) throw new RangeError('nested too deeply');
  const inner = (item: PyValue) => represent(item, shownAt, depth + 1);
  switch (value.kind) {
    case 'str':
      return quoted(value.text.toString());
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
    case 'native':
      return `<class '${value.name}'>`;
    case 'exception':
      return `${value.type}(${value.args.map(inner).join(', ')})`;
    case 'unknown':
      throw new Undecidable(value);
    case 'function':
    case 'module':
    case 'file':
      return undecidable(`a ${value.kind} prints otherwise in each run`, shownAt.at);
  }
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
  return others.length === 0
    ? show(only, shownAt)
    : `(${exception.args.map((arg) => represent(arg, shownAt)).join(', ')})`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let shown = '';
  for (const character of text) shown += spelled(character, quote);
  return `${quote}${shown}${quote}`;
}

function spelled(character: string, quote: string): string {
  if (character === quote || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const point = character.codePointAt(0) ?? 0;
  if (!/[\p{C}\p{Z}]/u.test(character) || character === ' ') return character;
  if (point <= 0xff) return `\\x${point.toString(16).padStart(2, '0')}`;
  if (point <= 0xffff) return `\\u${point.toString(16).padStart(4, '0')}`;
  return `\\U${point.toString(16).padStart(8, '0')}`;
}
