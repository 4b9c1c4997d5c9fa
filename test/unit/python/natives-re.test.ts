import { type Arbitrary, array, constantFrom, oneof, record, sample, string } from 'fast-check';
import { expect, test } from 'vitest';
import { differences, literal, ourOutcomes, ourText, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith([]);
const SOURCE = 'import re';

const atom = constantFrom(
  'a',
  'b',
  'é',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '[ab]',
  '[^a]',
  '[a-c1]',
  '\\.',
  '(a)',
  '(?:ab)',
  '(a|b)',
  '(?P<n>b)',
  '\\b',
  '^',
  '$',
  '(?=a)',
  '(?!b)',
  '(?<=a)',
  '\\Z',
  '[\\w-]',
  '-',
  '\\n',
  '\\W',
  '\\D',
  '[]a]',
);
const repetition = constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{2}', '{1,2}', '{0,}', '{,1}');
const pattern: Arbitrary<string> = array(
  oneof(
    record({ atom, repetition }).map(({ atom, repetition }) =>
      /^(?:\^|\$|\\[bZ])$/.test(atom) ? atom : atom + repetition,
    ),
    constantFrom('|', '(a*)(b)?', '(?:(a)|b)*'),
  ),
  { maxLength: 4 },
).map((parts) => (parts.filter((part) => part.includes('?P<n>')).length > 1 ? 'a' : parts.join('')));
const subject = string({
  unit: constantFrom('a', 'b', 'A', 'c', '1', ' ', '-', '.', '\n', 'é', '😀'),
  maxLength: 8,
});
const flags = constantFrom('0', '0', 're.I', 're.M', 're.S', 're.I | re.M', 're.A');

test.skipIf(version === undefined)(
  `patterns match, search, split and replace as in Python ${version}`,
  () => {
    const seed = Date.now() % 2 ** 31;
    const inputs = sample(record({ pattern, subject, flags }), { numRuns: 80, seed });
    const expressions = inputs.flatMap(({ pattern, subject, flags }) => {
      const [p, s] = [literal(pattern), literal(subject)];
      return [
        `[m and (m.group(), m.groups(), m.span()) for m in (re.match(${p}, ${s}, ${flags}), re.search(${p}, ${s}, ${flags}), re.fullmatch(${p}, ${s}, ${flags}))]`,
        `[re.findall(${p}, ${s}, ${flags}), [m.span() for m in re.finditer(${p}, ${s}, ${flags})]]`,
        `[re.split(${p}, ${s}, flags=${flags}), re.split(${p}, ${s}, 1)]`,
        `[re.sub(${p}, r'<\\g<0>>', ${s}, flags=${flags}), re.subn(${p}, lambda m: m.group().upper(), ${s}, 2)]`,
      ];
    });
    const found = differences(SOURCE, expressions, { mayBeUnknown: true });
    expect({ seed, differences: found.slice(0, 3) }).toEqual({ seed, differences: [] });
  },
);

test.skipIf(version === undefined)('what generators ask of patterns', () => {
  const expressions = [
    "re.match(r'([\\d\\.]+)(\\w+)', '10.5mins').groups()",
    "re.match(r'^(DENY|SAMEORIGIN|ALLOW-FROM[ \\t].+)$', 'allow-from x', re.IGNORECASE)",
    "[bool(re.compile(r'^\\d+(\\.\\d+)?(ns|us|µs|ms|s|m|h)$').search(t)) for t in ('1s', '1.5µs', '1', 's', '1.s', '1s\\n')]",
    "re.match('^[a-zA-Z0-9@_+][a-zA-Z0-9@._+\\-]*$', 'mesos--x')",
    "re.match(r'(?P<year>\\d{4})-(?P<month>\\d\\d)', '2016-06').groupdict()",
    "re.compile(r'''(?x) a  # first\n b''').match('ab').end()",
    "re.sub(r'(\\w+) (\\w+)', r'\\2 \\1', 'lamp beacon')",
    "re.match('a', 'b').group()",
    "re.match('(a)', 'a').group(2)",
    "re.match('a', None)",
    "re.escape('a.b*c-d e')",
    "(lambda m: [m.start(1), m.end('n'), m['n'], m.string, m.re.pattern, m.lastindex if False else 0])(re.search('x(?P<n>y)', 'axy'))",
  ];
  expect(differences(SOURCE, expressions)).toEqual([]);
});

test.each([
  ["re.match('(a+)+$', 'a' * 40 + 'b')", 'a regular expression takes too many steps'],
  ["re.match('(a|a)*$', 'a' * 40 + 'b')", 'a regular expression takes too many steps'],
  ["re.match('(.*)(.*)(.*)(.*)(.*)x', 'a' * 2000)", 'a regular expression takes too many steps'],
  ["re.match('(?:ab)*', 'ab' * 10000)", 'a regular expression repeats a group too often'],
  ["re.compile('(' * 3000)", "isn't followed: a pattern nested too deeply"],
  ["re.compile('a{2,1}')", "isn't followed: min repeat greater than max repeat"],
])('%s ends soon', (expression, reason) => {
  const [outcome] = ourOutcomes(SOURCE, [expression]);
  expect(outcome?.[0]).toBe('unknown');
  expect(outcome?.[1]).toContain(reason);
});

test('what a pattern finds keeps its place', () => {
  const source = "import re; S = 'lamp 10days'";
  const slices = ourText(source, "re.search(r'(\\d+)(\\w+)', S).group(2)").slices;
  expect(slices.map(({ text, origin }) => [text, origin])).toEqual([
    ['days', { kind: 'literal', place: { file: 'f.py', line: 1, column: 24 }, verbatim: true }],
  ]);
});
