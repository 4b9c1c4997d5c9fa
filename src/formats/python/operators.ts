import type { CmpOpNode, OperatorNode } from 'py-ast';
import { TracedText } from '../../text/traced-text.ts';
import { arithmetic } from './arithmetic.ts';
import { areEqual, dictKey, isSame, isTrue, membersOf, numberOf, order } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import { decideSpecial, isNotImplemented } from './instance.ts';
import { iterate, iterateLazily } from './iterate.ts';
import {
  checkCount,
  checkLength,
  itemsOf,
  pyBool,
  pyDict,
  pyInt,
  pyList,
  pyStr,
  raise,
  rawEntries,
  rawItems,
  undecidable,
} from './make.ts';
import { integerOf } from './native-arguments.ts';
import { percentFormat } from './percent-format.ts';
import { combined, isSubset, rawMembers } from './set-members.ts';
import type { ShownAt } from './show.ts';
import { instanceOf, typeName } from './types.ts';
import type { PyValue } from './value.ts';

export function binary(op: OperatorNode['nodeType'], a: PyValue, b: PyValue, where: ShownAt): PyValue {
  if (a.kind === 'unknown') return a;
  if (b.kind === 'unknown') return b;
  where.interpreter.spend(weightOf(a) + weightOf(b));
  const special = specialOperation(op, a, b);
  if (special !== undefined) return special;
  if (op === 'Add') {
    if (a.kind === 'str' && b.kind === 'str') return pyStr(TracedText.concat([a.text, b.text]), where.at);
    if (a.kind === 'bytes' && b.kind === 'bytes') {
      checkLength(a.text.length + b.text.length, where.at);
      return { kind: 'bytes', text: TracedText.concat([a.text, b.text]) };
    }
    if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) {
      return { ...pyList([...itemsOf(a, where), ...itemsOf(b, where)], where.at), kind: a.kind };
    }
  }
  if (op === 'Mult' && a.kind === 'str') return repeated(a.text, integerOf(b, where), where);
  if (op === 'Mult' && b.kind === 'str') return repeated(b.text, integerOf(a, where), where);
  const repeatedList = sequenceTimes(op, a, b, where) ?? sequenceTimes(op, b, a, where);
  if (repeatedList !== undefined) return repeatedList;
  if (op === 'Sub' || op === 'BitOr' || op === 'BitAnd' || op === 'BitXor') {
    const [left, right] = [membersOf(a, where), membersOf(b, where)];
    if (left !== undefined && right !== undefined) {
      const kind = a.kind === 'frozenset' ? a.kind : 'set';
      return { kind, cell: { entries: combined(op, left, right) }, hops: [] };
    }
    if (op === 'BitOr' && a.kind === 'dict' && b.kind === 'dict') {
      return pyDict([...rawEntries(a), ...rawEntries(b)]);
    }
  }
  if (op === 'Mod' && a.kind === 'str') return percentFormat(a.text, b, where);
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return arithmetic(op, left, right, where);
  if (op === 'Add' && (a.kind === 'str' || a.kind === 'list' || a.kind === 'tuple')) {
    raise('TypeError', `can only concatenate ${a.kind} (not "${typeName(b)}") to ${a.kind}`, where.at);
  }
  if (a.kind === 'native' || b.kind === 'native') undecidable(`${SYMBOLS[op]} of a native value`, where.at);
  return raise(
    'TypeError',
    `unsupported operand type(s) for ${SYMBOLS[op]}: '${typeName(a)}' and '${typeName(b)}'`,
    where.at,
  );
}

/** How an operator is written, and the special method that a class may give it. */
const SYMBOLS: Record<OperatorNode['nodeType'], string> = {
  Add: '+',
  Sub: '-',
  Mult: '*',
  MatMult: '@',
  Div: '/',
  Mod: '%',
  Pow: '** or pow()',
  LShift: '<<',
  RShift: '>>',
  BitOr: '|',
  BitXor: '^',
  BitAnd: '&',
  FloorDiv: '//',
};

