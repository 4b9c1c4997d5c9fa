import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { TracedText } from '../../../src/text/traced-text.ts';
import { checkOrigins } from '../../dcos-sources/check-origins.ts';
import { compareArguments } from '../../dcos-sources/compare-arguments.ts';
import { compareFiles } from '../../dcos-sources/compare-files.ts';
import { compareRenderings } from '../../dcos-sources/compare-renderings.ts';
import { compareSetters } from '../../dcos-sources/compare-setters.ts';
import { compareVerdict } from '../../dcos-sources/compare-verdict.ts';
import type { EvaluatedArgument, EvaluatedSetter } from '../../dcos-sources/evaluation.ts';
import { checkByHand, handChecked } from '../../dcos-sources/hand-checked.ts';
import { SourceTexts } from '../../dcos-sources/source-texts.ts';
import { rootWith } from '../../root-with.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const place = { file: 'gen/calc.py', line: 12, column: 1 };
const setter: EvaluatedSetter = {
  kind: 'function',
  function: 'calculate_lamp',
  parameters: ['wick', 'oil'],
  calledWith: new Map([
    ['wick', 'cotton'],
    ['oil', 'whale'],
  ]),
  isOptional: false,
  isUser: false,
  conditions: [['kind', 'oil']],
  place,
};
const lamp: EvaluatedArgument = {
  kind: 'value',
  text: TracedText.from('lit', { kind: 'input', name: 'lamp' }),
  setter,
};
const expectedSetter = {
  kind: 'function' as const,
  function: 'calculate_lamp',
  file: 'gen/calc.py',
  line: 12,
  parameters: ['oil', 'wick'],
  called_with: { oil: 'whale', wick: 'cotton' },
  is_optional: false,
  is_user: false,
  conditions: [['kind', 'oil'] as [string, string]],
};

describe('an argument', () => {
  const got = new Map([['lamp', lamp]]);

  test('that is the same is no difference', () => {
    expect(compareArguments('minimal', new Map([['lamp', 'lit']]), got)).toEqual({
      compared: 1,
      mismatches: [],
    });
  });

  test.each([
    ['another value', { lamp: 'out' }, 'out', 'lit'],
    ['one that Cutover does not need', { lamp: 'lit', oil: 'whale' }, 'whale', '(no such argument)'],
    ['one that the generator does not have', {}, '(no such argument)', 'lit'],
  ])('%s is a difference', (_title, expected, wanted, found) => {
    const { mismatches } = compareArguments('minimal', new Map(Object.entries(expected)), got);
    expect(mismatches).toMatchObject([
      { subject: 'argument', config: 'minimal', expected: wanted, got: found },
    ]);
  });

  test('without a value says why', () => {
    const none = new Map([['lamp', { kind: 'none' as const, reason: 'no oil' }]]);
    const { mismatches } = compareArguments('minimal', new Map([['lamp', 'lit']]), none);
    expect(mismatches).toMatchObject([{ expected: 'lit', got: '(none: no oil)' }]);
  });
});

describe('a setter', () => {
  const compare = (expected: Partial<typeof expectedSetter>) =>
    compareSetters(
      'rich',
      new Map([['lamp', { ...expectedSetter, ...expected }]]),
      new Map([['lamp', lamp]]),
    );

  test('is the same whatever the order of its parameters', () => {
    expect(compare({})).toEqual({ compared: 1, mismatches: [] });
  });

  test.each([
    ['function', { function: 'calculate_lantern' }],
    ['file', { file: 'gen/aws/calc.py' }],
    ['line', { line: 13 }],
    ['parameters', { parameters: ['oil'] }],
    ['called_with', { called_with: { oil: 'seal', wick: 'cotton' } }],
    ['is_optional', { is_optional: true }],
    ['is_user', { is_user: true }],
    ['conditions', { conditions: [] }],
  ])('with another %s is a difference', (fact, expected) => {
    const { mismatches } = compare(expected);
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]?.expected).toMatch(new RegExp(`^${fact}: `));
    expect(mismatches[0]?.got).toMatch(new RegExp(`^${fact}: `));
  });

  test('whose line the expectation does not know is compared by the rest', () => {
    const builtIn = { file: '(installer built-in)', function: 'calc', line: 1, parameters: ['kw'] };
    expect(compare(builtIn).mismatches).toEqual([]);
    expect(compare({ ...builtIn, is_optional: true }).mismatches).toHaveLength(1);
  });
});

describe('digests', () => {
  const text = TracedText.from('a: 1\n', { kind: 'input', name: 'lamp' });

  test('tell a raw template that differs', () => {
    const got = new Map([['lamp.yaml', { kind: 'rendered' as const, text }]]);
    const compare = (digest: string) => compareRenderings('rich', new Map([['lamp.yaml', digest]]), got);
    expect(compare(sha256('a: 1\n')).mismatches).toEqual([]);
    expect(compare(sha256('a: 2\n')).mismatches).toMatchObject([
      { subject: 'raw template', name: 'lamp.yaml' },
    ]);
  });

  test('tell a file by content, mode and presence', () => {
    const got = new Map([['lamp--1/etc/lamp', { content: 'lit\n', mode: '0o644' }]]);
    const same = { bytes: 4, mode: '0o644', sha256: sha256('lit\n') };
    const compare = (expected: Record<string, typeof same>) =>
      compareFiles('rich', new Map(Object.entries(expected)), got).mismatches;
    expect(compare({ 'lamp--1/etc/lamp': same })).toEqual([]);
    expect(compare({ 'lamp--1/etc/lamp': { ...same, mode: '0o600' } })).toHaveLength(1);
    expect(compare({ 'lamp--1/etc/lamp': { ...same, sha256: sha256('out\n') } })).toHaveLength(1);
    expect(compare({})).toMatchObject([{ expected: '(no such file)' }]);
    expect(compare({ 'lamp--1/etc/lamp': same, 'lamp--1/etc/oil': same })).toMatchObject([
      { got: '(no such file)' },
    ]);
  });
});

