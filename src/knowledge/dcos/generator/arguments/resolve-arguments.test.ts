import { describe, expect, test } from 'vitest';
import { generatorWith, LIKE_1_7, LIKE_1_9 } from '../../../../../test/generator-sources.ts';
import { hopsOf } from '../../../../text/hop.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Generator } from '../generator.ts';
import { type Argument, whyNoValue } from './argument.ts';

const GENERATIONS = { 'up to 1.8': LIKE_1_7, 'from 1.9 on': LIKE_1_9 };

function generator(
  entry: string,
  userArguments?: Readonly<Record<string, string>>,
  like: Readonly<Record<string, string>> = LIKE_1_7,
): Generator {
  const calc = `import os\nfrom gen.internals import Late\nentry = ${entry}\n`;
  return generatorWith({ ...like, 'calc.py': calc }, userArguments === undefined ? {} : { userArguments });
}

function shown(name: string, argument: Argument): string {
  if (argument.kind !== 'value') return `${argument.kind}: ${whyNoValue(name, argument)}`;
  return `${argument.text.toString()}${argument.settled ? '' : ' (not settled)'}`;
}

const ask = (opened: Generator, name: string) => shown(name, opened.argument(name));

describe.each(Object.entries(GENERATIONS))('with the operator’s config, %s', (_, like) => {
  test('a default gives way to it, a must does not', () => {
    const entry = "{'default': {'gc_delay': '2days', 'weights': ''}, 'must': {'dcos_version': '1.7-open'}}";
    const opened = generator(entry, { gc_delay: '1hrs', dcos_version: '1.8' }, like);
    expect(ask(opened, 'gc_delay')).toBe('1hrs');
    expect(ask(opened, 'weights')).toBe('');
    expect(ask(opened, 'dcos_version')).toBe(
      'error: dcos_version must be calculated, but was explicitly set in the configuration. Remove it from the configuration.',
    );
    expect(ask(opened, 'cluster_name')).toBe('unset: nothing sets cluster_name');
  });

  test('conditions choose among setters, nested ones all together', () => {
    const entry = `{'conditional': {'provider': {
      'onprem': {'default': {'resolvers': 'ours'}, 'conditional': {'master_discovery': {'static': {'must': {'num_masters': '3'}}}}},
      'aws': {'must': {'resolvers': 'theirs', 'master_discovery': 'static'}}}}}`;
    expect(ask(generator(entry, { provider: 'onprem' }, like), 'resolvers')).toBe('ours');
    expect(ask(generator(entry, { provider: 'aws' }, like), 'resolvers')).toBe('theirs');
    expect(ask(generator(entry, { provider: 'aws' }, like), 'num_masters')).toBe(
      'unset: nothing sets num_masters',
    );
    const both = generator(entry, { provider: 'onprem', master_discovery: 'static' }, like);
    expect(ask(both, 'num_masters')).toBe('3');
    expect(ask(generator(entry, {}, like), 'resolvers')).toBe(
      'skipped: it needs provider, which has no value',
    );
  });

  test('functions are called with the arguments that their parameters name', () => {
    const entry = `{'must': {
      'quorum': lambda masters: str(int(masters) // 2 + 1),
      'note': lambda quorum, masters: '{} of {}'.format(quorum, masters),
      'number': lambda masters: int(masters)}}`;
    const opened = generator(entry, { masters: '5' }, like);
    const note = opened.argument('note');
    expect(shown('note', note)).toBe('3 of 5');
    const calledWith = note.kind === 'value' ? [...(note.calledWith ?? [])] : [];
    expect(calledWith.map(([name, text]) => `${name}=${text.toString()}`)).toEqual(['quorum=3', 'masters=5']);
    expect(ask(opened, 'number')).toBe(
      "error: All values in arguments must be strings. Value for argument number isn't. Given value: 5",
    );
  });

  test('a hop says what made the setter count', () => {
    const entry = `{'must': {'m': 'x'}, 'default': {'d': 'x'}, 'conditional': {'m': {'x': {'default': {'c': 'x'}}}}}`;
    const opened = generator(entry, {}, like);
    const why = (name: string) => {
      const argument = opened.argument(name);
      const [slice] = argument.kind === 'value' ? argument.text.slices : [];
      return hopsOf(slice?.via).map((hop) => `${hop.name}: ${hop.why}`);
    };
    expect(why('m')).toEqual(['m: must']);
    expect(why('d')).toEqual(['d: default']);
    expect(why('c')).toEqual(['c: default when m is x']);
  });
});

