import { type Arbitrary, constantFrom, json, oneof, record, sample, string } from 'fast-check';
import { expect, test } from 'vitest';
import { differences, literal, ourOutcomes, ourText, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith([]);
const SOURCE = `
import json

def error_of(text):
    try:
        return repr(json.loads(text))
    except json.JSONDecodeError as error:
        return [str(error), error.msg, error.pos, error.lineno, error.colno, error.args[0], error.doc]
    except ValueError as error:
        return ['ValueError', str(error)]
`;

const token = constantFrom(
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '"',
  '"\\u00e9"',
  '"\\ud83d\\ude00"',
  '"\\ud83d"',
  '"\\u12"',
  '"\\x"',

  '1',
  '-',
  '-0',
  '01',
  '1.5',
  '1.',
  '1e5',
  '1e',
  'true',
  'tru',
  'null',
  'NaN',
  '-Infinity',
  ' ',
  '\n',
  '\t',
  'é',
  '😀',
  '\ufeff',
  "'",
  '"a\nb"',
  '\\',
  '"b\\\\"',
);
const broken: Arbitrary<string> = oneof(
  string({ unit: token, maxLength: 7 }),
  record({ text: json(), token, at: constantFrom(0, 0.2, 0.5, 0.9) }).map(({ text, token, at }) => {
    const cut = Math.floor(text.length * at);
    return text.slice(0, cut) + token + text.slice(cut);
  }),
  record({ text: json(), at: constantFrom(0.3, 0.6, 0.9) }).map(({ text, at }) =>
    text.slice(0, Math.ceil(text.length * at)),
  ),
);

test.skipIf(version === undefined)(`json.loads says what is wrong as Python ${version} does`, () => {
  const seed = Date.now() % 2 ** 31;
  const expressions = sample(broken, { numRuns: 800, seed }).map((text) => `error_of(${literal(text)})`);
  const found = differences(SOURCE, expressions, { mayBeUnknown: true });
  expect({ seed, differences: found.slice(0, 3) }).toEqual({ seed, differences: [] });
});

test.skipIf(version === undefined)(`json.dumps writes what Python ${version} writes`, () => {
  const seed = Date.now() % 2 ** 31;
  const options = constantFrom(
    '',
    'indent=2',
    "indent='\\t'",
    'sort_keys=True',
    "separators=(',', ':')",
    'ensure_ascii=False',
    'indent=0',

    "indent=1, separators=(', ', ' = '), sort_keys=True",
    'default=str',
    'skipkeys=True',
    'allow_nan=False',
  );
  const python = (text: string) => `json.loads(${literal(text)})`;
  const expressions = sample(record({ text: json(), options }), { numRuns: 400, seed }).map(
    ({ text, options }) => `json.dumps(${python(text)}${options === '' ? '' : `, ${options}`})`,
  );
  const fixed = [
    'json.dumps({1: 2, None: 3, True: 4, 1.5: 5, "k": (1, [])})',
    'json.dumps({(1, 2): 3})',
    'json.dumps({(1, 2): 3, "a": 1}, skipkeys=True)',
    'json.dumps({"b": 1, 2: 3}, sort_keys=True)',
    'json.dumps([float("nan"), float("inf"), -float("inf"), 1e22, 1e-7])',
    'json.dumps(float("nan"), allow_nan=False)',
    'json.dumps({1, 2}, default=sorted)',
    'json.dumps(b"x")',
    'json.dumps("\\ud83d\\u2028/\\x7f")',
    'json.loads(None)',
    'json.loads("[1, 2]", object_pairs_hook=list)',
    'json.loads(\'{"a": {"b": 1}, "a": 2}\', object_pairs_hook=list)',
  ];
  const found = differences(SOURCE, [...expressions, ...fixed]);
  expect({ seed, differences: found.slice(0, 3) }).toEqual({ seed, differences: [] });
});

test('decoding and encoding again keeps the place of every character', () => {
  const source = `import json\nC = '{"lamp": ["a\\\\u0062c", 1]}'`;
  const slices = ourText(source, 'json.dumps(json.loads(C))').slices.map(({ text, origin }) =>
    origin.kind === 'literal' && origin.place.line === 2
      ? [text, origin.place.column, origin.verbatim]
      : [text, origin.kind],
  );
  expect(slices).toEqual([
    ['{', 'derived'],
    ['"', 'derived'],
    ['lamp', 8, true],
    ['"', 'derived'],
    [': ', 'derived'],
    ['[', 'derived'],
    ['"', 'derived'],
    ['a', 17, true],
    ['b', 18, false],
    ['c', 25, true],
    ['"', 'derived'],
    [', ', 'derived'],
    ['1', 'derived'],
    [']', 'derived'],
    ['}', 'derived'],
  ]);
});

test('JSON nested without an end, and of numbers without an end, is given up', () => {
  const outcomes = ourOutcomes('import json', ["json.loads('[' * 40000)", "json.loads('9' * 40000)"]);
  expect(outcomes).toEqual([
    ['unknown', 'JSON nested more than 200 deep: Python may run out of its stack'],
    ['unknown', 'an integer of more than 100 digits'],
  ]);
});
