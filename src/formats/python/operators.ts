import type { CmpOpNode, OperatorNode } from 'py-ast';
import { TracedText } from '../../text/traced-text.ts';
import { areEqual, dictKey, isSame, isTrue, numberOf, order } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import {
  checkLength,
  itemsOf,
  pyBool,
  pyInt,
  pyList,
  pyStr,
  raise,
  rawEntries,
  rawItems,
  undecidable,
} from './make.ts';
import { integerOf, typeName } from './native-arguments.ts';
import { percentFormat } from './percent-format.ts';
import type { ShownAt } from './show.ts';
import type { PyValue } from './value.ts';

const BIGGEST = 2n ** 256n;

export function binary(op: OperatorNode['nodeType'], a: PyValue, b: PyValue, where: ShownAt): PyValue {
  if (a.kind === 'unknown') return a;
  if (b.kind === 'unknown') return b;
  where.interpreter.spend(weightOf(a) + weightOf(b));
  if (op === 'Add') {
    if (a.kind === 'str' && b.kind === 'str') return pyStr(TracedText.concat([a.text, b.text]), where.at);
    if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) {
      return { ...pyList([...itemsOf(a, where), ...itemsOf(b, where)], where.at), kind: a.kind };
    }
  }
  if (op === 'Mult' && a.kind === 'str') return repeated(a.text, integerOf(b, where), where);
  if (op === 'Mult' && b.kind === 'str') return repeated(b.text, integerOf(a, where), where);
  if (op === 'Mod' && a.kind === 'str') return percentFormat(a.text, b, where);
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return arithmetic(op, left, right, where);
  return raise('TypeError', `unsupported operand types: '${typeName(a)}' and '${typeName(b)}'`, where.at);
}

function repeated(text: TracedText, times: number, where: ShownAt): PyValue {
  const count = Math.max(0, times);
  checkLength(text.length * count, where.at);
  where.interpreter.spend(text.slices.length * count);
  return pyStr(TracedText.concat(Array.from({ length: count }, () => text)), where.at);
}

function arithmetic(
  op: OperatorNode['nodeType'],
  a: bigint | number,
  b: bigint | number,
  where: ShownAt,
): PyValue {
  // oxlint-disable-next-line eqeqeq -- 0, 0.0 and -0.0 alike
  if ((op === 'Div' || op === 'FloorDiv' || op === 'Mod') && b == 0) {
    raise('ZeroDivisionError', 'division by zero', where.at);
  }
  if (typeof a === 'bigint' && typeof b === 'bigint' && op !== 'Div') return integers(op, a, b, where);
  const [x, y] = [Number(a), Number(b)];
  const value = (() => {
    switch (op) {
      case 'Add':
        return x + y;
      case 'Sub':
        return x - y;
      case 'Mult':
        return x * y;
      case 'Div':
        return x / y;
      default:
        return undecidable(`the operator ${op} isn't evaluated`, where.at);
    }
  })();
  return { kind: 'float', value };
}

function integers(op: OperatorNode['nodeType'], a: bigint, b: bigint, where: ShownAt): PyValue {
  const value = (() => {
    switch (op) {
      case 'Add':
        return a + b;
      case 'Sub':
        return a - b;
      case 'Mult':
        return a * b;
      case 'FloorDiv':
        return (a - floorMod(a, b)) / b;
      case 'Mod':
        return floorMod(a, b);
      default:
        return undecidable(`the operator ${op} isn't evaluated`, where.at);
    }
  })();
  if (value > BIGGEST || value < -BIGGEST) undecidable('an integer beyond 2^256', where.at);
  return pyInt(value);
}

/** Rounds towards minus infinity, as Python does. */
function floorMod(a: bigint, b: bigint): bigint {
  return ((a % b) + b) % b;
}

export function compare(op: CmpOpNode['nodeType'], a: PyValue, b: PyValue, where: ShownAt): boolean {
  where.interpreter.spend(weightOf(a) + weightOf(b));
  switch (op) {
    case 'Eq':
      return areEqual(a, b, where);
    case 'NotEq':
      return !areEqual(a, b, where);
    case 'Lt':
      return order(a, b, where) < 0;
    case 'LtE':
      return order(a, b, where) <= 0;
    case 'Gt':
      return order(a, b, where) > 0;
    case 'GtE':
      return order(a, b, where) >= 0;
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

function identical(a: PyValue, b: PyValue, where: ShownAt): boolean {
  const ownedByPython = a.kind === b.kind && ['str', 'int', 'float'].includes(a.kind);
  return ownedByPython ? undecidable(`whether two ${a.kind} are one object`, where.at) : isSame(a, b);
}

function contains(container: PyValue, value: PyValue, where: ShownAt): boolean {
  if (value.kind === 'unknown') throw new Undecidable(value);
  switch (container.kind) {
    case 'str':
      if (value.kind !== 'str')
        return raise('TypeError', "'in <string>' requires string as left operand", where.at);
      return container.text.toString().includes(value.text.toString());
    case 'list':
    case 'tuple':
      return anyOf(rawItems(container), (item) => areEqual(item, value, where));
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
  const number = numberOf(value);
  if (number === undefined) return raise('TypeError', `bad operand type: '${typeName(value)}'`, where.at);
  if (op === 'Invert') return undecidable("the operator Invert isn't evaluated", where.at);
  const signed = op === 'USub' ? -number : number;
  return typeof signed === 'bigint' ? pyInt(signed) : { kind: 'float', value: signed };
}

/** How many steps it takes to read a value once. */
export function weightOf(value: PyValue): number {
  if (value.kind === 'str') return 1 + value.text.slices.length + (value.text.length >> 5);
  if (value.kind === 'list' || value.kind === 'tuple') return 1 + value.cell.items.length;
  return value.kind === 'dict' ? 1 + value.cell.entries.size : 1;
}
