import {
  type Arbitrary,
  array,
  boolean,
  constantFrom,
  dictionary,
  integer,
  oneof,
  option,
  record,
  sample,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import { differences, literal, ourOutcomes, ourText, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith(['yaml']);

const word = constantFrom(
  'a',
  'yes',
  'No',
  '~',
  'null',
  '1',
  '0x1f',
  '1.5',
  '1e3',
  '12:30',
  '2001-01-02',
  '-',
  '?',
  ':',
  '#',
  '<<',
  '=',
  '---',
  '...',
  '.inf',
  '+1',
  '0b11',
  '1_000',
  'true',
  '*',
  '&',
  '!',
  '%',
  '@',
  '`',
);
const words = array(word, { maxLength: 3 }).map((parts) => parts.join(''));
const marks = string({
  unit: constantFrom(
    'a',
    'B',
    ' ',
    ' ',
    '\n',
    '-',
    ':',
    '#',
    "'",
    '"',
    ',',
    '[',
    '{',
    '?',
    '\\',
    '\t',
    'é',
    '\x85',
    '\u2028',
    '😀',
    '\ufeff',
    '\x00',
    '0',
    '.',
  ),
  maxLength: 12,
});
/** Long enough to be folded. */
const prose = string({
  unit: constantFrom('a', 'bc', ' ', ' ', 'lorem', 'ipsum', '  ', '\n', "'", 'é', '"', '\\', '\n '),
  minLength: 10,
  maxLength: 60,
});
const sentence = array(constantFrom('lamp', 'beacon', 'of', 'the', "o'er", 'harbour'), {
  minLength: 10,
  maxLength: 50,
}).map((parts) => parts.join(' '));
const text = oneof(words, marks, prose, sentence, marks, constantFrom('', ' ', '\n', 'a\n', ' a\n\n'));

const data: Arbitrary<string> = oneof(
  { maxDepth: 4 },
  text.map(literal),
  integer().map(String),
  constantFrom('True', 'False', 'None', '1.5', '-0.0', '1e-7', '3e20', "float('inf')", '1.0'),
  array(oneof(text.map(literal), integer().map(String)), { maxLength: 3 }).map(
    (items) => `[${items.join(', ')}]`,
  ),
);

function nested(depth: number): Arbitrary<string> {
  if (depth === 0) return data;
  const inner = nested(depth - 1);
  return oneof(
    data,
    array(inner, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    dictionary(text, inner, { maxKeys: 4 }).map(
      (value) =>
        `{${Object.entries(value)
          .map(([key, item]) => `${literal(key)}: ${item}`)
          .join(', ')}}`,
    ),
    dictionary(constantFrom('1', '20', '-3'), inner, { maxKeys: 3 }).map(
      (value) =>
        `{${Object.entries(value)
          .map(([key, item]) => `${key}: ${item}`)
          .join(', ')}}`,
    ),
  );
}

const options = record({
  flow: constantFrom('False', 'None', 'True', 'False'),
  style: option(constantFrom("'|'", "'\"'", '"\'"')),
  indent: option(integer({ min: 0, max: 12 })),
  width: option(integer({ min: 0, max: 100 })),
  unicode: option(boolean()),
  sort: option(boolean()),
}).map(({ flow, style, indent, width, unicode, sort }) =>
  [
    `default_flow_style=${flow}`,
    ...(style === null ? [] : [`default_style=${style}`]),
    ...(indent === null ? [] : [`indent=${indent}`]),
    ...(width === null ? [] : [`width=${width}`]),
    ...(unicode === null ? [] : [`allow_unicode=${unicode ? 'True' : 'False'}`]),
    ...(sort === null ? [] : [`sort_keys=${sort ? 'True' : 'False'}`]),
  ].join(', '),
);

test.skipIf(version === undefined)(
  `yaml.dump lays texts and nested values out as PyYAML does (Python ${version})`,
  () => {
    const seed = Date.now() % 2 ** 31;
    const expressions = sample(
      oneof(
        text.map((value) => `yaml.dump(${literal(value)})`),
        nested(2).map((value) => `yaml.dump(${value}, default_flow_style=False)`),
        record({ value: nested(2), options }).map(({ value, options }) => `yaml.dump(${value}, ${options})`),
        nested(1).map((value) => `yaml.safe_dump((${value}, [${value}]), default_flow_style=None)`),
        nested(1).map(
          (value) => `(lambda x: yaml.dump([x, {'again': x}, x], default_flow_style=False))(${value})`,
        ),
      ),
      { numRuns: 1200, seed },
    );
    expect({ seed, differences: differences('import yaml', expressions).slice(0, 3) }).toEqual({
      seed,
      differences: [],
    });
  },
);

test('a dumped text keeps the place of every character, also where a line is folded or escaped', () => {
  const source = `import yaml\nSCRIPT = 'set -e  ${'echo lamp '.repeat(12).trimEnd()}\\n'`;
  const dumped = ourText(source, 'yaml.dump(SCRIPT)');
  const column = source.indexOf("'set") - source.indexOf('SCRIPT') + 2;
  expect(dumped.slices.map(({ text, origin }) => [text, origin.kind])).toEqual([
    ["'", 'derived'],
    [`set -e  ${'echo lamp '.repeat(7)}echo`, 'literal'],
    ['\n  ', 'literal'],
    [`lamp ${'echo lamp '.repeat(4).trimEnd()}`, 'literal'],
    ['\n', 'derived'],
    ['\n', 'literal'],
    ['  ', 'derived'],
    ["'", 'derived'],
    ['\n', 'derived'],
  ]);
  const [, first, blank, second] = dumped.slices;
  expect(first?.origin).toMatchObject({ place: { line: 2, column }, verbatim: true });
  expect(blank?.origin).toMatchObject({ place: { line: 2, column: column + 82 }, verbatim: false });
  expect(second?.origin).toMatchObject({ place: { line: 2, column: column + 83 }, verbatim: true });
});

test('what PyYAML lays out in one way before 5.1 and in another since is unknown without default_flow_style', () => {
  expect(ourOutcomes('import yaml', ["yaml.dump({'lamps': [1, 2]})"])).toEqual([
    ['unknown', 'yaml.dump() without default_flow_style: PyYAML before 5.1 and since lay it out differently'],
  ]);
});
