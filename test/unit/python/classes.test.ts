import { describe, expect, test } from 'vitest';
import { textOfX } from './text-of-x.ts';

const LAMP = [
  'class Lamp:',
  '    wattage = 5',
  '    def __init__(self, name, *others, lit=False, **more):',
  '        self.name = name',
  '        self.others = others',
  '        self.lit = lit',
  '        self.more = more',
  '    def label(self):',
  "        return '%s:%d' % (self.name, self.wattage)",
];

describe('classes', () => {
  test('instances hold attributes, methods are bound, class attributes are seen through them', () => {
    expect(textOfX([...LAMP, "x = Lamp('gull').label()"])).toBe('gull:5');
    expect(
      textOfX([
        ...LAMP,
        "lamp = Lamp('a', 1, 2, lit=True, oil=3)",
        'x = str([lamp.others, lamp.lit, lamp.more])',
      ]),
    ).toBe("[(1, 2), True, {'oil': 3}]");
  });

  test('super() goes on in the order of the instance’s class, not of the class that says it', () => {
    const chain = (name: string, base: string) => [
      `class ${name}(${base}):`,
      '    def f(self):',
      `        return '${name}' + super().f()`,
    ];
    const source = [
      'class A:',
      "    def f(self): return 'A'",
      ...chain('B', 'A'),
      ...chain('C', 'A'),
      ...chain('D', 'B, C'),
    ];
    expect(textOfX([...source, 'x = D().f()'])).toBe('DBCA');
  });

  test('properties, static and class methods', () => {
    const source = [
      'class Lamp:',
      '    made = 0',
      '    def __init__(self, name): self._name = name',
      '    @property',
      '    def name(self): return self._name.upper()',
      '    @name.setter',
      '    def name(self, value): self._name = value.strip()',
      '    @classmethod',
      "    def plain(cls): return cls('plain')",
      '    @staticmethod',
      '    def double(n): return 2 * n',
      "lamp = Lamp('gull')",
      "lamp.name = ' tern '",
      'x = str([lamp.name, Lamp.plain().name, Lamp.double(4), lamp.double(5)])',
    ];
    expect(textOfX(source)).toBe("['TERN', 'PLAIN', 8, 10]");
  });

  test('special methods decide over ==, <, in, len(), [], (), bool, + and how it is shown', () => {
    const source = [
      'class N:',
      '    def __init__(self, n): self.n = n',
      '    def __eq__(self, o): return self.n == o.n',
      '    def __hash__(self): return hash(self.n)',
      '    def __lt__(self, o): return self.n < o.n',
      '    def __contains__(self, i): return i < self.n',
      '    def __len__(self): return self.n',
      '    def __getitem__(self, i): return i * self.n',
      '    def __call__(self, *args): return len(args)',
      '    def __add__(self, o): return N(self.n + o.n)',
      "    def __repr__(self): return 'N%d' % self.n",
      'a, b = N(2), N(3)',
      'x = str([a == N(2), a != b, sorted([b, a]), 1 in a, len(b), a[4], a(7, 8), bool(N(0)), a + b, {a: 1}[N(2)]])',
    ];
    expect(textOfX(source)).toBe('[True, True, [N2, N3], True, 3, 8, 2, False, N5, 1]');
  });

  test('a class that is a dict, a list or a str works as one', () => {
    const source = [
      'class D(dict):',
      '    def __missing__(self, key): return key + "?"',
      'class S(str):',
      '    def shout(self): return self.upper() + "!"',
      "d = D({'a': 'b'}, c='d')",
      "x = ','.join([d['a'], d['q'], str(d), S('e').shout(), str(isinstance(d, dict)), type(d).__name__])",
    ];
    expect(textOfX(source)).toBe("b,q?,{'a': 'b', 'c': 'd'},E!,True,D");
  });

  test('exceptions of the program are caught by their class and carry what they were given', () => {
    const source = [
      'class Broken(ValueError):',
      '    def __init__(self, what, code):',
      '        super().__init__(what)',
      '        self.code = code',
      'def f():',
      '    try:',
      "        raise Broken('lamp', 3)",
      '    except KeyError:',
      "        return 'no'",
      '    except ValueError as error:',
      "        return '%s %d %r' % (error, error.code, error.args)",
      'x = f()',
    ];
    expect(textOfX(source)).toBe("lamp 3 ('lamp',)");
  });

  test('members of an IntEnum are numbers with a name', () => {
    const source = [
      'from enum import IntEnum',
      'class Version(IntEnum):',
      '    V4 = 4',
      '    V6 = 6',
      "x = str([Version.V4.name, Version(6).value, Version.V4 == 4, [v.name for v in Version], Version['V6'] is Version.V6])",
      "y = '{}'.format(Version.V6)",
    ];
    expect(textOfX(source)).toBe("['V4', 6, True, ['V4', 'V6'], True]");
    expect(textOfX([...source, 'x = y'])).toBe('6');
    expect(textOfX([...source, 'x = str(Version.V6)'])).toMatch(/depends on the version of Python/);
  });

  test('methods see the names around the class, not those in it', () => {
    const source = [
      "name = 'outer'",
      'class A:',
      "    name = 'inner'",
      '    copy = name',
      '    def f(self): return name',
      'x = A().f() + A.copy',
    ];
    expect(textOfX(source)).toBe('outerinner');
  });

  test('a statement of a class that can not be followed spoils only what it binds', () => {
    const source = ['import os', 'class A:', "    home = os.getenv('HOME')", "    kind = 'a'", 'x = A.kind'];
    expect(textOfX(source)).toBe('a');
    expect(textOfX([...source, 'x = A.home'])).toBe(
      'unknown: 3:12 the environment variable HOME of the generator',
    );
  });

  test('an instance that code could not be followed with is not known any more', () => {
    const source = [
      ...LAMP,
      'import os',
      'def rename(lamp):',
      "    if os.getenv('NAME'):",
      "        lamp.name = 'tern'",
      "lamp = Lamp('gull')",
      'rename(lamp)',
      'x = lamp.name',
    ];
    expect(textOfX(source)).toBe('unknown: 12:8 the environment variable NAME of the generator');
  });
});
