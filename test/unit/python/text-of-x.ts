import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import type { Inputs } from '../../../src/formats/python/interpreter.ts';

/** The text of the global `x` of a program, or why it is unknown. */
export function textOfX(lines: readonly string[], inputs: Inputs = {}): string {
  const value = evaluateModule('calc.py', lines.join('\n'), inputs).global('x');
  if (value?.kind === 'str') return value.text.toString();
  return value?.kind === 'unknown'
    ? `unknown: ${value.place.line}:${value.place.column} ${value.reason}`
    : `not a text: ${value?.kind}`;
}
