import {
  type Arbitrary,
  array,
  constantFrom,
  double,
  integer,
  oneof,
  record,
  sample,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import { differences, literal, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith([]);

const word = string({ unit: constantFrom('a', 'b', "'", '"', '\\', 'é', '\n'), maxLength: 3 });
const scalar = oneof(
  word.map(literal),
  integer({ min: -20, max: 20 }).map(String),
  double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) =>
    Number.isInteger(value) ? `${value}.0` : String(value),
  ),
  constantFrom('True', 'False', 'None'),
);
const data: Arbitrary<string> = oneof(
  scalar,
  array(scalar, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  array(scalar, { maxLength: 3 }).map((items) => `(${items.map((item) => `${item}, `).join('')})`),
  array(record({ key: word, value: scalar }), { maxLength: 3 }).map(
    (items) => `{${items.map(({ key, value }) => `${literal(key)}: ${value}`).join(', ')}}`,
  ),
);
const numbers = array(integer({ min: -9, max: 9 }), { maxLength: 5 }).map((items) => `[${items.join(', ')}]`);

const FORMS: readonly ((p: {
  a: string;
  b: string;
  x: string;
  l: string;
  n: number;
  m: number;
  w: string;
}) => string)[] = [
  ({ a }) => `repr(${a})`,
  ({ a, b }) => `[${a}, {'k': (${b},)}]`,
  ({ l }) => `[sum(${l}), sorted(${l}), sorted(${l}, key=abs, reverse=True), list(reversed(${l}))]`,
  ({ l, n }) => `[min(${l} + [${n}]), max(${l}, default=${n}), max(${n}, 3, key=lambda x: -x)]`,
  ({ l }) => `min(${l})`,
  ({ l, n, m }) =>
    `[list(range(${n})), list(range(${n}, ${m})), list(range(${m}, ${n}, -2)), list(zip(${l}, 'abc'))]`,
  ({ l, n }) => `list(map(lambda x, y: x * y + ${n}, ${l}, range(9)))`,
  ({ l, a }) => `[any(${l}), all(${l}), list(filter(None, ${l})), list(enumerate(${l}, 2)), ${a} in ${l}]`,
  ({ n, m }) => `[divmod(${n}, ${m}), ${n} // ${m}, ${n} % ${m}, abs(${n}), pow(${n}, 2)]`,
  ({ x, n }) => `[abs(${x}), int(${x}), round(${n})]`,
  ({ n }) => `[hex(${n}), oct(${n}), bin(${n}), (${n}).bit_length(), bool(${n}), float(${n})]`,
  ({ n }) => `[chr(${n} + 97), ord(chr(${n} + 97))]`,
  ({ l, n }) => `(lambda x: [x.insert(${n}, 5), x])(${l})`,
  ({ l, n }) => `(lambda x: [x.pop(${n}), x])(${l})`,
  ({ l, n }) => `(lambda x: [x.remove(${n}), x])(${l})`,
  ({ l, n }) => `(${l}).index(${n})`,
  ({ l, n }) => `(lambda x: [x.reverse(), x.copy(), x.count(${n}), x.extend((1, 2)), x.clear() or x])(${l})`,
  ({ w, a, b }) =>
    `(lambda x: [x.pop(${w}, 'none'), x.setdefault('a', ${b}), x.update({'z': 1}, y=2), x])({${w}: ${a}})`,
  ({ w, a }) => `({${w}: ${a}}).pop('missing')`,
  ({ w, a }) => `({})[${w}, ${a} == 1]`,
  ({ w, a }) =>
    `[dict([(${w}, ${a})]), dict(a=${a}), dict.fromkeys('ab', ${a}), list(dict({${w}: 1}, q=2).items())]`,
  ({ w, a }) => `(lambda x: [x.popitem(), x])({'first': 1, ${w}: ${a}})`,
  ({ a }) => `dict([${a}])`,
  ({ w }) => `int(${w})`,
  ({ a }) => `len(${a})`,
  ({ a, b }) => `[${a} == ${b}, ${a} != ${b}, type(${a}).__name__, isinstance(${a}, (int, list))]`,
  ({ a }) => `[list(${a}), tuple(${a})]`,
  ({ w, a }) => `'{} {!r:>6} {0}'.format(${w}, ${a})`,
  ({ w, a }) => `[format(${w}, '<5'), '%s|%5r' % (${w}, ${a})]`,
];

test.skipIf(version === undefined)(
  `builtins, lists, dicts and what they raise are as in Python ${version}`,
  () => {
    const seed = Date.now() % 2 ** 31;
    const small = integer({ min: -5, max: 9 });
    const inputs = sample(
      record({
        a: data,
        b: data,
        x: double({ noNaN: true, min: -1e9, max: 1e9 }).map(
          (value) => `float(${JSON.stringify(String(value))})`,
        ),
        l: numbers,
        n: small,
        m: small,
        w: word.map(literal),
      }),
      { numRuns: 50, seed },
    );
    const expressions = inputs.flatMap((input) => FORMS.map((form) => form(input)));
    expect({ seed, differences: differences('', expressions).slice(0, 3) }).toEqual({
      seed,
      differences: [],
    });
  },
);

test.skipIf(version === undefined)('numbers in every spelling, and what is none', () => {
  const spelled = [
    '',
    ' 12 ',
    '+1',
    '-0',
    '1_000',
    '1__0',
    '_1',
    '0x1f',
    '0b11',
    '0o7',
    '010',
    '00',
    '١',
    '1.5',
    '1e3',
    '.5',
    '5.',
  ];
  const floats = ['inf', '-Infinity', 'nan', '1e400', '1_0.5', 'e5', '0x1', "it's"];
  const expressions = [...spelled, ...floats].flatMap((text) => [
    `int(${literal(text)})`,
    `int(${literal(text)}, 0)`,
    `int(${literal(text)}, 16)`,
    `float(${literal(text)})`,
  ]);
  const rounded = [0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e16, 0.1].flatMap((x) => [
    `round(${x})`,
    `round(${x}, 3)`,
    `int(${x})`,
  ]);
  expect(
    differences(
      '',
      [...expressions, ...rounded, 'int(1e300) > 0', "int(float('inf'))", "int(float('nan'))", 'int("5", 1)'],
      {
        mayBeUnknown: true,
      },
    ),
  ).toEqual([]);
});

test.each([
  ["'a' * 2000000", 'a text of more than 1000000 characters'],
  ["'a'.rjust(10**9)", 'a text of more than 1000000 characters'],
  ["('lamp' * 20000).join(['y' * 20000] * 20)", 'a text of more than 1000000 characters'],
  ["'x'.join(['y' * 20000] * 200000)", 'a list of more than 100000 items'],
  ["('\\t' * 1000).expandtabs(10**6)", 'a text of more than 1000000 characters'],
  ['list(range(10**9))', 'a list of more than 100000 items'],
  ['sum(range(10**7))', 'a list of more than 100000 items'],
  ['[0] * 10**7', 'a list of more than 100000 items'],
  ["int('9' * 1000)", 'an integer of more than 77 digits'],
])('%s is given up before the work is done', (expression, reason) => {
  const module = evaluateModule('lamp.py', `x = ${expression}\n`, {});
  expect(module.global('x')).toMatchObject({ kind: 'unknown', reason });
  expect(module.stepsSpent()).toBeLessThan(100_000);
});