const METHODS: Record<OperatorNode['nodeType'], string> = {
  Add: 'add',
  Sub: 'sub',
  Mult: 'mul',
  MatMult: 'matmul',
  Div: 'truediv',
  Mod: 'mod',
  Pow: 'pow',
  LShift: 'lshift',
  RShift: 'rshift',
  BitOr: 'or',
  BitXor: 'xor',
  BitAnd: 'and',
  FloorDiv: 'floordiv',
};

function specialOperation(op: OperatorNode['nodeType'], a: PyValue, b: PyValue): PyValue | undefined {
  if (instanceOf(a) === undefined && instanceOf(b) === undefined) return undefined;
  const method = METHODS[op];
  const result = decideSpecial(a, `__${method}__`, [b]);
  if (result !== undefined && !isNotImplemented(result)) return result;
  const reflected = decideSpecial(b, `__r${method}__`, [a]);
  return isNotImplemented(reflected) ? undefined : reflected;
}

function sequenceTimes(
  op: OperatorNode['nodeType'],
  list: PyValue,
  times: PyValue,
  where: ShownAt,
): PyValue | undefined {
  if (op !== 'Mult' || (list.kind !== 'list' && list.kind !== 'tuple')) return undefined;
  if (times.kind !== 'int' && times.kind !== 'bool') return undefined;
  const items = itemsOf(list, where);
  const count = items.length === 0 ? 0 : Math.max(0, integerOf(times, where));
  checkCount(items.length * count, where.at);
  where.interpreter.spend(items.length * count);
  const repeatedItems = Array.from({ length: count }, () => items).flat();
  return { ...pyList(repeatedItems, where.at), kind: list.kind };
}

function repeated(text: TracedText, times: number, where: ShownAt): PyValue {
  const count = Math.max(0, times);
  checkLength(text.length * count, where.at);
  where.interpreter.spend(text.slices.length * count);
  return pyStr(TracedText.concat(Array.from({ length: count }, () => text)), where.at);
}

export function compare(op: CmpOpNode['nodeType'], a: PyValue, b: PyValue, where: ShownAt): boolean {
  where.interpreter.spend(weightOf(a) + weightOf(b));
  switch (op) {
    case 'Eq':
      return areEqual(a, b, where);
    case 'NotEq':
      return !areEqual(a, b, where);
    case 'Lt':
    case 'LtE':
    case 'Gt':
    case 'GtE':
      return isOrdered(op, a, b, where);
    case 'Is':
      return identical(a, b, where);
    case 'IsNot':
      return !identical(a, b, where);
    case 'In':
      return contains(b, a, where);
    case 'NotIn':
      return !contains(b, a, where);
  }
}

