interface Hostile {
  /** The file. What it is to be judged by is the value of its `x`. */
  readonly source: () => string | Buffer;
  /** The reason that `x` is unknown, or the kind of value that it is. */
  readonly outcome: RegExp;
}

const STEPS = /took more steps than an evaluation is allowed/;
const TEXT = /a text of more than (?:1000000 characters|50000 pieces)/;
const INTEGER = /an integer beyond 2\^256|an integer of more/;
const DEPTH = /nested too deeply|more than 20000 characters|nested more than \d+ deep/;
const COUNT = /a list of more than 100000 items/;

function lines(...source: string[]): () => string {
  return () => source.join('\n');
}

/** `depth` levels of something in itself, around `inside`. */
function nested(depth: number, open: string, inside: string, close: string): () => string {
  return () => `x = ${open.repeat(depth)}${inside}${close.repeat(depth)}`;
}

function nestedBlocks(depth: number): () => string {
  return () => {
    const blocks = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}if True:`);
    return `${blocks.join('\n')}\n${' '.repeat(depth)}x = 1\n`;
  };
}

/** Generator files that loop, nest, multiply, or are something else altogether. */
export const HOSTILE: Readonly<Record<string, Hostile>> = {
  'while True': { source: lines('def f():', '    while True:', '        pass', 'x = f()'), outcome: STEPS },
  'while True at the top': {
    source: lines('x = 1', 'while True:', '    x = x + 1'),
    outcome: /took more steps|int/,
  },
  'a for over a list that it appends to': {
    source: lines('x = [1]', 'for i in x:', '    x.append(i)'),
    outcome: /took more steps|100000 items|list/,
  },
  'a generator that never ends': {
    source: lines('def g():', '    while True:', '        yield 1', 'x = sum(g())'),
    outcome: /a generator of more than 1000 values/,
  },
  'an iterator that never ends': {
    source: lines(
      'class I:',
      '    def __iter__(self): return self',
      "    def __next__(self): return 'a'",
      "x = ''.join(I())",
    ),
    outcome: /took more steps|100000 items/,
  },
  'an iterator that returns itself for ever': {
    source: lines('class I:', '    def __iter__(self): return I()', 'x = list(I())'),
    outcome: DEPTH,
  },
  recursion: { source: lines('def f(n):', '    return f(n + 1)', 'x = f(1)'), outcome: DEPTH },
  'recursion by __getattr__': {
    source: lines('class A:', '    def __getattr__(self, n): return getattr(self, n + n)', 'x = A().q'),
    outcome: /deep|characters/,
  },
  'recursion by __eq__': {
    source: lines('class A:', '    def __eq__(self, o): return self == o', 'x = A() == A()'),
    outcome: DEPTH,
  },
  'recursion by __repr__': {
    source: lines('class A:', '    def __repr__(self): return repr([self])', 'x = str(A())'),
    outcome: DEPTH,
  },
  'generators in generators': {
    source: lines('def g(n):', '    yield from g(n + 1)', 'x = list(g(0))'),
    outcome: DEPTH,
  },
  'generator expressions around one another': {
    source: lines('x = [1]', 'for i in range(20000):', '    x = (j for j in x)', 'x = list(x)'),
    outcome: DEPTH,
  },
  'calls in two directions': {
    source: lines('def f(n):', '    f(n + 1)', '    f(n + 1)', '    return 1', 'x = f(0)'),
    outcome: /deep|took more steps/,
  },
  'Fibonacci the slow way': {
    source: lines('def f(n):', '    return n if n < 2 else f(n - 1) + f(n - 2)', 'x = f(60)'),
    outcome: STEPS,
  },
  'a long product': { source: lines("x = 'a' * 10**10"), outcome: TEXT },
  doubling: {
    source: lines("x = 'a'", 'for i in range(100):', '    x = x + x'),
    outcome: TEXT,
  },
  'doubling by augmented assignment': {
    source: lines("x = 'ab'", 'for i in range(100):', '    x += x'),
    outcome: TEXT,
  },
  'doubling by join': {
    source: lines("x = 'a'", 'for i in range(100):', "    x = ''.join([x, x])"),
    outcome: TEXT,
  },
  'doubling by replace': {
    source: lines("x = 'a'", 'for i in range(100):', "    x = x.replace('a', 'aaaaaaaaaa')"),
    outcome: TEXT,
  },
  'doubling by format': {
    source: lines("x = 'a'", 'for i in range(100):', "    x = '{0}{0}'.format(x)"),
    outcome: TEXT,
  },
  'doubling by an f-string': {
    source: lines("x = 'a'", 'for i in range(100):', "    x = f'{x}{x}'"),
    outcome: TEXT,
  },
  'doubling by percent': {
    source: lines("x = 'a'", 'for i in range(100):', "    x = '%s%s' % (x, x)"),
    outcome: TEXT,
  },
  'many long texts': {
    source: lines('x = []', 'for i in range(100000):', "    x.append('a' * 900000 + str(i))"),
    outcome: /took more steps|list/,
  },
  'many long lists': {
    source: lines('x = []', 'for i in range(100000):', '    x.append(list(range(90000)))'),
    outcome: /took more steps|list/,
  },
  'a width of gigabytes': { source: lines("x = '{:1000000000}'.format(1)"), outcome: TEXT },
  'a width of gigabytes by percent': { source: lines("x = '%1000000000d' % 1"), outcome: TEXT },
  'a width in an f-string': { source: lines("x = f'{1:>1000000000}'"), outcome: TEXT },
  'a precision of gigabytes': { source: lines("x = '%.1000000000f' % 1.5"), outcome: /characters|places/ },
  'centred in gigabytes': { source: lines("x = 'a'.center(10 ** 10)"), outcome: /characters|beyond/ },
  'filled with gigabytes of zeros': {
    source: lines("x = 'a'.zfill(10 ** 10)"),
    outcome: /characters|beyond/,
  },
  'tabs of gigabytes': {
    source: lines("x = '\\t'.expandtabs(10 ** 10)"),
    outcome: /more than/,
  },
  'powers of powers': { source: lines('x = str(10 ** 10 ** 6)'), outcome: INTEGER },
  'a power': { source: lines('x = 2 ** 10 ** 9'), outcome: INTEGER },
  'a shift': { source: lines('x = 1 << 10 ** 9'), outcome: INTEGER },
  squaring: { source: lines('x = 3', 'for i in range(100):', '    x = x * x'), outcome: INTEGER },
  'an integer of a million digits': { source: lines("x = int('9' * 10 ** 6)"), outcome: /took more steps/ },
  'an integer written out': {
    source: () => `x = ${'9'.repeat(15_000)}`,
    outcome: /int|beyond|digits/,
  },
  'a range of everything': { source: lines('x = list(range(10 ** 12))'), outcome: COUNT },
  'a range that is gone through': {
    source: lines('x = 0', 'for i in range(10 ** 12):', '    x = i'),
    outcome: /took more steps|list/,
  },
  'a list times a billion': { source: lines('x = [1] * 10 ** 9'), outcome: COUNT },
  'a list doubled': { source: lines('x = [1]', 'for i in range(100):', '    x = x + x'), outcome: COUNT },
  'a list extended by itself': {
    source: lines('x = [1]', 'for i in range(100):', '    x.extend(x)', 'y = x', 'x = len(y)'),
    outcome: /took more steps|100000 items/,
  },
  'the billion laughs': {
    source: lines("x = ['ha']", 'for i in range(100):', '    x = [x, x, x, x, x]', 'x = str(x)'),
    outcome: /took more steps|deep/,
  },
  'the billion laughs as JSON': {
    source: lines('import json', "x = ['ha']", 'for i in range(50):', '    x = [x, x]', 'x = json.dumps(x)'),
    outcome: /took more steps|deep|characters/,
  },
  'the billion laughs as keys': {
    source: lines("x = ('ha',)", 'for i in range(50):', '    x = (x, x)', 'x = {x: 1}'),
    outcome: /took more steps|deep/,
  },
  'the billion laughs compared': {
    source: lines(
      'def laughs():',
      "    x = ['ha']",
      '    for i in range(50):',
      '        x = [x, x]',
      '    return x',
      'x = laughs() == laughs()',
    ),
    outcome: /took more steps|deep/,
  },
  'the billion laughs in order': {
    source: lines(
      'def laughs():',
      "    x = ['ha']",
      '    for i in range(50):',
      '        x = [x, x]',
      '    return x',
      'x = laughs() < laughs()',
    ),
    outcome: /took more steps|deep/,
  },
  'a list in itself, shown': {
    source: lines('x = [1]', 'x.append(x)', 'x = str(x)'),
    outcome: /deep|str|itself/,
  },
  'a list in itself as JSON': {
    source: lines('import json', 'x = [1]', 'x.append(x)', 'x = json.dumps(x)'),
    outcome: /deep|ircular/,
  },
  'lists in one another, compared': {
    source: lines('x = [1]', 'x.append(x)', 'y = [1]', 'y.append(y)', 'x = x == y'),
    outcome: /deep/,
  },
  'a dict in itself': {
    source: lines('import json', 'x = {}', "x['x'] = x", 'x = json.dumps(x)'),
    outcome: /deep|ircular/,
  },
  'characters one by one': {
    source: lines('x = []', "t = 'a' * 100000", 'for i in range(100):', '    x.append(list(t))'),
    outcome: /took more steps|list/,
  },
  'split into characters': {
    source: lines('x = []', "t = 'a,' * 50000", 'for i in range(1000):', "    x.append(t.split(','))"),
    outcome: /took more steps|list/,
  },
  'joined of everything': {
    source: lines("t = ['a' * 100000] * 1000", "x = ''.join(t)"),
    outcome: TEXT,
  },
  'slices of everything': {
    source: lines("t = 'a' * 1000000", 'x = []', 'for i in range(10000):', '    x.append(t[i:])'),
    outcome: /took more steps|list/,
  },
  'looked for again and again': {
    source: lines("t = 'a' * 1000000", 'x = 0', 'for i in range(100000):', "    x += t.count('b')"),
    outcome: /took more steps|int/,
  },
  'a set of everything': {
    source: lines('x = set()', 'for i in range(10 ** 9):', '    x.add(i)'),
    outcome: /took more steps|set|100000/,
  },
  'a dict of everything': {
    source: lines('x = {}', 'for i in range(90000):', "    x['k%d' % i] = 'a' * 1000 + str(i)"),
    outcome: /took more steps|dict/,
  },
  'comprehensions in comprehensions': {
    source: () =>
      `x = ${'['.repeat(1000)}1${Array.from({ length: 1000 }, (_, level) => ` for a${level} in [1]]`).join('')}`,
    outcome: /deep|list|took/,
  },
  'fors in a comprehension': {
    source: () => `x = [1 ${Array.from({ length: 60 }, (_, level) => `for a${level} in (1, 2)`).join(' ')}]`,
    outcome: /took more steps|100000 items/,
  },
  'a thousand brackets': { source: nested(1000, '[', '', ']'), outcome: /deep|list/ },
  'nine thousand brackets': { source: nested(9000, '[', '', ']'), outcome: DEPTH },
  'ten thousand brackets': { source: nested(10_000, '[', '', ']'), outcome: DEPTH },
  'ten thousand parentheses': { source: nested(9999, '(', '1', ')'), outcome: DEPTH },
  'a thousand parentheses': { source: nested(1000, '(', '1', ')'), outcome: /deep|int/ },
  'a thousand calls': { source: nested(1000, 'str(', '1', ')'), outcome: /deep|str/ },
  'two thousand dicts': { source: nested(2000, '{1: ', '1', '}'), outcome: /deep|dict/ },
  'a thousand lambdas': { source: nested(1000, 'lambda: ', '1', ''), outcome: /deep|function/ },
  'ten thousand nots': { source: () => `x = ${'not '.repeat(4900)}1`, outcome: /deep|bool/ },
  'ten thousand minuses': { source: nested(10_000, '-', '1', ''), outcome: /deep|int/ },
  'ten thousand terms': { source: () => `x = 1${' + 1'.repeat(4900)}`, outcome: /deep|int/ },
  'ten thousand lines of terms': {
    source: () => `x = (1\n${' + 1\n'.repeat(100_000)})`,
    outcome: /too large/,
  },
  'ten thousand attributes': { source: () => `x = x${'.a'.repeat(9900)}`, outcome: /deep|isn't known/ },
  'ten thousand subscripts': { source: () => `x = x${'[0]'.repeat(6600)}`, outcome: /deep|isn't known/ },
  'chained conditions': {
    source: () => `x = ${'1 if 0 else '.repeat(1600)}2`,
    outcome: /deep|int/,
  },
  'a hundred ifs': { source: nestedBlocks(100), outcome: /^int$/ },
  'five hundred ifs': { source: nestedBlocks(500), outcome: /deep|^int$/ },
  'a thousand ifs': { source: nestedBlocks(1000), outcome: /too large/ },
  'ten thousand ifs in one another, by else': {
    source: () => {
      const level = (depth: number) => `${' '.repeat(depth % 150)}if 0: pass`;
      return Array.from({ length: 10_000 }, (_, depth) => level(depth)).join('\n');
    },
    outcome: /not Python 3/,
  },
  'ten thousand elifs': {
    source: () => `if 0:\n  x = 0\n${'elif 0:\n  x = 1\n'.repeat(10_000)}else:\n  x = 2\n`,
    outcome: DEPTH,
  },
  'functions in functions': {
    source: () => {
      const defs = Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}def f():`);
      return `${defs.join('\n')}\n${' '.repeat(500)}pass\nx = f()\n`;
    },
    outcome: /./,
  },
  'f-strings in f-strings': {
    source: () => `x = ${`f"{`.repeat(500)}1${`}"`.repeat(500)}`,
    outcome: /./,
  },
  '600 kB of assignments': {
    source: () => `${'a = [1, 2, {"b": "c"}]\n'.repeat(26_000)}x = a\n`,
    outcome: /list|too large|steps/,
  },
  '600 kB of functions': {
    source: () => {
      const made = (index: number) =>
        `def f${index}(a, b=None):\n    if a == b:\n        return str(a)\n    return b\n`;
      return `${Array.from({ length: 8500 }, (_, index) => made(index)).join('')}x = f8499('a', 'b')\n`;
    },
    outcome: /str|too large|steps/,
  },
  'a megabyte of one string': {
    source: () => `x = '''${'a\n'.repeat(500_000)}'''`,
    outcome: /str|large|characters/,
  },
  'two megabytes': { source: () => '# a\n'.repeat(500_000), outcome: /too large/ },
  'a binary': {
    source: () => Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256)),
    outcome: /not Python 3|undefined/,
  },
  HTML: {
    source: () => `<!DOCTYPE html>\n<html><body>${'<p>404</p>\n'.repeat(1000)}</body></html>`,
    outcome: /not Python 3/,
  },
  'Python 2': { source: lines('print "gull"', 'x = 1'), outcome: /not Python 3/ },
  'quotes without an end': { source: () => `x = ${'"""a'.repeat(10_001)}`, outcome: /not Python 3/ },
  'many open quotes': { source: () => `x = '\n`.repeat(100_000), outcome: /not Python 3/ },
  backslashes: { source: () => `x = '${'\\\\'.repeat(9000)}'`, outcome: /str/ },
  'decorators without end': {
    source: () => `${'@str\n'.repeat(50_000)}def x(): pass\n`,
    outcome: /./,
  },
  'classes that derive from one another': {
    source: () => {
      const made = (index: number) =>
        `class C${index}(${index === 0 ? '' : `C${index - 1}`}):\n  a = ${index}\n`;
      return `${Array.from({ length: 3000 }, (_, index) => made(index)).join('')}x = C2999().a\n`;
    },
    outcome: /more than 100 ancestors/,
  },
  'every method of a wide class': {
    source: () => `class C:\n${'  def m(self): return 1\n'.repeat(20_000)}x = C().m()\n`,
    outcome: /./,
  },
};
