import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  integer,
  letrec,
  oneof,
  record,
  tuple,
} from 'fast-check';

/**
 * Programs of statements that a generator might hold. Each statement of the module stands in a `try`, so an exception
 * in one is an outcome like any other; outcomes are appended to `out` as strings.
 */
export function program(): Arbitrary<string> {
  return array(statement(), { minLength: 1, maxLength: 6 }).map((statements) =>
    [
      HEAD,
      ...statements.map(
        (lines) =>
          `try:\n${indented(lines)}\nexcept Exception as error:\n    out.append(told(error))\n${STATE}`,
      ),
    ].join('\n'),
  );
}

/** Messages are compared where generator code shows them; those of a TypeError are worded anew in every Python. */
const HEAD = `out = []
def told(error):
    if isinstance(error, (TypeError, AttributeError)):
        return type(error).__name__
    return type(error).__name__ + ': ' + str(error)
s, t = 'gull', 'a,b c'
n, m = 3, -2
xs, ys = [3, 1, 2], [0]
ws = ['b', 'a', 'b']
d = {'a': 1, 'k': 5}
u = {1, 4}
class Lamp:
    wattage = 5
    def __init__(self, name, *others, lit=False):
        self.name = name
        self.others = others
        self.lit = lit
    def __repr__(self):
        return 'Lamp({!r}, lit={})'.format(self.name, self.lit)
    def __eq__(self, other):
        return isinstance(other, Lamp) and self.name == other.name
    def __len__(self):
        return len(self.others)
    @property
    def label(self):
        return '%s:%d' % (self.name, self.wattage)
    def turned(self, on):
        if on:
            return Lamp(self.name, *self.others, lit=True)
        return self
class Lantern(Lamp):
    wattage = 9
    def __init__(self, name, oil=0, **more):
        super().__init__(name, 'wick', **more)
        self.oil = oil
    def turned(self, on):
        assert self.oil > 0, 'no oil in {}'.format(self.name)
        return super().turned(on)
lamp = Lamp('gull')
`;
const STATE = 'out.append(repr([s, t, n, m, xs, ys, ws, d, sorted(u), lamp]))';

// A type alias: `letrec` wants an index signature.
type Levels = {
  text: string;
  number: string;
  numbers: string;
  texts: string;
  test: string;
  block: readonly string[];
  statement: readonly string[];
};

function statement(): Arbitrary<readonly string[]> {
  return letrec<Levels>((tie) => {
    const text = tie('text');
    const number = tie('number');
    const numbers = tie('numbers');
    const texts = tie('texts');
    const test = tie('test');
    const block = tie('block');
    return {
      text: oneof({ maxDepth: 2, withCrossShrink: true }, plainText, ...textForms(text, number, texts, test)),
      number: oneof({ maxDepth: 2 }, plainNumber, ...numberForms(text, number, numbers)),
      numbers: oneof(
        { maxDepth: 2 },
        constantFrom('xs', 'ys', '[]', '[5, 5]'),
        ...listForms(number, numbers, test),
      ),
      texts: oneof({ maxDepth: 2 }, constantFrom('ws', "['x']"), ...textsForms(text, numbers, texts)),
      test: oneof(
        { maxDepth: 2 },
        constantFrom('True', 'n > 2', 's'),
        ...testForms(text, number, numbers, test),
      ),
      block: array(tie('statement'), { minLength: 1, maxLength: 3, depthIdentifier: 'blocks' }).map((inner) =>
        inner.flat(),
      ),
      statement: oneof(
        { maxDepth: 3, depthIdentifier: 'blocks' },
        ...simpleStatements({ text, number, numbers, texts, test }),
        ...compoundStatements({ text, number, numbers, texts, test, block }),
      ),
    };
  }).statement;
}

type Forms = readonly Arbitrary<string>[];
type Text = Arbitrary<string>;

/** Python source with `parts` in place of each `$`, in their order. */
function form(source: string, ...parts: readonly Arbitrary<string>[]): Arbitrary<string> {
  const pieces = source.split('$');
  return tuple(...parts).map((made) => pieces.map((piece, index) => piece + (made[index] ?? '')).join(''));
}

