import { expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import type { PyValue } from '../../../src/formats/python/value.ts';
import { hopsOf } from '../../../src/text/hop.ts';

/** Each slice of `x`, with the statements in branches that it came by, innermost last: `line: why`. */
function addedBy(lines: readonly string[]): [string, ...string[]][] {
  const x: PyValue | undefined = evaluateModule('calc.py', lines.join('\n'), {}).global('x');
  return (x?.kind === 'str' ? x.text.slices : []).map(({ text, via }) => [
    text,
    ...hopsOf(via).flatMap(({ place, why, kind }) =>
      why === undefined || kind === 'function' ? [] : [`${place.line}: ${why}`],
    ),
  ]);
}

test('what is appended to a text under a condition says it, the rest does not', () => {
  const source = [
    'def f(gpu, seccomp):',
    "    kinds = 'cpu'",
    "    if gpu == 'true':",
    "        kinds += ',gpu'",
    "    if seccomp == 'true':",
    "        kinds += ',seccomp'",
    '    return kinds',
  ];
  expect(addedBy([...source, "x = f('true', 'true')"])).toEqual([
    ['cpu'],
    [',gpu', "4: if gpu == 'true'"],
    [',seccomp', "6: if seccomp == 'true'"],
  ]);
  expect(addedBy([...source, "x = f('false', 'false')"])).toEqual([['cpu']]);
});

test.each([
  ["kinds.append('b')", 'b'],
  ["kinds.extend(['b'])", 'b'],
  ["kinds.insert(1, 'b')", 'b'],
  ["kinds += ['b']", 'b'],
  ["kinds = kinds + ['b']", 'ab'],
  ["kinds = ['b']", 'b'],
  ["kinds: list = ['b']", 'b'],
  ["kinds[0] += 'b'", 'b'],
])('%s', (statement, changed) => {
  const source = [
    'def f(n):',
    "    kinds = ['a']",
    '    if n:',
    `        ${statement}`,
    "    return ''.join(kinds)",
  ];
  const added = addedBy([...source, 'x = f(1)']);
  expect(added.map(([text]) => text).join('')).toMatch(/^a?b$/);
  for (const [text, ...why] of added) expect(why).toEqual(changed.includes(text) ? ['4: if n'] : []);
});

test('an item of a dict', () => {
  const source = [
    'def f(n):',
    '    made = {}',
    '    if n:',
    "        made['k'] = 'v'",
    "    return made['k']",
  ];
  expect(addedBy([...source, 'x = f(1)'])).toEqual([['v', '4: if n']]);
});

test('an else says the test that failed, a branch inside another says both', () => {
  const source = [
    'def f(n):',
    '    if n == 0:',
    "        a = 'none'",
    '    elif n == 1:',
    "        a = 'one'",
    '    else:',
    '        if n > 5:',
    "            a = 'many'",
    '    return a',
  ];
  expect(addedBy([...source, 'x = f(1)'])).toEqual([['one', '5: else of: if n == 0, if n == 1']]);
  expect(addedBy([...source, 'x = f(9)'])).toEqual([
    ['many', '8: else of: if n == 0, else of: if n == 1, if n > 5'],
  ]);
});

test('a choice says which way it went, a returned one only with its return', () => {
  const source = [
    'def f(n):',
    "    a = 'on' if n else 'off'",
    '    return a',
    'def g(n):',
    "    return 'on' if n else 'off'",
  ];
  expect(addedBy([...source, 'x = f(1)'])).toEqual([['on', '2: if n']]);
  expect(addedBy([...source, 'x = f(0)'])).toEqual([['off', '2: else of: if n']]);
  expect(addedBy([...source, 'x = g(0)'])).toEqual([['off']]);
});

test('a constant of the module that is assigned in a branch says it once', () => {
  expect(addedBy(['N = 1', 'if N:', "    A = 'on'", 'x = A'])).toEqual([['on', '3: if N']]);
});

test('behind a branch that an exception left, nothing is said to be in it', () => {
  const source = [
    'def f(n):',
    '    try:',
    '        if n:',
    '            int(n)',
    '    except ValueError:',
    '        pass',
    "    a = 'b'",
    '    return a',
  ];
  expect(addedBy([...source, "x = f('gull')"])).toEqual([['b']]);
});

test('what a function called in a branch does by itself is not in the branch', () => {
  const source = [
    'def g():',
    "    a = 'b'",
    '    return a',
    'def f(n):',
    '    if n:',
    '        return g()',
    'x = f(1)',
  ];
  expect(addedBy(source)).toEqual([['b']]);
});
