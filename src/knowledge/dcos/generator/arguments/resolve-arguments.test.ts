import { describe, expect, test } from 'vitest';
import { evaluateModule } from '../../../../formats/python/evaluate-module.ts';
import { readEntry } from './read-entry.ts';
import { type Argument, ArgumentResolver } from './resolve-arguments.ts';
import { setUp } from './set-up.ts';

/** A resolver for an `entry`, with all of the operator's config or none. */
function resolver(entry: string, userArguments?: Readonly<Record<string, string>>): ArgumentResolver {
  const module = evaluateModule('calc.py', `import os\nentry = ${entry}\n`, {});
  const setters = readEntry(module.global('entry') ?? { kind: 'none' });
  const configured = userArguments === undefined ? [] : setUp(userArguments);
  return new ArgumentResolver(module, [...setters, ...configured], userArguments !== undefined);
}

function shown(argument: Argument): string {
  switch (argument.kind) {
    case 'value':
      return `${argument.text.toString()}${argument.settled ? '' : ' (not settled)'}`;
    case 'unknown':
      return `unknown: ${argument.reason}`;
    case 'error':
      return `error: ${argument.message}`;
  }
}

describe('with the operator’s config', () => {
  test('a default gives way to it, a must does not', () => {
    const entry = "{'default': {'gc_delay': '2days', 'weights': ''}, 'must': {'dcos_version': '1.7-open'}}";
    const arguments_ = resolver(entry, { gc_delay: '1hrs', dcos_version: '1.8' });
    expect(shown(arguments_.get('gc_delay'))).toBe('1hrs');
    expect(shown(arguments_.get('weights'))).toBe('');
    expect(shown(arguments_.get('dcos_version'))).toBe(
      'error: dcos_version must be calculated, but the config sets it',
    );
    expect(shown(arguments_.get('cluster_name'))).toBe('error: nothing sets cluster_name');
  });

  test('conditions choose among setters, nested ones all together', () => {
    const entry = `{'conditional': {'provider': {
      'onprem': {'default': {'resolvers': 'ours'}, 'conditional': {'master_discovery': {'static': {'must': {'num_masters': '3'}}}}},
      'aws': {'must': {'resolvers': 'theirs', 'master_discovery': 'static'}}}}}`;
    expect(shown(resolver(entry, { provider: 'onprem' }).get('resolvers'))).toBe('ours');
    expect(shown(resolver(entry, { provider: 'aws' }).get('resolvers'))).toBe('theirs');
    expect(shown(resolver(entry, { provider: 'aws' }).get('num_masters'))).toBe(
      'error: nothing sets num_masters',
    );
    expect(
      shown(resolver(entry, { provider: 'onprem', master_discovery: 'static' }).get('num_masters')),
    ).toBe('3');
    expect(shown(resolver(entry, {}).get('resolvers'))).toBe('error: nothing sets provider');
  });

  test('functions are called with the arguments that their parameters name', () => {
    const entry = `{'must': {
      'quorum': lambda masters: str(int(masters) // 2 + 1),
      'note': lambda quorum, masters: '{} of {}'.format(quorum, masters),
      'a': lambda b: b, 'b': lambda a: a,
      'number': lambda masters: int(masters)}}`;
    const arguments_ = resolver(entry, { masters: '5' });
    expect(shown(arguments_.get('note'))).toBe('3 of 5');
    expect(shown(arguments_.get('a'))).toBe('error: a is calculated from itself');
    expect(shown(arguments_.get('number'))).toBe('error: number is a int, not a string');
    expect(shown(resolver(entry, { masters: 'five' }).get('quorum'))).toBe(
      "error: ValueError: invalid literal for int() with base 10: 'five'",
    );
    expect([...arguments_.found().keys()]).toEqual(['masters', 'quorum', 'note', 'b', 'a', 'number']);
  });

  test('two ways at once are a mistake of the generator', () => {
    const entry = `{'must': {'x': '1'}, 'default': {'y': '1'}, 'conditional': {'p': {'1': {'must': {'x': '2'}, 'default': {'y': '2'}}}}}`;
    expect(shown(resolver(entry, { p: '1' }).get('x'))).toBe('error: there are 2 ways to set x');
    expect(shown(resolver(entry, { p: '1' }).get('y'))).toBe('error: y has more than one default');
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
  };
  for (const [name, outcome] of Object.entries(outcomes)) {
    test(`${name}: ${outcome}`, () => expect(shown(resolver(entry).get(name))).toBe(outcome));
  }
});