function isOrdered(op: 'Lt' | 'LtE' | 'Gt' | 'GtE', a: PyValue, b: PyValue, where: ShownAt): boolean {
  const special = specialComparison(op, a, b);
  if (special !== undefined) return special;
  const [left, right] = [membersOf(a, where), membersOf(b, where)];
  if (left !== undefined && right !== undefined) {
    const [less, more] = op === 'Lt' || op === 'LtE' ? [left, right] : [right, left];
    return isSubset(less, more) && (op.endsWith('E') || less.size < more.size);
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return false;
  switch (op) {
    case 'Lt':
      return order(a, b, where) < 0;
    case 'LtE':
      return order(a, b, where) <= 0;
    case 'Gt':
      return order(a, b, where) > 0;
    case 'GtE':
      return order(a, b, where) >= 0;
  }
}

const ORDERS = {
  Lt: ['__lt__', '__gt__'],
  LtE: ['__le__', '__ge__'],
  Gt: ['__gt__', '__lt__'],
  GtE: ['__ge__', '__le__'],
} as const;

function specialComparison(op: keyof typeof ORDERS, a: PyValue, b: PyValue): boolean | undefined {
  if (instanceOf(a) === undefined && instanceOf(b) === undefined) return undefined;
  const [method, reflected] = ORDERS[op];
  const result = decideSpecial(a, method, [b]);
  if (result !== undefined && !isNotImplemented(result)) return isTrue(result);
  const other = decideSpecial(b, reflected, [a]);
  return other === undefined || isNotImplemented(other) ? undefined : isTrue(other);
}

function identical(a: PyValue, b: PyValue, where: ShownAt): boolean {
  const ownedByPython =
    a.kind === b.kind &&
    ['str', 'int', 'float'].includes(a.kind) &&
    instanceOf(a) === undefined &&
    instanceOf(b) === undefined;
  return ownedByPython ? undecidable(`whether two ${a.kind} are one object`, where.at) : isSame(a, b);
}

function contains(container: PyValue, value: PyValue, where: ShownAt): boolean {
  if (value.kind === 'unknown') throw new Undecidable(value);
  const special = decideSpecial(container, '__contains__', [value]);
  if (special !== undefined) return isTrue(special);
  switch (container.kind) {
    case 'str':
      if (value.kind !== 'str') {
        const given = `not ${typeName(value)}`;
        return raise('TypeError', `'in <string>' requires string as left operand, ${given}`, where.at);
      }
      return container.text.toString().includes(value.text.toString());
    case 'bytes':
      return container.text
        .toString()
        .includes(
          value.kind === 'bytes' ? value.text.toString() : String.fromCharCode(integerOf(value, where)),
        );
    case 'list':
    case 'tuple':
      return anyOf(rawItems(container), (item) => areEqual(item, value, where));
    case 'set':
    case 'frozenset':
      return rawMembers(container).has(dictKey(value, where));
    case 'view':
      if (container.shows === 'keys') return rawEntries(container.dict).has(dictKey(value, where));
      return anyOf(iterate(container, where), (item) => areEqual(item, value, where));
    case 'iterator':
    case 'instance':
    case 'class':
      for (const item of iterateLazily(container, where, 'any order')) {
        if (areEqual(item, value, where)) return true;
      }
      return false;
    case 'dict':
      return rawEntries(container).has(dictKey(value, where));
    case 'unknown':
      throw new Undecidable(container);
    default:
      return raise('TypeError', `argument of type '${typeName(container)}' is not iterable`, where.at);
  }
}

/** True as soon as one is known to hold; undecidable when none is, and one is unknown. */
function anyOf(items: readonly PyValue[], holds: (item: PyValue) => boolean): boolean {
  let undecided: Undecidable | undefined;
  for (const item of items) {
    try {
      if (holds(item)) return true;
    } catch (error) {
      if (!(error instanceof Undecidable)) throw error;
      undecided = error;
    }
  }
  if (undecided !== undefined) throw undecided;
  return false;
}

export function unary(op: 'Not' | 'USub' | 'UAdd' | 'Invert', value: PyValue, where: ShownAt): PyValue {
  if (op === 'Not') return pyBool(!isTrue(value));
  if (value.kind === 'unknown') return value;
  const special = decideSpecial(value, { USub: '__neg__', UAdd: '__pos__', Invert: '__invert__' }[op]);
  if (special !== undefined) return special;
  const number = numberOf(value);
  if (number === undefined || (op === 'Invert' && typeof number !== 'bigint')) {
    const symbol = { USub: 'unary -', UAdd: 'unary +', Invert: 'unary ~' }[op];
    return raise('TypeError', `bad operand type for ${symbol}: '${typeName(value)}'`, where.at);
  }
  if (op === 'Invert' && typeof number === 'bigint') return pyInt(-number - 1n);
  const signed = op === 'USub' ? -number : number;
  return typeof signed === 'bigint' ? pyInt(signed) : { kind: 'float', value: signed };
}

/** How many steps it takes to read a value once. */
export function weightOf(value: PyValue): number {
  if (value.kind === 'str' || value.kind === 'bytes')
    return 1 + value.text.slices.length + (value.text.length >> 5);
  if (value.kind === 'list' || value.kind === 'tuple') return 1 + value.cell.items.length;
  if (value.kind === 'view') return weightOf(value.dict);
  if (value.kind === 'set' || value.kind === 'frozenset') return 1 + value.cell.entries.size;
  return value.kind === 'dict' ? 1 + value.cell.entries.size : 1;
}
