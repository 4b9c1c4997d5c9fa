import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hopsOf } from '../../text/hop.ts';
import { TracedText } from '../../text/traced-text.ts';
import { type EvaluatedModule, evaluateModule } from './evaluate-module.ts';
import type { Inputs } from './interpreter.ts';
import type { PyValue } from './value.ts';

function evaluate(source: string, inputs: Inputs = {}): EvaluatedModule {
  return evaluateModule('calc.py', source, inputs);
}

/** The way of each slice: text, where it was written, then its hops from the outermost inward. */
function waysOf(value: PyValue | undefined): string[] {
  if (value?.kind !== 'str') throw new Error(`not a string: ${JSON.stringify(value)}`);
  return value.text.slices.map(({ text, origin, via }) => {
    const { place } = origin;
    const hops = hopsOf(via).map((hop) => ` < ${hop.kind} ${hop.name}:${hop.place.line} ${hop.text}`);
    return `${text} ${origin.kind}:${place?.line}:${place?.column}${hops.join('')}`;
  });
}

function shown(value: PyValue | undefined): string {
  if (value?.kind === 'str') return value.text.toString();
  return value?.kind === 'unknown'
    ? `${value.place.line}:${value.place.column} ${value.reason}`
    : `${value?.kind}`;
}

describe('where characters come from', () => {
  test('through constants, lists and join, down to the literals', () => {
    const module = evaluate(
      [
        "isolator = 'com_mesosphere_StatsIsolatorModule'",
        'defaults = [',
        "    'cgroups/cpu',",
        ']',
        "entry = {'isolation': ','.join(defaults + [",
        '    isolator])}',
      ].join('\n'),
    );
    const entry = module.global('entry');
    if (entry?.kind !== 'dict') throw new Error('no dict');
    const [isolation] = entry.cell.entries.values();
    expect(waysOf(isolation?.value)).toEqual([
      'cgroups/cpu literal:3:6 < constant defaults:2 defaults = [',
      ', literal:5:24',
      "com_mesosphere_StatsIsolatorModule literal:1:13 < constant isolator:1 isolator = 'com_mesosphere_StatsIsolatorModule'",
    ]);
    expect(isolation?.written).toEqual({
      place: { file: 'calc.py', line: 5, column: 23 },
      text: "','.join(defaults + [isolator])",
    });
  });

  test('through a function: the return that made it; what json.dumps adds is derived', () => {
    const module = evaluate(
      ['import json', 'def dump(name):', '    return json.dumps([name])', "modules = dump('a\\nb')"].join(
        '\n',
      ),
    );
    const hop = ' < function dump:3 return json.dumps([name])';
    expect(waysOf(module.global('modules'))).toEqual([
      `[ derived:3:12${hop}`,
      `" derived:3:12${hop}`,
      `a literal:4:17${hop}`,
      `\\n literal:4:18${hop}`,
      `b literal:4:20${hop}`,
      `" derived:3:12${hop}`,
      `] derived:3:12${hop}`,
    ]);
  });

  test('a list is one object for all its names, and what is taken out by a name came by it', () => {
    const module = evaluate(
      ["one = ['a']", 'other = one', "one.append('b')", 'second = other[1]'].join('\n'),
    );
    expect(waysOf(module.global('second'))).toEqual([
      "b literal:3:13 < constant other:2 other = one < constant one:1 one = ['a']",
    ]);
  });
});

describe('what the program asks of the outside', () => {
  const source = [
    'import os',
    'from subprocess import check_output',
    "variant = os.getenv('BOOTSTRAP_VARIANT', 'none')",
    "commit = os.getenv('DCOS_IMAGE_COMMIT') or 'unset'",
    "head = check_output(['git', 'rev-parse', 'HEAD']).decode('utf-8').strip()",
    "script = open('ip-detect').read()",
    "exists = os.path.exists('ip-detect')",
    "after = 'still here'",
  ].join('\n');

  test('is an input where the caller gives it', () => {
    const module = evaluate(source, {
      environmentVariable: (name) =>
        name === 'DCOS_IMAGE_COMMIT' ? TracedText.from('41b52e1', { kind: 'input', name }) : null,
      fileContent: (name) => TracedText.from('#!/bin/sh\n', { kind: 'input', name }),
    });
    expect(shown(module.global('variant'))).toBe('none');
    expect(waysOf(module.global('commit'))).toEqual(['41b52e1 input:undefined:undefined']);
    expect(shown(module.global('script'))).toBe('#!/bin/sh\n');
    expect(module.global('exists')).toEqual({ kind: 'bool', value: true });
  });

  test('is unknown otherwise, with the reason and the place, and evaluation goes on around it', () => {
    const module = evaluate(source);
    expect(shown(module.global('variant'))).toBe(
      '3:11 the environment variable BOOTSTRAP_VARIANT of the generator',
    );
    expect(shown(module.global('head'))).toBe('5:8 the output of git rev-parse HEAD where the generator ran');
    expect(shown(module.global('script'))).toBe('6:10 the file ip-detect of the generator');
    expect(shown(module.global('after'))).toBe('still here');
  });
});

