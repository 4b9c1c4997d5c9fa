import { expect, test } from 'vitest';
import { showPlace } from '../../text/place.ts';
import { evaluateModule } from './evaluate-module.ts';

/** The slices of a string that a module assigns: text, place, and `~` for one that is spelled otherwise there. */
function slicesOf(expression: string): string[] {
  const value = evaluateModule('calc.py', `isolation = ${expression}\n`, {}).global('isolation');
  if (value?.kind !== 'str') throw new Error(`not a string: ${JSON.stringify(value)}`);
  return value.text.slices.map(({ text, origin }) => {
    if (origin.kind !== 'literal') return `${text} ${origin.kind}`;
    return `${origin.verbatim ? '' : '~'}${text} ${showPlace(origin.place)}`;
  });
}

test('the column is that of the first character inside the quotes', () => {
  expect(slicesOf("'cgroups/cpu'")).toEqual(['cgroups/cpu calc.py:1:14']);
  expect(slicesOf('"""posix/disk"""')).toEqual(['posix/disk calc.py:1:16']);
  expect(slicesOf("r'\\d+'")).toEqual(['\\d+ calc.py:1:15']);
});

test('an escape is a slice of its own, at the backslash', () => {
  expect(slicesOf("'a\\n\\x41\\u00e9\\101z'")).toEqual([
    'a calc.py:1:14',
    '~\n calc.py:1:15',
    '~A calc.py:1:17',
    '~é calc.py:1:21',
    '~A calc.py:1:27',
    'z calc.py:1:31',
  ]);
});

test('a backslash that begins no escape stays, and a line may go on behind one', () => {
  expect(slicesOf("'1\\.7'").join()).toBe('1 calc.py:1:14,\\ calc.py:1:15,.7 calc.py:1:16');
  expect(slicesOf("'zk://\\\nleader'")).toEqual(['zk:// calc.py:1:14', 'leader calc.py:2:1']);
});

test('adjacent literals are one string, each at its own place, comments between them', () => {
  expect(slicesOf('(\'cgroups/cpu,\'  # first\n    "cgroups/mem")')).toEqual([
    'cgroups/cpu, calc.py:1:15',
    'cgroups/mem calc.py:2:6',
  ]);
});

test('columns count UTF-16 units, though the parser counts bytes', () => {
  expect(slicesOf("'é😀' + 'disk'")).toEqual(['é😀 calc.py:1:14', 'disk calc.py:1:22']);
});