const plainText = constantFrom('s', 't', "'gull'", "''", "'a,b'", "'é \\n😀'", "' x '", "'12'", 'str(n)');
const plainNumber = oneof(
  constantFrom('n', 'm', '0', '7', 'len(s)'),
  integer({ min: -4, max: 12 }).map((value) => `(${value})`),
);
const index = integer({ min: -4, max: 5 }).map(String);
const bound = oneof(index, constant(''));
const step = constantFrom('', ':', ':2', ':-1', ':-2', ':3');
const key = constantFrom("'a'", "'k'", "'gone'");

function textForms(text: Text, number: Text, texts: Text, test: Text): Forms {
  return [
    form('($ + $)', text, text),
    form('$[$:$$]', text, bound, bound, step),
    form('$[$]', text, index),
    form("','.join($)", texts),
    form('$.replace($, $)', text, constantFrom("'a'", "'ll'", "','"), constantFrom('s', "''", "'aa'")),
    form('$.strip()', text),
    form("$.$('b')", text, constantFrom('lstrip', 'rstrip', 'strip')),
    form('$.upper()', constantFrom("'aB c'", 'str(n)')),
    form("'{}-{}'.format($, $)", text, number),
    form("'{0:>$}|{1:0$}|{0!r}'.format($, $)", constantFrom('1', '6'), constantFrom('3', '5d'), text, number),
    form("('%s %d%%' % ($, $))", text, number),
    form("('%-6s|%5r|%03d' % ($, $, $))", text, text, number),
    form(
      "f'{$}+{$:4}|{$!r}'",
      constantFrom('s', 't', 'n'),
      constantFrom('n', 'm', 's'),
      constantFrom('s', 'xs', 'd'),
    ),
    form('($ if $ else $)', text, test, text),
    form('($ * $)', text, integer({ min: -1, max: 3 }).map(String)),
    form('str($)', number),
    form('repr($)', text),
    form("(d.get($, 'none') and $)", key, text),
    form('(lamp.label + $)', text),
    form("(lambda a, b='!': a + b)($)", text),
    form("''.join(reversed($))", text),
  ];
}

function numberForms(text: Text, number: Text, numbers: Text): Forms {
  return [
    form('($ $ $)', number, constantFrom('+', '-', '*', '//', '%', '&', '|', '^'), number),
    form('len($)', text),
    form('len($)', numbers),
    form('sum($)', numbers),
    form('$($)', constantFrom('max', 'min'), numbers),
    form('$[$]', numbers, index),
    form('d[$]', key),
    form('int($)', constantFrom("'12'", "' 7 '", "'x'", "'-3'", "''")),
    form('(-$)', number),
    form('abs($)', number),
    form('$.count($)', text, constantFrom("'a'", "'l'")),
    form('sum(1 for x in $ if x > $)', numbers, number),
    form('len({x % 3 for x in $})', numbers),
    form('next((x for x in $ if x > $), $)', numbers, number, number),
  ];
}

function listForms(number: Text, numbers: Text, test: Text): Forms {
  return [
    form('[$, $]', number, number),
    form('[*$, $]', numbers, number),
    form('($ + $)', numbers, numbers),
    form('$[$:$$]', numbers, bound, bound, step),
    form('sorted($)', numbers),
    form('sorted($, reverse=True)', numbers),
    form('sorted($, key=lambda x: -x % 3)', numbers),
    form('[x $ 2 for x in $ if $]', constantFrom('+', '*', '%'), numbers, test),
    form('[x + y for x in $ for y in $[:2]]', numbers, numbers),
    form('list(range(min(20, $)))', number),
    form('list(map(lambda x: x * x, $))', numbers),
    form('sorted(set($) $ {1, 2, 5})', numbers, constantFrom('|', '&', '-', '^')),
    form('[a for a, b in zip($, $)]', numbers, numbers),
    form('list(d.values())'),
    form('list(filter(None, $))', numbers),
    form('[i for i, x in enumerate($, $) if x]', numbers, number),
  ];
}

