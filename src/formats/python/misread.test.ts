import { expect, test } from 'vitest';
import { evaluateModule } from './evaluate-module.ts';

function answer(expression: string): string {
  const source = `try:\n    v = str(${expression})\nexcept Exception as error:\n    v = type(error).__name__ + ': ' + str(error)\n`;
  const value = evaluateModule('/lamp.py', source, {}).global('v');
  if (value?.kind === 'str') return value.text.toString();
  return value?.kind === 'unknown' ? `unknown: ${value.reason}` : 'nothing';
}

/** Each was once answered otherwise than CPython does. */
test.each([
  ["'%(a)s,%-10s' % {'a': 1}", 'TypeError: not enough arguments for format string'],
  ["'%s %(a)s' % {'a': 1}", "{'a': 1} 1"],
  ['-7 % 3.5', '0.0'],
  ['5 % -5.0', '-0.0'],
  ["'\\N{BULLET}'", "unknown: an escape of this kind isn't read"],
  ["'\\x7g'", "unknown: an escape of this kind isn't read"],
  ["r'\\N{BULLET}'", '\\N{BULLET}'],
  ["'\\\\N{BULLET}'", '\\N{BULLET}'],
  ['pow(2, 10, 1000)', 'unknown: pow() with a modulus'],
  ['(5).real', "unknown: the attribute real of int isn't evaluated"],
])('%s', (expression, expected) => {
  expect(answer(expression)).toBe(expected);
});
