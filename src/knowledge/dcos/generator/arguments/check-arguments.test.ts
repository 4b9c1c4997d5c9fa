import { describe, expect, test } from 'vitest';
import { generatorWith, LIKE_1_7, LIKE_1_8, LIKE_1_9 } from '../../../../../test/generator-sources.ts';
import type { Verdict } from './verdict.ts';

const CLOUD = 'root: []\n';

/** What a generator says to a config: `ok`, each message by argument, `unset: …`, or the exception. */
function said(
  like: Readonly<Record<string, string>>,
  calc: string,
  template: string,
  userArguments: Readonly<Record<string, string>> = {},
): string[] {
  const files = { ...like, 'calc.py': calc, 'dcos-config.yaml': template, 'cloud-config.yaml': CLOUD };
  return shown(generatorWith(files, { userArguments }).resolve());
}

function shown(verdict: Verdict): string[] {
  const open = verdict.notExamined.map(({ names, reason }) => `not examined: ${names.join(', ')}: ${reason}`);
  switch (verdict.status) {
    case 'ok':
      return ['ok', ...open];
    case 'crash': {
      const at = verdict.at === undefined ? '' : ` at ${verdict.at.file}:${verdict.at.line}`;
      return [`${verdict.exception}: ${verdict.message}${at}`, ...open];
    }
    case 'errors': {
      const errors = [...verdict.errors].map(([name, { message, place }]) => {
        return `${name}: ${message}${place === undefined ? '' : ` at ${place.file}:${place.line}`}`;
      });
      return [...errors, ...verdict.unset.map((name) => `unset: ${name}`), ...open];
    }
  }
}

const NEEDS = (...names: string[]) => names.map((name) => `- {{ ${name} }}\n`).join('');

describe('what is missing', () => {
  const calc = `
def counted(masters):
    assert masters != 'none', 'There must be masters'
    return str(len(masters.split(',')))

entry = {'must': {'count': counted}, 'conditional': {'discovery': {'static': {'default': {'backend': 'static'}}}}}
`;
  test.each([LIKE_1_7, LIKE_1_8, LIKE_1_9])('is told, and nothing of what only depends on it', (like) => {
    expect(said(like, calc, NEEDS('count', 'backend'))).toEqual(['unset: masters', 'unset: discovery']);
    expect(said(like, calc, NEEDS('count'), { masters: 'none' })).toEqual([
      'count: There must be masters at /dcos/gen/calc.py:3',
    ]);
    expect(said(like, calc, NEEDS('count'), { masters: 'a,b' })).toEqual(['ok']);
  });
});

describe('a switch', () => {
  const calc = "entry = {'default': {'backend': 'static'}}\n";
  const template =
    '{% switch backend %}{% case "zk" %}- {{ hosts }}\n{% case "static" %}- {{ masters }}\n{% endswitch %}';

  test.each([LIKE_1_7, LIKE_1_8])('is looked at while going through the template, up to 1.8', (like) => {
    expect(said(like, calc, template, { backend: 's3' })).toEqual([
      'backend: Invalid choice s3. Must choose one of static, zk',
    ]);
    expect(said(like, calc, template, { backend: 'zk' })).toEqual(['unset: hosts']);
  });

  test('is a validator from 1.9 on, with the words of the sources', () => {
    expect(said(LIKE_1_9, calc, template, { backend: 's3' })).toEqual([
      "backend: Expected one of 'zk', 'static', but it is 's3'. at /dcos/gen/internals.py:9",
    ]);
    expect(said(LIKE_1_9, calc, template, { backend: 'static' })).toEqual(['unset: masters']);
  });

  const twice = `${template}{% switch backend %}{% case "zk" %}- {{ path }}\n{% endswitch %}`;
  test('of the same name counts instead of the one before it, up to 1.8', () => {
    expect(said(LIKE_1_8, calc, twice, { backend: 'zk' })).toEqual(['unset: path']);
    expect(said(LIKE_1_8, calc, twice, {})).toEqual([
      'backend: Invalid choice static. Must choose one of zk at /dcos/gen/calc.py:1',
    ]);
  });

  test('has to have the same cases everywhere, from 1.9 on', () => {
    expect(said(LIKE_1_9, calc, twice, {})).toEqual([
      "AssertionError: Same name / switch variable introduced with a different set of possible cases. name: backend. First options: dict_keys(['zk', 'static']), Second options: dict_keys(['zk']) at /dcos/gen/internals.py:14",
    ]);
    const same = `${template}{% switch backend %}{% case "static" %}{% case "zk" %}- {{ path }}\n{% endswitch %}`;
    expect(said(LIKE_1_9, calc, same, { backend: 'zk' })).toEqual(['unset: hosts', 'unset: path']);
  });
});

