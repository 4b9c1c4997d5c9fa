import { constantFrom, integer, option, record, sample, string } from 'fast-check';
import { expect, test } from 'vitest';
import { differences, literal, ourText, ourTexts, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith([]);

const unit = constantFrom(
  'a',
  'b',
  'B',
  'z',
  ' ',
  ' ',
  '\n',
  '\t',
  '-',
  '+',
  '0',
  '7',
  '.',
  'é',
  'ß',
  '€',
  '😀',
  '\x1c',
  '\r',
);
const text = string({ unit, maxLength: 10 });
const part = string({ unit, maxLength: 2 });

const METHODS: readonly ((p: {
  s: string;
  t: string;
  u: string;
  n: number;
  m: string;
  k: string;
}) => string)[] = [
  ({ s, t }) =>
    `[${s}.find(${t}), ${s}.rfind(${t}), ${s}.count(${t}), ${s}.partition(${t} or 'b'), ${s}.rpartition(${t} or 'b')]`,
  ({ s, t, m, k }) =>
    `[${s}.find(${t}, ${m}, ${k}), ${s}.rfind(${t}, ${m}, ${k}), ${s}.count(${t}, ${m}, ${k})]`,
  ({ s, t, m, k }) =>
    `[${s}.startswith(${t}, ${m}, ${k}), ${s}.endswith(${t}, ${m}, ${k}), ${s}.startswith((${t}, 'a'))]`,
  ({ s, t }) => `${s}.index(${t})`,
  ({ s, t }) => `${s}.rindex(${t}, 1)`,
  ({ s, t }) => `${s}.partition(${t})`,
  ({ s, t, u, n }) => `[${s}.replace(${t}, ${u}), ${s}.replace(${t}, ${u}, ${n})]`,
  ({ s, n }) => `[${s}.split(), ${s}.split(None, ${n}), ${s}.rsplit(None, ${n}), ${s}.split(maxsplit=${n})]`,
  ({ s, t, n }) => `[${s}.split(${t}, ${n}), ${s}.rsplit(${t}, ${n}), ${s}.rsplit(${t})]`,
  ({ s }) => `[${s}.splitlines(), ${s}.splitlines(True)]`,
  ({ s, n }) => `[${s}.ljust(${n}), ${s}.rjust(${n}, '*'), ${s}.center(${n}, '-'), ${s}.zfill(${n})]`,
  ({ s, t }) => `${s}.center(9, ${t})`,
  ({ s, n }) => `[${s}.expandtabs(), ${s}.expandtabs(${n})]`,
  ({ s, t }) =>
    `[${s}.removeprefix(${t}), ${s}.removesuffix(${t}), ${s}.strip(), ${s}.lstrip('ab '), ${s}.rstrip('.0')]`,
  ({ s }) => `[${s}.isspace(), ${s}.isascii(), ${s}.isalpha()]`,
  ({ s }) => `[${s}.lower(), ${s}.upper()]`,
  ({ s }) => `[${s}.title(), ${s}.capitalize(), ${s}.swapcase(), ${s}.casefold()]`,
  ({ s }) =>
    `[${s}.isdigit(), ${s}.isalnum(), ${s}.isnumeric(), ${s}.isdecimal(), ${s}.isidentifier(), ${s}.islower(), ${s}.isupper(), ${s}.istitle(), ${s}.isprintable()]`,
  ({ s, t }) => `${s}.translate(str.maketrans('ab', 'é😀', ${t}))`,
  ({ s, t, u }) => `${s}.join([${t}, ${u}, ${s}])`,
  ({ s }) =>
    `[${s}.encode('utf-8'), ${s}.encode().decode('utf-8'), len(${s}.encode()), bytes(${s}, 'utf-8')[:3]]`,
  ({ s }) => `${s}.encode('ascii')`,
  ({ s, n }) => `int(${s}, ${n})`,
  ({ s }) => `float(${s})`,
  ({ s }) => `[repr(${s}), ord(${s}[0])]`,
  ({ s, t }) => `{'k': ${s}}['k'] + ''.join(sorted(${t})) + ''.join(reversed(${s}))`,
];

test.skipIf(version === undefined)(
  `the methods of str and bytes give what they give in Python ${version}`,
  () => {
    const seed = Date.now() % 2 ** 31;
    const bound = option(integer({ min: -6, max: 12 })).map((value) =>
      value === null ? 'None' : String(value),
    );
    const inputs = sample(
      record({ s: text, t: part, u: part, n: integer({ min: -2, max: 14 }), m: bound, k: bound }),
      {
        numRuns: 60,
        seed,
      },
    );
    const expressions = inputs.flatMap((input) =>
      METHODS.map((form) =>
        form({ ...input, s: literal(input.s), t: literal(input.t), u: literal(input.u) }),
      ),
    );
    const found = differences('', expressions, { mayBeUnknown: true });
    expect({ seed, differences: found.slice(0, 3) }).toEqual({ seed, differences: [] });
  },
);

test('for plain texts nothing is given up', () => {
  const [s, t, u] = ["'Ab b-7.'", "'b'", "'x'"];
  const expressions = METHODS.map((form) => form({ s, t, u, n: 3, m: '0', k: '4' }));
  const unknown = ourTexts('', expressions).filter(
    (outcome) => !('slices' in outcome) && outcome[0] === 'unknown',
  );
  expect(unknown).toEqual([]);
});

/** What stands at the places that the slices of `text` name, when each slice is of the source's first line. */
function reread(expression: string): string {
  const source = "S = 'lamp,\\tBeacon harbour'; P = 'é-'";
  return ourText(source, expression)
    .slices.map(({ text, origin }) => {
      if (origin.kind !== 'literal' || origin.place.line !== 1) return `<${text}>`;
      const spelled = source.slice(origin.place.column - 1);
      return origin.verbatim && spelled.startsWith(text) ? text : `(${text}←${spelled.charAt(0)})`;
    })
    .join('|');
}

test.each([
  ["S.rsplit(' ', 1)[1].upper()", '(H←h)|(A←a)|(R←r)|(B←b)|(O←o)|(U←u)|(R←r)'],
  ['S.partition(",")[0].center(10)', '< >|< >|< >|lamp|< >|< >|< >'],
  ['S[:4].rjust(6, P[1])', '-|-|lamp'],
  ["S.splitlines()[0].expandtabs(4).replace(' ', P)", 'lamp,|é-|é-|é-|Beacon|é-|harbour'],
  ["S[6:12].translate({66: 'P', 110: None})", '<P>|eaco'],
  ["(P + S[:4]).encode('utf-8').decode('utf-8')", '(é←é)|-|lamp'],
  ["S[:4].join(['<', '>'])", '<<>|lamp|<>>'],
])('%s keeps the places of what stays: %s', (expression, expected) => {
  expect(reread(expression)).toBe(expected);
});
