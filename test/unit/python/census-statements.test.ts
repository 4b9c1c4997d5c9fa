import { describe, expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import { TracedText } from '../../../src/text/traced-text.ts';
import { textOfX } from './text-of-x.ts';

describe('statements of generator code', () => {
  const cases: Readonly<Record<string, readonly [readonly string[], string]>> = {
    'Assign to a name, an item and a tuple': [['d = {}', "a, d['k'] = 'a', 'b'", "x = a + d['k']"], 'ab'],
    'AugAssign to a name, an item and an attribute': [
      ["d = {'n': [1]}", "d['n'] += [2]", 't = "a"', 't += "b"', 'x = t + str(d)'],
      "ab{'n': [1, 2]}",
    ],
    'AnnAssign and a docstring': [['"""What this is."""', 'n: int = 3', 'm: str', 'x = str(n)'], '3'],
    'If, elif, else': [['if 0: x = "a"', 'elif 1: x = "b"', 'else: x = "c"'], 'b'],
    'For over enumerate, with a tuple target': [
      ["x = ''", "for i, m in enumerate(['a', 'b']):", '    x += str(i) + m'],
      '0a1b',
    ],
    'nested functions that see the arguments around them': [
      ['def f(a):', '    def g(b):', '        return a + b', "    return g('!')", "x = f('a')"],
      'a!',
    ],
    'a function with a default for a parameter': [
      ['def f(a, b="b"): return a + b', "x = f('a') + f('a', b='c')"],
      'abac',
    ],
    'Try, except ValueError as, raise AssertionError': [
      [
        'import json',
        'def f(t):',
        '    try:',
        '        json.loads(t)',
        '    except ValueError as ex:',
        "        raise AssertionError('bad: {}'.format(ex))",
        'try:',
        "    f('[1')",
        'except AssertionError as ex:',
        '    x = str(ex)',
      ],
      "bad: Expecting ',' delimiter: line 1 column 3 (char 2)",
    ],
    'except with several types': [
      ['try:', '    x = {}[1]', 'except (KeyError, IndexError):', '    x = "caught"'],
      'caught',
    ],
    'an import in a function': [
      ['def f():', '    import json', '    return json.dumps([1])', 'x = f()'],
      '[1]',
    ],
    'a class in a function, deriving from what was imported': [
      [
        'def f():',
        '    class Pretty(dict):',
        "        def __repr__(self): return 'pretty ' + str(len(self))",
        '    return repr(Pretty(a=1))',
        'x = f()',
      ],
      'pretty 1',
    ],
    'an entry of literals, functions and lambdas': [
      [
        'def calculate(a): return a',
        "entry = {'must': {'a': calculate, 'b': 'literal', 'c': lambda n: n + '!'}, 'validate': [lambda a: None]}",
        "x = entry['must']['c'](entry['must']['b'])",
      ],
      'literal!',
    ],
    'values made while the module is imported': [
      ["modes = ['a', 'b']", "entry = {'m': ','.join(modes + ['c'])}", "x = entry['m']"],
      'a,b,c',
    ],
    'an if __name__ that is not the main program': [
      ["x = 'module'", "if __name__ == '__main__': x = 'main'"],
      'module',
    ],
  };
  for (const [construct, [lines, text]] of Object.entries(cases)) {
    test(construct, () => expect(textOfX(lines)).toBe(text));
  }

  test('open() in a with, and its lines', () => {
    const inputs = {
      fileContent: (path: string) => TracedText.from('one\ntwo\n', { kind: 'input', name: path }),
    };
    const source = [
      "with open('ip-detect', encoding='utf-8') as f:",
      '    x = f.read()',
      "x += str([line.strip() for line in open('ip-detect')])",
    ];
    expect(textOfX(source, inputs)).toBe("one\ntwo\n['one', 'two']");
  });
});

describe('whatever can be called can be called from outside', () => {
  const source = [
    'class Adder:',
    '    def __init__(self, n): self.n = n',
    '    def __call__(self, a): return str(self.n + a)',
    '    def method(self, a): return str(self.n - a)',
    'adder = Adder(5)',
    'method = adder.method',
    "named = lambda a: 'lambda %d' % a",
    'def function(a): return str(a)',
  ].join('\n');
  const module = evaluateModule('calc.py', source, {});

  test.each([
    ['adder', '8'],
    ['method', '2'],
    ['named', 'lambda 3'],
    ['function', '3'],
  ])('%s', (name, text) => {
    const callee = module.global(name);
    if (callee === undefined) throw new Error(`no ${name}`);
    const result = module.call(callee, new Map([['a', { kind: 'int', value: 3n }]]));
    expect(result.kind === 'value' && result.value.kind === 'str' && result.value.text.toString()).toBe(text);
  });
});