describe('validators', () => {
  const calc = `
def no_blank(value):
    assert ' ' not in value, 'No blanks'

def not_both(one, other):
    assert one != other, 'Both are {}'.format(one)

entry = {
    'validate': [lambda one: no_blank(one), not_both, lambda one: no_comma(one)],
    'default': {'one': '1', 'other': '2'}}

def no_comma(value):
    assert ',' not in value, 'No commas'
`;
  const template = NEEDS('one', 'other');

  test('of one argument ask right after it was calculated: the last alone at 1.8, all from 1.9 on', () => {
    expect(said(LIKE_1_8, calc, template, { one: ' ' })).toEqual(['ok']);
    expect(said(LIKE_1_8, calc, template, { one: ', ' })).toEqual(['one: No commas at /dcos/gen/calc.py:13']);
    expect(said(LIKE_1_9, calc, template, { one: ', ' })).toEqual(['one: No blanks at /dcos/gen/calc.py:3']);
  });

  test('of several arguments come last, and never go before a message about one', () => {
    const both = 'Both are 2 at /dcos/gen/calc.py:6';
    expect(said(LIKE_1_8, calc, template, { one: '2' })).toEqual([`one: ${both}`, `other: ${both}`]);
    expect(said(LIKE_1_9, calc, template, { one: '2' })).toEqual([`one: ${both}`, `other: ${both}`]);
    expect(said(LIKE_1_9, calc, NEEDS('one'), { one: '2' })).toEqual(['ok']);
  });

  test('may each have one parameter, and an argument one of them, at 1.7', () => {
    expect(said(LIKE_1_7, calc, template)).toEqual([
      'AssertionError: Validate functions must take exactly one parameter currently. at /dcos/gen/__init__.py:9',
    ]);
    const twice = calc.replace('not_both, ', '');
    expect(said(LIKE_1_7, twice, template)).toEqual([
      'AssertionError: Only one validation function per parameter is currently allowed. at /dcos/gen/__init__.py:10',
    ]);
  });

  test('count whatever the conditions of the part that they stand in', () => {
    const conditional = `entry = {'default': {'p': '1', 'x': 'y'}, 'conditional': {'p': {'2': {'validate': [lambda x: refuse(x)]}}}}
def refuse(x):
    assert False, 'No'
`;
    expect(said(LIKE_1_9, conditional, NEEDS('x'))).toEqual(['x: No at /dcos/gen/calc.py:3']);
  });

  test('that can’t be followed are not examined, and never taken for passed', () => {
    const strange =
      "import frobnicate\nentry = {'validate': [lambda x: frobnicate.check(x)], 'default': {'x': '1'}}\n";
    expect(said(LIKE_1_9, strange, NEEDS('x'))).toEqual([
      'ok',
      "not examined: x: <lambda>: frobnicate.check isn't known",
    ]);
  });
});

describe('an exception that is no message', () => {
  const of = (body: string) => `
def made(x):
    ${body}
entry = {'must': {'y': made}}
`;
  test('stops the generator', () => {
    expect(said(LIKE_1_9, of('return str(int(x))'), NEEDS('y'), { x: 'one' })).toEqual([
      "ValueError: invalid literal for int() with base 10: 'one' at /dcos/gen/calc.py:3",
    ]);
    expect(said(LIKE_1_7, of('assert x'), NEEDS('y'), { x: '' })).toEqual([
      'IndexError: tuple index out of range at /dcos/gen/__init__.py:14',
    ]);
  });

  test('are two defaults and no must', () => {
    const calc = "entry = {'default': {'x': '1'}, 'conditional': {'p': {'1': {'default': {'x': '2'}}}}}\n";
    expect(said(LIKE_1_7, calc, NEEDS('x'), { p: '1' })).toEqual([
      'AssertionError: Had multiple optionals. Template internal error. at /dcos/gen/__init__.py:13',
    ]);
    expect(said(LIKE_1_9, calc, NEEDS('x'), { p: '1' })).toEqual([
      "AssertionError: Had multiple optionals and no musts. Template internal error: [<Setter x, optional, conditions: [], parameters set()>, <Setter x, optional, conditions: [('p', '1')], parameters set()>] at /dcos/gen/internals.py:29",
    ]);
  });

  test('are an entry that says more than it may, and a secret that is none', () => {
    expect(said(LIKE_1_7, "entry = {'secret': ['x']}\n", NEEDS('x'))).toEqual([
      'AssertionError:  at /dcos/gen/__init__.py:23',
    ]);
    expect(said(LIKE_1_9, "entry = {'secret': ['x']}\n", NEEDS('x'))).toEqual([
      "AssertionError: Secret variable 'x' must be defined or referenced as a parameter in this scope at /dcos/gen/internals.py:21",
    ]);
    expect(
      said(LIKE_1_9, "entry = {'secret': ['x'], 'must': {'y': lambda x: x}}\n", NEEDS('y'), { x: '1' }),
    ).toEqual(['ok']);
  });

  test('is a cycle over a condition; up to 1.8 that leaves an argument without a value', () => {
    const calc =
      "entry = {'conditional': {'a': {'1': {'must': {'b': '1'}}}, 'b': {'1': {'must': {'a': '1'}}}}}\n";
    expect(said(LIKE_1_9, calc, NEEDS('a'))).toEqual([
      "AssertionError: _ensure_finalized is supposed to always finalize a resolvable but didn't: <Resolvable name: a, state: unresolved>",
    ]);
    const none = "isn't. Given value: None";
    expect(said(LIKE_1_8, calc, NEEDS('a'))).toEqual([
      `b: All values in arguments must be strings. Value for argument b ${none}`,
      `a: All values in arguments must be strings. Value for argument a ${none}`,
    ]);
  });

  test('is a template that is none', () => {
    expect(said(LIKE_1_9, 'entry = {}\n', '- {{ x\n')).toEqual([
      'SyntaxError: expected exactly one blank at /dcos/gen/dcos-config.yaml:1',
    ]);
  });
});

test('values that are no texts are refused before anything is calculated', () => {
  const files = {
    ...LIKE_1_7,
    'calc.py': 'entry = {}\n',
    'dcos-config.yaml': NEEDS('x'),
    'cloud-config.yaml': CLOUD,
  };
  const notStrings = new Map([['weights', "{'a': 1}"]]);
  expect(shown(generatorWith(files, { userArguments: {}, notStrings }).resolve())).toEqual([
    "weights: All values in arguments must be strings. Value for argument weights isn't. Given value: {'a': 1}",
  ]);
});
