import { describe, expect, test } from 'vitest';
import { textOfX } from './text-of-x.ts';

describe('loops', () => {
  test('while and for run their else unless they are broken out of', () => {
    const source = [
      'found = []',
      'n = 0',
      'while n < 3: n += 1',
      "else: found.append('while')",
      'for i in range(3):',
      '    if i == n: break',
      "else: found.append('for')",
      'while True:',
      '    n += 1',
      '    if n % 2: continue',
      '    if n > 6: break',
      "else: found.append('never')",
      "x = ','.join(found) + str(n)",
    ];
    expect(textOfX(source)).toBe('while,for8');
  });

  test('a list that grows while it is gone through is gone through to its new end', () => {
    expect(textOfX(['xs = [1]', 'for i in xs:', '    if i < 4: xs.append(i + 1)', 'x = str(xs)'])).toBe(
      '[1, 2, 3, 4]',
    );
  });

  test('generators yield, end and are used up', () => {
    const source = [
      'def some(n):',
      "    yield 'first'",
      '    for i in range(n):',
      '        if i == 2: return',
      '        yield i',
      '    yield from [7, 8]',
      'made = some(1)',
      'x = str([next(made), list(made), list(made), list(some(5))])',
    ];
    expect(textOfX(source)).toBe("['first', [0, 7, 8], [], ['first', 0, 1]]");
  });

  test('what goes through a generator asks for no more than it needs', () => {
    expect(textOfX(["x = str(any(i > 1 for i in [1, 2, 'a']))"])).toBe('True');
  });
});

describe('exceptions', () => {
  test('else, finally, a bare raise and raise from', () => {
    const source = [
      'log = []',
      'def f(n):',
      '    try:',
      '        try:',
      '            if n: {}[n]',
      '        except KeyError as error:',
      "            if n == 1: raise ValueError('from') from error",
      '            raise',
      "        else: log.append('else')",
      "        finally: log.append('finally')",
      '    except ValueError as error: log.append(str(error))',
      '    except KeyError as error: log.append(repr(error))',
      'for n in [0, 1, 2]: f(n)',
      "x = ' '.join(log)",
    ];
    expect(textOfX(source)).toBe('else finally finally from finally KeyError(2)');
  });

  test('the name of a caught exception ends with its handler', () => {
    const source = [
      'def f():',
      '    try:',
      '        try: {}[1]',
      '        except KeyError as error: pass',
      '        return str(error)',
      '    except UnboundLocalError as error:',
      '        return type(error).__name__',
      'x = f()',
    ];
    expect(textOfX(source)).toBe('UnboundLocalError');
  });

  test('with closes what it opened and may swallow an exception', () => {
    const source = [
      'log = []',
      'class Guard:',
      "    def __enter__(self): return 'in'",
      '    def __exit__(self, kind, error, trace):',
      '        log.append(str(error))',
      '        return True',
      'with Guard() as guard:',
      '    log.append(guard)',
      "    raise ValueError('out')",
      "x = ' '.join(log)",
    ];
    expect(textOfX(source)).toBe('in out');
  });
});

describe('names', () => {
  test('global, nonlocal, defaults that are kept and closures that see the last value', () => {
    const source = [
      'total = 0',
      'def count(by=1):',
      '    global total',
      '    total += by',
      'def counter():',
      '    n = 0',
      '    def add():',
      '        nonlocal n',
      '        n += 1',
      '        return n',
      '    return add',
      'def collect(value, seen=[]):',
      '    seen.append(value)',
      '    return seen',
      'count(); count(4)',
      'add = counter(); add()',
      "collect('a')",
      "x = str([total, add(), collect('b'), [f() for f in [lambda: i for i in range(3)]]])",
    ];
    expect(textOfX(source)).toBe("[5, 2, ['a', 'b'], [2, 2, 2]]");
  });

  test('targets: starred, nested, items, slices and attributes; del of each', () => {
    const source = [
      'a, *b, (c, d) = 1, 2, 3, (4, 5)',
      'xs = [1, 2, 3, 4]',
      'xs[1:3] = [7, 8, 9]',
      'del xs[0], xs[-1:]',
      "m = {'k': 1, 'l': 2}",
      "del m['k']",
      'if (n := len(xs)) > 2: xs.append(n)',
      'x = str([a, b, c, d, xs, m])',
    ];
    expect(textOfX(source)).toBe("[1, [2, 3], 4, 5, [7, 8, 9, 3], {'l': 2}]");
  });

  test('decorators are applied innermost first', () => {
    const source = [
      'def tagged(tag):',
      '    def wrap(f):',
      '        def inner(*args, **more): return tag + f(*args, **more) + tag',
      '        return inner',
      '    return wrap',
      "@tagged('<')",
      "@tagged('|')",
      'def name(n, *, end): return n + end',
      "x = name('gull', end='!')",
    ];
    expect(textOfX(source)).toBe('<|gull!|<');
  });

  test('imports: relative, with a star, in a function, of a module that is not there', () => {
    const moduleSource = (name: string) =>
      ({
        'gen.lamps': { file: 'gen/lamps.py', text: "name = 'gull'\n_hidden = 'no'\nfrom . import oil" },
        'gen.oil': { file: 'gen/oil.py', text: "kind = 'whale'" },
      })[name];
    expect(textOfX(['from gen.lamps import *', 'x = name + oil.kind'], { moduleSource })).toBe('gullwhale');
    expect(textOfX(['from gen.lamps import *', 'x = _hidden'], { moduleSource })).toMatch(
      /the name _hidden isn't known/,
    );
    expect(
      textOfX(['def f():', '    import gen.lamps as lamps', '    return lamps.oil.kind', 'x = f()'], {
        moduleSource,
      }),
    ).toBe('whale');
    expect(textOfX(['from elsewhere import x'], { moduleSource })).toMatch(/elsewhere\.x isn't known/);
  });
});
