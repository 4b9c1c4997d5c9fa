import { expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import { hopsOf } from '../../../src/text/hop.ts';

/** Why the `return` was taken that made `x`. */
function whyOf(lines: readonly string[]): string | undefined {
  const x = evaluateModule('calc.py', lines.join('\n'), {}).global('x');
  const [slice] = x?.kind === 'str' ? x.text.slices : [];
  return hopsOf(slice?.via).find((hop) => hop.kind === 'function')?.why;
}

const FUNCTION = [
  'def f(n):',
  '    if n == 0:',
  "        return 'none'",
  '    elif n < 3:',
  '        if n == 1:',
  "            return 'one'",
  '        else:',
  "            return 'two'",
  '    for i in range(n):',
  '        if i == 4:',
  "            return 'many'",
  "    return 'few'",
];

test.each([
  [0, 'if n == 0'],
  [1, 'if n == 1'],
  [2, 'else of: if n == 1'],
  [9, 'if i == 4'],
  [3, 'else of: if n == 0, else of: if n < 3'],
])('f(%s) returns because of: %s', (n, why) => {
  expect(whyOf([...FUNCTION, `x = f(${n})`])).toBe(why);
});

test('a conditional expression says which way it went', () => {
  const source = ['def f(n):', "    return 'some' if n else 'none'"];
  expect(whyOf([...source, 'x = f(1)'])).toBe('if n');
  expect(whyOf([...source, 'x = f(0)'])).toBe('else of: if n');
});

test('a handler says what it handles', () => {
  const source = [
    'def f(t):',
    '    try:',
    '        return str(int(t))',
    '    except ValueError as e:',
    "        return 'bad'",
  ];
  expect(whyOf([...source, "x = f('gull')"])).toBe('except ValueError');
  expect(whyOf([...source, "x = f('4')"])).toBeUndefined();
});

test('a condition over several lines stands on one, shortened', () => {
  const source = ['def f(n):', '    if (n ==', '            1):', "        return 'one'", 'x = f(1)'];
  expect(whyOf(source)).toBe('if n == 1');
  const long = ['def f(n):', `    if n == '${'a'.repeat(200)}' or n:`, "        return 'one'", 'x = f(1)'];
  expect(whyOf(long)?.length).toBeLessThan(130);
});

test('a line that no test led to has no reason', () => {
  expect(whyOf(['def f():', "    return 'a'", 'x = f()'])).toBeUndefined();
});
