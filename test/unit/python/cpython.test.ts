import { spawnSync } from 'node:child_process';
import {
  type Arbitrary,
  array,
  constantFrom,
  dictionary,
  integer,
  oneof,
  record,
  sample,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import type { PyValue } from '../../../src/formats/python/value.ts';

/** Prints, for each expression of a JSON list, its `str()` or the exception that it raises. */
const EVALUATE = `
import json, sys, textwrap
from math import floor
try:
    import yaml
except ImportError:
    yaml = None

def outcome(expression):
    if yaml is None and 'yaml' in expression:
        return None
    try:
        return ['value', str(eval(expression))]
    except Exception as error:
        return ['raised', type(error).__name__]

json.dump([outcome(expression) for expression in json.load(sys.stdin)], sys.stdout)
`;

const version = spawnSync('python3', ['--version'], { encoding: 'utf8' });
const hasPython = version.status === 0;
const title = hasPython
  ? `strings, lists, numbers and JSON come out as in ${version.stdout.trim()}`
  : 'SKIPPED: without python3 nothing compares our Python with CPython';

if (!hasPython) console.warn(title);

test.skipIf(!hasPython)(title, () => {
  const seed = Date.now() % 2 ** 31;
  const expressions = sample(expression(), { numRuns: 2000, seed });
  const { stdout, stderr } = spawnSync('python3', ['-c', EVALUATE], {
    input: JSON.stringify(expressions),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stderr).toBe('');
  const theirs: unknown = JSON.parse(stdout);
  if (!Array.isArray(theirs)) throw new Error('python3 printed no list');
  const differences = expressions.flatMap((expression, index) => {
    const their: unknown = theirs[index];
    const our = evaluated(expression);
    return their === null || JSON.stringify(our) === JSON.stringify(their)
      ? []
      : [{ seed, expression, our, their }];
  });
  expect(differences.slice(0, 5)).toEqual([]);
});

function evaluated(expression: string): readonly [string, string] {
  const source = `import json, textwrap, yaml\nfrom math import floor\ndef f():\n    return str(${expression})\n`;
  const module = evaluateModule('f.py', source, {});
  const f = module.global('f');
  if (f?.kind !== 'function') return ['fault', JSON.stringify(f)];
  const result = module.call(f, new Map());
  if (result.kind === 'raised') return ['raised', result.type.replace(/^json\./, '')];
  return shown(result.value);
}

function shown(value: PyValue): readonly [string, string] {
  if (value.kind === 'str') return ['value', value.text.toString()];
  return [value.kind, value.kind === 'unknown' ? value.reason : ''];
}

/** Characters that are special to somebody. */
const character = constantFrom(
  'a',
  'b',
  'B',
  '/',
  ',',
  ' ',
  ' ',
  '\n',
  '\t',
  "'",
  '"',
  '\\',
  '{',
  'é',
  '€',
  '😀',
  '\x1c',
  '\x7f',
);
const text = string({ unit: character, maxLength: 8 });
const separator = string({ unit: character, minLength: 1, maxLength: 2 });
const plain = string({
  unit: constantFrom('a', 'Z', ' ', '-', '\n', '\n', "'", '"', '\\', '\t', 'é', ':'),
  maxLength: 300,
});
const small = integer({ min: -4, max: 9 });
const literal = (value: string) => JSON.stringify(value);
const list = array(text, { maxLength: 4 }).map((items) => `[${items.map(literal).join(', ')}]`);

/** Python source of a value of JSON's kinds. */
const data: Arbitrary<string> = oneof(
  { maxDepth: 3 },
  text.map(literal),
  integer().map(String),
  constantFrom('True', 'False', 'None', '1.5', '-0.0', '1e-7', '3e20'),
  array(text.map(literal), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  dictionary(text, oneof(text.map(literal), list), { maxKeys: 3 }).map(
    (value) =>
      `{${Object.entries(value)
        .map(([key, inner]) => `${literal(key)}: ${inner}`)
        .join(', ')}}`,
  ),
);

function expression(): Arbitrary<string> {
  const parts = record({
    s: text.map(literal),
    t: text.map(literal),
    sep: separator.map(literal),
    n: small,
    m: small,
    list,
    data,
  });
  const forms: ((p: {
    s: string;
    t: string;
    sep: string;
    n: number;
    m: number;
    list: string;
    data: string;
  }) => string)[] = [
    ({ sep, list }) => `${sep}.join(${list})`,
    ({ s, t, sep }) => `${s}.replace(${sep}, ${t})`,
    ({ s, t, sep, n }) => `${s}.replace(${sep}, ${t}, ${n})`,
    ({ s, sep }) => `${s}.split(${sep})`,
    ({ s, sep, n }) => `${s}.split(${sep}, ${n})`,
    ({ s }) => `${s}.split()`,
    ({ s, n }) => `${s}.split(None, ${n})`,
    ({ s }) => `[${s}.strip(), ${s}.lstrip(), ${s}.rstrip()]`,
    ({ s }) => `${s}.strip('a ,')`,
    ({ s, sep }) => `${s}.rpartition(${sep})`,
    ({ s, sep }) =>
      `[${s}.startswith(${sep}), ${s}.endswith((${sep}, 'a')), ${sep} in ${s}, ${s}.count(${sep})]`,
    ({ s, t, n }) => `'%s-%d%%%r' % (${s}, ${n}, ${t})`,
    ({ s, t, n }) => `'{}{{{}}} {}'.format(${s}, ${t}, ${n})`,
    ({ s, t, n }) => `'{1}{name}{0}'.format(${s}, ${n}, name=${t})`,
    ({ data }) => `json.dumps(${data})`,
    ({ data, s }) => `json.dumps({"z": ${data}, ${s}: [${data}, {}]}, indent=2, sort_keys=True)`,
    ({ data }) => `json.dumps([${data}], separators=(',', ':'), ensure_ascii=False)`,
    ({ data }) => `json.loads(json.dumps([${data}], indent=1))`,
    ({ s }) => `json.loads(${s})`,
    ({ s, t }) => `textwrap.indent(${s}, ${t})`,
    ({ s, n, m }) => `[${s}[${n}:${m}], ${s}[${n}:], ${s}[:${m}]]`,
    ({ s, n }) => `${s}[${n}]`,
    ({ s, t, n }) => `${s} + ${t} * ${n}`,
    ({ s }) => `len(${s})`,
    ({ list }) => `sorted(${list}, key=len, reverse=True)`,
    ({ list, s }) => `[sorted(${list}), list(enumerate(${list}, 1)), ${list}.count(${s}), ${s} in ${list}]`,
    ({ list }) => `['%d:%s' % (i + 1, m) for i, m in enumerate(sorted(${list})) if m]`,
    ({ s, t }) => `[${s} < ${t}, ${s} == ${t}, ${s} >= ${t}, ${s} and ${t}, ${s} or ${t}, not ${s}]`,
    ({ n, m }) => `[${n} / ${m}, floor(${n} / ${m}), ${n} // ${m}, ${n} % ${m}]`,
    ({ n, m }) => `[${n} < ${m} < 5, ${n} == ${m}.0, -${m} * ${n} - 2, str(${n}), int('${n}')]`,
    ({ s }) => `int(${s})`,
    ({ data }) => `[type(${data}).__name__, isinstance(${data}, (str, dict)), bool(${data})]`,
    ({ data, s }) => `({${s}: ${data}}).get(${s}, 1)`,
    ({ s }) => `({'a': 1})[${s}]`,
    ({ list }) => `[list(map(len, ${list})), list(filter(None, ${list})), any(${list}), all(${list})]`,
  ];
  const yamlDump = plain.map((value) => `yaml.dump(${literal(`#!${value}\n`)})`);
  return oneof(...forms.map((form) => parts.map(form)), yamlDump, yamlDump, yamlDump);
}