function textsForms(text: Text, numbers: Text, texts: Text): Forms {
  return [
    form('[$, $]', text, text),
    form("$.split(',')", text),
    form('$.split()', text),
    form('list($)', text),
    form('[str(x) for x in $]', numbers),
    form('sorted($)', texts),
    form('$[$:$]', texts, bound, bound),
    form('[w for w in $ if w not in $]', texts, texts),
    form('list(d)'),
    form("[k + '=' + str(v) for k, v in d.items()]"),
    form('sorted({w: len(w) for w in $})', texts),
  ];
}

function testForms(text: Text, number: Text, numbers: Text, test: Text): Forms {
  return [
    form('($ $ $)', number, constantFrom('<', '<=', '==', '!=', '>', '>='), number),
    form('($ < $ <= $)', number, number, number),
    form('($ $ $)', text, constantFrom('==', '!=', '<', 'in', 'not in'), text),
    form('(not $)', numbers),
    form('($ $ $)', test, constantFrom('and', 'or'), test),
    form('(any(x > $ for x in $))', number, numbers),
    form('(all(x > $ for x in $))', number, numbers),
    form('($ in d)', key),
    form('($ $ $)', numbers, constantFrom('==', '<', '!='), numbers),
    form('(isinstance($, (int, list)))', oneof(text, number, numbers)),
    form('({1, 2} $ set($))', constantFrom('<=', '<', '==', '>='), numbers),
    form('(d.keys() == set($))', constantFrom("'ak'", 'ws')),
    form('(lamp == Lamp($))', text),
    form('($.startswith($))', text, text),
  ];
}

interface Parts {
  readonly text: Text;
  readonly number: Text;
  readonly numbers: Text;
  readonly texts: Text;
  readonly test: Text;
}

function line(source: string, ...parts: readonly Arbitrary<string>[]): Arbitrary<readonly string[]> {
  return form(source, ...parts).map((made) => made.split('\n'));
}

function simpleStatements({ text, number, numbers, texts, test }: Parts): Arbitrary<readonly string[]>[] {
  const name = constantFrom('s', 't');
  const count = constantFrom('n', 'm');
  const list = constantFrom('xs', 'ys');
  return [
    line('$ = ($)[:40]', name, text),
    line('$ = max(-99, min(99, $))', count, number),
    line('$ = ($)[:9]', list, numbers),
    line('ws = [w[:9] for w in ($)[:9]]', texts),
    line('$ $= $\nn, m = n % 100, m % 100', count, constantFrom('+', '-', '*', '//'), number),
    line('$ += $\ns, t = s[:40], t[-40:]', name, text),
    line('$ += $\ndel xs[9:], ys[9:]', list, numbers),
    line('n, m = $ % 100, $ % 100', number, number),
    line('n, *xs = ($)[:9]', numbers),
    line('[n, m] = $\nn, m = n % 100, m % 100', numbers),
    line('if (n := $ % 100) > 2: out.append(str(n))', number),
    line('ys = xs'),
    line('$.append($)', list, number),
    line('$.$', list, constantFrom('sort()', 'reverse()', 'pop()', 'clear()', 'insert(1, 8)', 'remove(3)')),
    line('xs[$] = $', index, number),
    line('xs[$:$] = ($)[:5]\ndel xs[9:]', bound, bound, numbers),
    line('del $', constantFrom('xs[0]', 'xs[1:]', "d['a']", 'ws[-1]', 'ys[:]')),
    line('d[$] = $ % 100', text, number),
    line('d[$] += 1', key),
    line('d.update({$: $ % 100})', text, number),
    line("d = {**d, 'z': $ % 100}", number),
    line('u $= {$, $}', constantFrom('|', '&', '-', '^'), number, number),
    line('u.$($)', constantFrom('add', 'discard', 'remove'), number),
    line("assert $, 'not {}'.format($)", test, text),
    line('raise $($)', constantFrom('ValueError', 'KeyError', 'RuntimeError'), text),
    line('out.append($)', text),
    line('lamp = $($)', constantFrom('Lamp', 'Lantern'), text),
    line('lamp = Lantern($, $, lit=True)', text, number),
    line('lamp = lamp.turned($)', test),
    line('lamp.name $ ($)[:20]\nlamp.name = lamp.name[:40]', constantFrom('=', '+='), text),
    line('out.append(str([len(lamp), bool(lamp), lamp.others, type(lamp).__name__]))'),
    line('import json\nout.append(json.dumps([$, $, {$: $}], sort_keys=True))', text, number, text, numbers),
  ];
}