describe('what a config can’t be blamed for', () => {
  const twice = `{'must': {'x': '1'}, 'conditional': {'p': {'1': {'must': {'x': '2'}}}}}`;
  test('two ways to set an argument', () => {
    expect(ask(generator(twice, { p: '1' }), 'x')).toBe('error: Internal error: Multiple ways to set x.');
    expect(ask(generator(twice, { p: '1' }, LIKE_1_9), 'x')).toBe(
      "error: Internal error: Multiple ways to set x. setters: [<Setter x, conditions: [], parameters set()>, <Setter x, conditions: [('p', '1')], parameters set()>]",
    );
  });

  test('an argument that is calculated from itself', () => {
    const entry = "{'must': {'a': lambda b: b, 'b': lambda a: a}}";
    expect(ask(generator(entry, {}), 'a')).toBe('skipped: it needs b, which has no value');
    const opened = generator(entry, {}, LIKE_1_9);
    expect(ask(opened, 'a')).toBe('skipped: it needs b, which has no value');
    expect(ask(opened, 'b')).toBe(
      "error: Internal error: config calculation cycle detected. Name shouldn't repeat in the eval stack. name: a eval_stack: ['a', 'b']",
    );
  });
});

describe('what is told when the cluster is launched', () => {
  const entry = `{
    'must': {'load_balancer': Late('{ "Fn::GetAtt" : [] }'), 'url': lambda load_balancer: 'http://' + load_balancer},
    'default': {'has_balancer': lambda load_balancer: 'maybe'}}`;

  test('has a placeholder, and so has what is calculated from it', () => {
    const opened = generator(entry, {}, LIKE_1_9);
    for (const name of ['load_balancer', 'url', 'has_balancer']) {
      expect(ask(opened, name)).toBe(`LATE_BIND_PLACEHOLDER_START_${name}_LATE_BIND_PLACEHOLDER_END`);
      expect(opened.argument(name)).toMatchObject({ isLate: true });
    }
  });

  test('gives way to a must that needs nothing of it', () => {
    const entries = `{'must': {'late': Late('x'), 'a': lambda late: late}, 'conditional': {'p': {'1': {'must': {'a': 'now'}}}}}`;
    expect(ask(generator(entries, { p: '1' }, LIKE_1_9), 'a')).toBe('now');
  });
});

describe('without it', () => {
  const entry = `{'must': {
      'isolation': 'cgroups/cpu',
      'commit': lambda: os.getenv('DCOS_IMAGE_COMMIT'),
      'delay': lambda gc_delay: gc_delay + '!'},
    'default': {'gc_delay': '2days'},
    'conditional': {'provider': {'onprem': {'default': {'resolvers': 'ours'}}}, 'gc_delay': {'2days': {'must': {'slow': 'true'}}}}}`;
  const outcomes: Record<string, string> = {
    isolation: 'cgroups/cpu',
    gc_delay: '2days (not settled)',
    delay: '2days! (not settled)',
    slow: 'true (not settled)',
    cluster_name: "unknown: only the operator's config says it",
    resolvers: "unknown: it depends on provider: only the operator's config says it",
    commit: 'unknown: the environment variable DCOS_IMAGE_COMMIT of the generator',
    user_arguments: "unknown: only the operator's config says it",
  };
  for (const [name, outcome] of Object.entries(outcomes)) {
    test(`${name}: ${outcome}`, () => expect(ask(generator(entry), name)).toBe(outcome));
  }

  test('what the node recorded tells what may have been overridden, and what is not known', () => {
    const place = { file: '/opt/mesosphere/etc/expanded.config.json', line: 4, column: 15 };
    const record = new Map(
      Object.entries({
        gc_delay: '1hrs',
        cluster_name: 'gpus',
        isolation: 'other',
        given: '"only a place for it"',
      }),
    );
    const recorded = (name: string) => {
      const value = record.get(name);
      return value === undefined ? undefined : TracedText.from(value, { kind: 'input', name, place });
    };
    const opened = generatorWith({ ...LIKE_1_9, 'calc.py': `import os\nentry = ${entry}\n` }, { recorded });
    expect(ask(opened, 'gc_delay')).toBe('1hrs');
    expect(ask(opened, 'delay')).toBe('1hrs!');
    expect(ask(opened, 'cluster_name')).toBe('gpus');
    expect(ask(opened, 'isolation')).toBe('cgroups/cpu');
    const delay = opened.argument('gc_delay');
    expect(delay.kind === 'value' ? delay.text.slices[0]?.origin : undefined).toEqual({
      kind: 'input',
      name: 'gc_delay',
      place,
    });
    expect(delay).toMatchObject({ setter: { user: true } });
  });

  test('a part of it is better than nothing', () => {
    const opened = generatorWith(
      { ...LIKE_1_7, 'calc.py': `import os\nentry = ${entry}\n` },
      { userArguments: { gc_delay: '1hrs' }, configComplete: false },
    );
    expect(ask(opened, 'gc_delay')).toBe('1hrs');
    expect(ask(opened, 'delay')).toBe('1hrs!');
    expect(ask(opened, 'cluster_name')).toBe("unknown: only the operator's config says it");
    expect(ask(opened.withArguments({ cluster_name: 'x' }, true), 'cluster_name')).toBe('x');
  });
});