describe('what can not be followed', () => {
  test('makes unknown whatever it may have changed, and nothing else', () => {
    const module = evaluate(
      [
        'import os',
        "isolators = ['cgroups/cpu']",
        "kept = ['posix/disk']",
        'def extend(modules):',
        "    if os.getenv('GPU') == 'true':",
        "        modules.append('gpu/nvidia')",
        '    return len(modules)',
        'count = extend(isolators)',
        "value = ','.join(isolators)",
        "other = ','.join(kept)",
        "if os.getenv('GPU'):",
        "    kept = ['cgroups/devices']",
        'last = kept',
      ].join('\n'),
    );
    const reason = '5:8 the environment variable GPU of the generator';
    expect(shown(module.global('count'))).toBe(reason);
    expect(shown(module.global('value'))).toBe(reason);
    expect(shown(module.global('other'))).toBe('posix/disk');
    expect(shown(module.global('last'))).toBe('11:4 the environment variable GPU of the generator');
  });

  test('counts the parts of an expression that may have been left out, and constants of the module', () => {
    const module = evaluate(
      [
        'import os',
        "isolators = ['cgroups/cpu']",
        "devices = ['nvidia0']",
        "kept = ['posix/disk']",
        "os.getenv('GPU') and isolators.append('gpu/nvidia')",
        'def add():',
        "    if os.getenv('GPU'):",
        "        devices.append('nvidia1')",
        "    return ''",
        'added = add()',
        "text = '' if os.getenv('GPU') else ','.join(kept)",
        'after = [len(isolators), len(devices), len(kept)]',
      ].join('\n'),
    );
    const after = module.global('after');
    const kinds = after?.kind === 'list' ? after.cell.items.map(({ kind }) => kind) : [];
    expect(kinds).toEqual(['unknown', 'unknown', 'int']);
  });

  test('an assertion that can not be decided is taken to have held; one that fails is raised', () => {
    const module = evaluate(
      [
        'import os',
        'def path(name):',
        "    assert os.path.exists(name), 'no {}'.format(name)",
        "    assert name.startswith('/'), '{} must be absolute'.format(name)",
        "    return name + '/detect_ip'",
      ].join('\n'),
    );
    const path = module.global('path');
    if (path?.kind !== 'function') throw new Error('no function');
    const call = (name: string) =>
      module.call(
        path,
        new Map([['name', { kind: 'str', text: TracedText.from(name, { kind: 'input', name: 'name' }) }]]),
      );
    const made = call('/opt/mesosphere/bin');
    expect(made.kind === 'value' && shown(made.value)).toBe('/opt/mesosphere/bin/detect_ip');
    expect(call('bin')).toEqual({
      kind: 'raised',
      type: 'AssertionError',
      message: 'bin must be absolute',
      place: { file: 'calc.py', line: 4, column: 5 },
    });
  });

  test('exceptions find their handlers', () => {
    const module = evaluate(
      [
        'import json',
        'def count(text):',
        '    try:',
        '        return str(len(json.loads(text)))',
        '    except ValueError as error:',
        "        return 'not JSON: ' + str(error)",
        "good = count('[1, 2]')",
        "bad = count('[1 2]')",
        "worse = count('3')",
      ].join('\n'),
    );
    expect(shown(module.global('good'))).toBe('2');
    expect(shown(module.global('bad'))).toBe("not JSON: Expecting ',' delimiter: line 1 column 4 (char 3)");
    expect(shown(module.global('worse'))).toBe("4:20 raises TypeError: object of type 'int' has no len()");
  });
});