describe('the verdict on a broken config', () => {
  const said = { status: 'errors' as const, errors: { lamp: { message: 'no oil' } }, unset: ['wick'] };
  const got = { status: 'errors' as const, errors: new Map([['lamp', 'no oil']]), unset: ['wick'] };
  const differences = (...args: Parameters<typeof compareVerdict>) =>
    compareVerdict(...args).mismatches.length;

  test('is the same when names and message are', () => {
    expect(differences('dark', said, got)).toBe(0);
  });

  test('may show the keys of a mapping in another order', () => {
    const shown = (keys: string) => ({ ...said, errors: { lamp: { message: `not a text: {${keys}}` } } });
    const found = { ...got, errors: new Map([['lamp', "not a text: {'a': 1, 'b': 2}"]]) };
    expect(differences('dark', shown("'b': 2, 'a': 1"), found)).toBe(0);
    expect(differences('dark', shown("'b': 2, 'a': 3"), found)).toBe(1);
  });

  test.each([
    ['another message', { ...got, errors: new Map([['lamp', 'no wick']]) }],
    ['another name', { ...got, errors: new Map([['lantern', 'no oil']]) }],
    ['one more name', { ...got, errors: new Map([...got.errors, ['oil', 'none']]) }],
    ['nothing unset', { ...got, unset: [] }],
    ['acceptance', { status: 'ok' as const, notExamined: [] }],
    ['a defect of our own', { status: 'failed' as const, reason: 'no oil' }],
    ['a crash', { status: 'crash' as const, exception: 'ValueError', message: 'no oil' }],
  ])('%s is a difference', (_title, found) => {
    expect(differences('dark', said, found)).toBe(1);
  });

  test('is the same crash only at the same line', () => {
    const crash = { exception: 'ValueError', message: 'no oil', at: 'gen/calc.py:12' };
    const found = { status: 'crash' as const, exception: 'ValueError', message: 'no oil', at: place };
    expect(differences('dark', crash, found)).toBe(0);
    expect(differences('dark', { ...crash, at: 'gen/calc.py:1' }, found)).toBe(1);
    expect(differences('dark', { ...crash, exception: 'KeyError' }, found)).toBe(1);
    expect(differences('dark', { status: 'ok' }, found)).toBe(1);
  });
});

describe('origins', () => {
  const at = (line: number, column: number) => ({ file: '/gen/lamp.py', line, column });

  test('are counted, and places that a slice claims are read again', () => {
    const sources = new SourceTexts(rootWith({ 'gen/lamp.py': "oil = 'whale'\nwick = 'cotton'\n" }));
    const text = TracedText.concat([
      TracedText.literal('whale', at(1, 8)),
      TracedText.literal('cotton', at(2, 8)),
      TracedText.from('??', { kind: 'unknown', reason: 'no oil' }),
      TracedText.from('3', { kind: 'derived', rule: 'str(3)', place: at(1, 1) }),
      TracedText.from('4', { kind: 'derived', rule: 'str(4)', place: at(9, 1) }),
    ]);
    const counted = checkOrigins('rich', [{ name: 'etc/lamp', text }], sources);
    expect(counted).toMatchObject({ characters: 15, known: 13 });
    expect(counted.unknown).toMatchObject([{ name: 'etc/lamp', text: '??', reason: 'no oil' }]);
    expect(counted.mismatches).toMatchObject([
      { subject: 'origin', expected: '"cotton" at its place', got: '"\'cotto"', place: at(2, 8) },
      { subject: 'origin', expected: 'a place in the sources', got: 'no such place', place: at(9, 1) },
    ]);
  });

  test('of a hand-checked character are held against what was read', () => {
    const sample = (column: number, origin: Parameters<typeof checkByHand>[0][number]['origin']) => ({
      version: '1',
      config: 'rich',
      file: 'etc/lamp',
      line: 2,
      column,
      character: 'h',
      origin,
    });
    const text = TracedText.concat([
      TracedText.from('x\n', { kind: 'input', name: 'lamp' }),
      TracedText.literal('whale', at(1, 8)),
    ]);
    const contents = [{ name: 'etc/lamp', text }];
    const wrong = (...args: Parameters<typeof sample>) =>
      checkByHand([sample(...args)], contents).mismatches.length;
    const read = { kind: 'literal' as const, file: 'gen/lamp.py', line: 1 };
    expect(wrong(2, { ...read, column: 9 })).toBe(0);
    expect(wrong(2, read)).toBe(0);
    expect(wrong(2, { ...read, column: 8 })).toBe(1);
    expect(wrong(2, { ...read, kind: 'derived' })).toBe(1);
    expect(wrong(2, { kind: 'input', name: 'lamp' })).toBe(1);
    expect(wrong(3, { ...read, column: 9 })).toBe(1);
  });

  test('were read by hand for a hundred characters and more, of every run', () => {
    const { runs, samples } = handChecked();
    expect(
      new Set(samples.map((sample) => JSON.stringify({ ...sample, origin: 0 }))).size,
    ).toBeGreaterThanOrEqual(100);
    for (const { version, config } of runs) {
      const own = samples.filter((sample) => sample.version === version && sample.config === config);
      expect(own.length, `${version} ${config}`).toBeGreaterThanOrEqual(5);
    }
    expect(new Set(samples.map(({ origin }) => origin.kind))).toEqual(
      new Set(['literal', 'input', 'derived']),
    );
  });
});
