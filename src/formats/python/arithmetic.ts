import type { OperatorNode } from 'py-ast';
import { pyInt, raise, undecidable } from './make.ts';
import type { ShownAt } from './show.ts';
import type { PyValue } from './value.ts';

const BIGGEST = 2n ** 256n;
const MOST_BITS = 256n;

/** `a op b` for two numbers: a float where one of them is one, otherwise an integer of any size up to 2^256. */
export function arithmetic(
  op: OperatorNode['nodeType'],
  a: bigint | number,
  b: bigint | number,
  where: ShownAt,
): PyValue {
  // oxlint-disable-next-line eqeqeq -- 0, 0.0 and -0.0 alike
  if ((op === 'Div' || op === 'FloorDiv' || op === 'Mod') && b == 0) divisionByZero(op, a, b, where);
  if (typeof a === 'bigint' && typeof b === 'bigint' && op !== 'Div' && !(op === 'Pow' && b < 0n)) {
    const value = integers(op, a, b, where);
    if (value > BIGGEST || value < -BIGGEST) undecidable('an integer beyond 2^256', where.at);
    return pyInt(value);
  }
  return { kind: 'float', value: floats(op, Number(a), Number(b), where) };
}

function divisionByZero(
  op: 'Div' | 'FloorDiv' | 'Mod',
  a: bigint | number,
  b: bigint | number,
  where: ShownAt,
): never {
  const isInteger = typeof a === 'bigint' && typeof b === 'bigint';
  const [integer, float] = ZERO_DIVISION[op];
  raise('ZeroDivisionError', isInteger ? integer : float, where.at);
}

/** As CPython 3.11 has it for integers and for floats. */
const ZERO_DIVISION = {
  Div: ['division by zero', 'float division by zero'],
  FloorDiv: ['integer division or modulo by zero', 'float floor division by zero'],
  Mod: ['integer modulo by zero', 'float modulo'],
} as const;

function floats(op: OperatorNode['nodeType'], a: number, b: number, where: ShownAt): number {
  switch (op) {
    case 'Add':
      return a + b;
    case 'Sub':
      return a - b;
    case 'Mult':
      return a * b;
    case 'Div':
      return a / b;
    case 'FloorDiv':
      return Math.floor(a / b);
    case 'Mod': {
      const rest = a % b;
      if (rest === 0) return b < 0 ? -0 : 0;
      return rest < 0 !== b < 0 ? rest + b : rest;
    }
    default:
      return undecidable(`the operator ${op} of floats isn't evaluated`, where.at);
  }
}

function integers(op: OperatorNode['nodeType'], a: bigint, b: bigint, where: ShownAt): bigint {
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
    case 'BitAnd':
      return a & b;
    case 'BitOr':
      return a | b;
    case 'BitXor':
      return a ^ b;
    case 'LShift':
    case 'RShift':
      if (b < 0n) raise('ValueError', 'negative shift count', where.at);
      if (op === 'RShift') return b > MOST_BITS * 2n ? (a < 0n ? -1n : 0n) : a >> b;
      return b > MOST_BITS && a !== 0n
        ? undecidable('an integer beyond 2^256', where.at)
        : a << (a === 0n ? 0n : b);
    case 'Pow':
      if (a >= -1n && a <= 1n) return a ** (b % 2n === 0n && b > 0n ? 2n : b === 0n ? 0n : 1n);
      return b > MOST_BITS ? undecidable('an integer beyond 2^256', where.at) : a ** b;
    default:
      return undecidable(`the operator ${op} isn't evaluated`, where.at);
  }
}

/** Rounds towards minus infinity, as Python does. */
function floorMod(a: bigint, b: bigint): bigint {
  return ((a % b) + b) % b;
}
