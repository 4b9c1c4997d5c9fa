import { describe, expect, test } from 'vitest';
import { textOfX } from './text-of-x.ts';

const SETUP = [
  'import json, os, textwrap, yaml',
  'from math import floor',
  "masters = ['10.0.0.1', '10.0.0.2']",
  "config = {'b': 1, 'a': ['x']}",
];

/** What generator code of DC/OS 1.7 to 2.2 uses, a construct each: an expression and its text. */
function table(cases: Readonly<Record<string, readonly [string, string]>>): void {
  for (const [construct, [expression, text]] of Object.entries(cases)) {
    test(construct, () => expect(textOfX([...SETUP, `x = str((${expression}))`])).toBe(text));
  }
}

describe('nodes of expressions', () => {
  table({
    'Constant: text, adjacent texts, escapes': ["'a' \"b\\n\" r'\\n'", 'ab\n\\n'],
    'Constant: numbers, booleans, None': ['[1, 1.5, True, None]', '[1, 1.5, True, None]'],
    'Attribute and Call with keywords': ["'{a}'.format(a=1)", '1'],
    'Compare: == != > in, not in, is': [
      "[1 == 1, 1 != 1, 2 > 1, 'a' in 'abc', 3 not in [1], None is None, None is not None]",
      '[True, False, True, True, True, True, False]',
    ],
    'Compare, chained': ['1 <= 2 < 3 == 3', 'True'],
    'BinOp: + - * / // %': ['[1 + 2, 1 - 2, 3 * 2, 3 / 2, -3 // 2, -3 % 5]', '[3, -1, 6, 1.5, -2, 2]'],
    'BinOp: lists, tuples and texts': ["[1] + [2], (1,) + (2,), 'a' * 3", "([1, 2], (1, 2), 'aaa')"],
    'BoolOp and UnaryOp': ["[not '', 1 and 0, 0 or 'b', -1]", "[True, 0, 'b', -1]"],
    IfExp: ["'a' if masters else 'b'", 'a'],
    'Subscript: index, slice, step, key': [
      "[masters[-1], masters[:1], 'abcdef'[::-2], config['b']]",
      "['10.0.0.2', ['10.0.0.1'], 'fdb', 1]",
    ],
    'Dict, List, Tuple, Set': ["{'k': [1, (2, ())]}, len({1, 1, 2})", "({'k': [1, (2, ())]}, 2)"],
    'displays with unpacking': [
      "[*masters, 'c'], {**config, 'b': 2}",
      "(['10.0.0.1', '10.0.0.2', 'c'], {'b': 2, 'a': ['x']})",
    ],
    'ListComp with conditions': ['[m[-1] for m in masters if m if m[-1] != "1"]', "['2']"],
    'GeneratorExp in a call': ["','.join(m[-1] for m in masters)", '1,2'],
    'DictComp and SetComp': [
      '{k: 1 for k in config}, sorted({len(m) for m in masters})',
      "({'b': 1, 'a': 1}, [8])",
    ],
    'Lambda, with a default': ['(lambda a, b=2: a + b)(1)', '3'],
    'f-string with a conversion, a format and a field in it': [
      "f'{masters[0]!r:>12}|{7:0{2 + 1}d}|{{}}'",
      "  '10.0.0.1'|007|{}",
    ],
  });
});

describe('builtins and methods', () => {
  table({
    'str, int, len, list': ["[str(1), int(' 7 '), len('é😀'), list('ab')]", "['1', 7, 2, ['a', 'b']]"],
    'isinstance, type, __name__': [
      '[isinstance(1, (str, int)), type({}).__name__, type(1) == int]',
      "[True, 'dict', True]",
    ],
    'dict, sorted, map, filter, enumerate': [
      "[dict(a=1), sorted('ba'), list(map(str, [1])), list(filter(None, [0, 1])), list(enumerate('a'))]",
      "[{'a': 1}, ['a', 'b'], ['1'], [1], [(0, 'a')]]",
    ],
    'any, all, floor': ['[any([0, 1]), all([0, 1]), floor(2.7), floor(-2.5)]', '[True, False, 2, -3]'],
    'join, format, replace, split': [
      "[','.join(masters), '{} {}'.format(1, 'a'), 'a-b'.replace('-', ''), 'a:b:c'.split(':', 1)]",
      "['10.0.0.1,10.0.0.2', '1 a', 'ab', ['a', 'b:c']]",
    ],
    'rpartition, startswith, endswith': [
      "['a/b/c'.rpartition('/'), 'zk://'.startswith('zk'), 'a.py'.endswith(('.py', '.sh'))]",
      "[('a/b', '/', 'c'), True, True]",
    ],
    'percent with a tuple': ["'%d:%s' % (1, 'a')", '1:a'],
    'dict.get, copy, update, keys, items': [
      "[config.get('z', 'none'), list(config.copy().keys()), list(config.items()), config.update({'c': 2}), config['c']]",
      "['none', ['b', 'a'], [('b', 1), ('a', ['x'])], None, 2]",
    ],
    'json.loads and json.dumps': [
      'json.dumps(json.loads(\'{"b": [1, null], "a": "é"}\'))',
      '{"b": [1, null], "a": "\\u00e9"}',
    ],
    'json.dumps with an indent': ["json.dumps({'a': [1]}, indent=2)", '{\n  "a": [\n    1\n  ]\n}'],
    'json.dumps as the generator writes it': [
      "json.dumps(config, sort_keys=True, indent=2, separators=(',', ':'))",
      '{\n  "a":[\n    "x"\n  ],\n  "b":1\n}',
    ],
    'textwrap.indent, os.path.dirname': [
      "[textwrap.indent('a\\nb', '  '), os.path.dirname('/a/b/c')]",
      "['  a\\n  b', '/a/b']",
    ],
    'sets: | & - ^ and comparisons': [
      '[sorted({1} | {2}), {1, 2} & {2} == {2}, {1} <= {1, 2}, sorted({1, 2} ^ {2, 3})]',
      '[[1, 2], True, True, [1, 3]]',
    ],
    'keys of a dict as a set': ["config.keys() == set(['a', 'b'])", 'True'],
  });

  test('nothing is told of what depends on the order of a set', () => {
    expect(textOfX(["x = ','.join({'a', 'b'})"])).toBe('unknown: 1:5 the order of a set');
    expect(textOfX(["x = str({'a', 'b'})"])).toBe('unknown: 1:5 the order of a set');
    expect(textOfX(["x = ','.join(sorted(set(['b', 'a', 'b'])))"])).toBe('a,b');
    expect(textOfX(["x = ','.join({'a'})"])).toBe('a');
  });
});