function compoundStatements({
  text,
  number,
  numbers,
  texts,
  test,
  block,
}: Parts & { block: Arbitrary<readonly string[]> }): Arbitrary<readonly string[]>[] {
  const small = integer({ min: 0, max: 4 }).map(String);
  return [
    record({ test, other: test, taken: block, elif: block, else: block }).map((p) => [
      `if ${p.test}:`,
      ...inside(p.taken),
      `elif ${p.other}:`,
      ...inside(p.elif),
      'else:',
      ...inside(p.else),
    ]),
    record({ numbers, block, test, end: constantFrom('break', 'continue') }).map((p) => [
      `for x in ${p.numbers}[:3]:`,
      `    if ${p.test}: ${p.end}`,
      ...inside(p.block),
      'else:',
      "    out.append('to the end')",
    ]),
    record({ small, block, test }).map((p) => [
      'rounds = 0',
      `while rounds < ${p.small}:`,
      '    rounds += 1',
      // A loop within counts for itself: one that set this count back would let this one never end.
      ...inside(p.block).map((each) => each.replaceAll('rounds', 'rounds_')),
      `    if ${p.test}: break`,
    ]),
    record({
      block,
      caught: block,
      last: block,
      type: constantFrom('ValueError', '(KeyError, IndexError)', 'Exception'),
    }).map((p) => [
      'try:',
      ...inside(p.block),
      `except ${p.type} as caught:`,
      '    out.append(told(caught))',
      ...inside(p.caught),
      'else:',
      "    out.append('fine')",
      'finally:',
      ...inside(p.last),
    ]),
    record({ test, a: text, b: text, c: text, arg: text, number }).map((p) => [
      "def f(s, n=1, *rest, tail='.', **more):",
      `    if ${p.test}:`,
      `        return ${p.a}`,
      '    for c in s:',
      `        if c == 'l': return ${p.b} + tail`,
      `    return ${p.c} + str(rest) + str(more)`,
      `out.append(f(${p.arg}, ${p.number}))`,
      `out.append(f(s=${p.arg}, tail='?', other=1))`,
      `out.append(f(*[${p.arg}, 2, 3], **{'k': 4}))`,
    ]),
    record({ number, small }).map((p) => [
      'def counter(start):',
      '    total = start',
      '    def add(by=1):',
      '        nonlocal total',
      '        total += by',
      '        return total',
      '    return add',
      `add = counter(${p.number})`,
      `out.append(str([add(), add(${p.small}), add()]))`,
    ]),
    record({ numbers, test, number }).map((p) => [
      'def some(values):',
      '    for x in values:',
      `        if x > ${p.number}:`,
      '            return',
      '        yield x',
      '        yield from [x, -x]',
      `made = some(${p.numbers})`,
      "out.append(str([next(made, 'none'), list(made), list(made)]))",
    ]),
    record({ texts, text }).map((p) => [
      'def grouped(words):',
      '    found = {}',
      '    for word in words:',
      '        found.setdefault(len(word), []).append(word)',
      '    return found',
      `out.append(str(grouped(${p.texts} + [${p.text}])))`,
    ]),
    record({ text, number }).map((p) => [
      'class Broken(ValueError):',
      '    def __init__(self, what, code):',
      '        super().__init__(what)',
      '        self.code = code',
      'try:',
      `    raise Broken(${p.text}, ${p.number})`,
      'except ValueError as broken:',
      '    out.append(str(broken) + str(broken.code) + repr(broken.args))',
    ]),
    record({ text, numbers }).map((p) => [
      'def shared(value, seen=[]):',
      '    seen.append(value)',
      '    return seen',
      `shared(${p.text})`,
      `out.append(str(shared(${p.numbers})))`,
    ]),
  ];
}

function inside(lines: readonly string[]): string[] {
  return lines.map((each) => `    ${each}`);
}

function indented(lines: readonly string[]): string {
  return inside(lines).join('\n');
}