describe('bounds', () => {
  const outcomes: Record<string, string> = {
    "x = 'a' * 10000000": '1:5 a text of more than 1000000 characters',
    'def f(n):\n    return f(n)\nx = f(1)': '2:12 calls nested more than 100 deep',
    'def f(l):\n    for a in l:\n        for b in l:\n            for c in l:\n                pass\nx = f(list("ab" * 500))':
      '2:5 took more steps than an evaluation is allowed',
    'x = 2\nx = x * x * x * x\nx = x * x * x * x\nx = x * x * x * x\nx = x * x * x * x\nx = x * x * x * x':
      '6:5 an integer beyond 2^256',
    [`x = ${'['.repeat(20_000)}`]: '1:1 not Python 3: has lines of more than 20000 characters',
    [`x = ${'['.repeat(19_000)}`]: '1:1 not Python 3: nested too deeply',
    'print "Python 2"': '1:7 not Python 3: invalid syntax',
  };
  for (const [source, outcome] of Object.entries(outcomes)) {
    test(outcome, () => expect(shown(evaluate(source).global('x'))).toBe(outcome));
  }

  describe('steps', () => {
    const SOURCE = 'def lamp(n):\n    for _ in range(int(n)):\n        pass\n    return n\n';
    const lamp = () => {
      const module = evaluateModule('lamp.py', SOURCE, {}, 1000);
      const callee = module.global('lamp');
      if (callee === undefined) throw new Error('lamp is not defined');
      const call = (turns: number): string => {
        const n = { kind: 'str', text: TracedText.from(`${turns}`, { kind: 'input', name: 'n' }) } as const;
        const result = module.call(callee, new Map([['n', n]]));
        return result.kind === 'value' ? shown(result.value) : result.type;
      };
      return { module, call };
    };
    const NO_MORE = '2:5 took more steps than an evaluation is allowed';

    test('each question begins anew, until those of a run have taken three times as many as a call may', () => {
      const { module, call } = lamp();
      const answers = Array.from({ length: 50 }, () => module.question(() => call(50)));
      expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => '50'));
      expect(answers.at(-1)).toBe(NO_MORE);
    });

    test('a call that goes on without end leaves steps to the others of the question', () => {
      const { module, call } = lamp();
      expect(module.question(() => [call(5000), call(200)])).toEqual([NO_MORE, '200']);
    });

    test('one question ends, with those inside it', () => {
      const { module, call } = lamp();
      const answers = module.question(() =>
        Array.from({ length: 50 }, () => module.question(() => call(200))),
      );
      expect(answers[0]).toBe('200');
      expect(answers.at(-1)).toBe(NO_MORE);
      expect(module.stepsSpent()).toBeGreaterThan(1900);
      expect(module.stepsSpent()).toBeLessThan(2500);
    });

    test.each([
      ['while True:\n    pass\nx = 1\n', 1, 1],
      ['y = 1\nx = [a for a in range(9999) for b in range(9999)]\n', 2, 5],
      ['x = sum(a for a in range(9999))\n', 1, 8],
      [
        'def lamp():\n    while True:\n        for a in [1]:\n            pass\nfor b in [1]:\n    x = lamp()\n',
        2,
        5,
      ],
    ])('the loop that used them up is named: %j', (source, line, column) => {
      const value = evaluateModule('lamp.py', source, {}, 1000).global('x');
      expect(value).toMatchObject({ kind: 'unknown', place: { line, column } });
    });

    test('what is called outside of questions is bounded altogether', () => {
      const { call } = lamp();
      const answers = Array.from({ length: 50 }, () => call(200));
      expect([answers[0], answers.at(-1)]).toEqual(['200', NO_MORE]);
    });
  });

  test('no text makes it throw', () => {
    const token = constantFrom(
      'x',
      '=',
      '\n',
      '    ',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      "'",
      '"',
      '.',
      '%',
      '+',
      ' ',
      '1',
      'if ',
      'for ',
      ' in ',
      'def f(a):',
      'return ',
      'lambda: ',
      'join',
      'toString',
      '__proto__',
      'assert ',
      'try:',
      'not ',
      'import os',
      'é',
    );
    assert(
      property(string({ unit: token, maxLength: 40 }), (source) => void evaluate(source).global('x')),
      { numRuns: 300 },
    );
  });
});
