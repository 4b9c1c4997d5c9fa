import { numberOf } from '../../compare-values.ts';
import { Undecidable } from '../../faults.ts';
import type { NativeCall, NativeFunction } from '../../interpreter.ts';
import { pyBool, pyInt, raise } from '../../make.ts';
import { onlyArguments, required, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** The functions of `math`. */
export const MATH_FUNCTIONS: Readonly<Record<string, NativeFunction>> = {
  'math.ceil': (call) => whole(call, Math.ceil),
  'math.fabs': (call) => ({ kind: 'float', value: Math.abs(Number(numberGiven(call))) }),
  'math.floor': (call) => whole(call, Math.floor),
  'math.isfinite': (call) => pyBool(Number.isFinite(Number(numberGiven(call)))),
  'math.isinf': (call) => pyBool(Math.abs(Number(numberGiven(call))) === Number.POSITIVE_INFINITY),
  'math.isnan': (call) => pyBool(Number.isNaN(Number(numberGiven(call)))),
  'math.log2': (call) => real(call, Math.log2, (number) => number > 0),
  'math.sqrt': (call) => real(call, Math.sqrt, (number) => !(number < 0)),
  'math.trunc': (call) => whole(call, Math.trunc),
};

function whole(call: NativeCall, rounded: (number: number) => number): PyValue {
  const number = numberGiven(call);
  if (typeof number === 'bigint') return pyInt(number);
  if (Number.isNaN(number)) return raise('ValueError', 'cannot convert float NaN to integer', call.at);
  if (!Number.isFinite(number))
    return raise('OverflowError', 'cannot convert float infinity to integer', call.at);
  return pyInt(BigInt(rounded(number)));
}

function real(
  call: NativeCall,
  compute: (number: number) => number,
  isInDomain: (number: number) => boolean,
): PyValue {
  const number = Number(numberGiven(call));
  if (!isInDomain(number)) return raise('ValueError', 'math domain error', call.at);
  return { kind: 'float', value: compute(number) };
}

function numberGiven(call: NativeCall): bigint | number {
  onlyArguments(call, 1);
  const value = required(call, 0);
  if (value.kind === 'unknown') throw new Undecidable(value);
  return numberOf(value) ?? raise('TypeError', `must be real number, not ${typeName(value)}`, call.at);
}
