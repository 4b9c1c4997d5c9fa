import { expect, test } from 'vitest';
import { generatorWith, LIKE_1_7, LIKE_1_9 } from '../../../../../test/generator-sources.ts';
import type { Generator, GeneratorOptions } from '../generator.ts';

const TEMPLATES = { 'dcos-config.yaml': 'package: []\n', 'cloud-config.yaml': 'root: []\n' };

function text(opened: Generator, name: string): string {
  const argument = opened.argument(name);
  return argument.kind === 'value' ? argument.text.toString() : argument.kind;
}

const placesOf = (opened: Generator, name: string) =>
  opened.settersOf(name).map(({ place }) => `${place?.file}:${place?.line}`);

const BASE = "entry = {'must': {'a': '1', 'b': '1'}, 'default': {'c': '1'}, 'secret': ['a']}\n";
const EXTRA = "entry = {'default': {'a': '2'}, 'must': {'c': '2', 'd': '2'}}\n";

test('an entry beside the generator takes the place of what it sets, from 1.8 on', () => {
  const files = { 'calc.py': BASE, '../gen_extra/calc.py': EXTRA, ...TEMPLATES };
  const opened = generatorWith({ ...LIKE_1_9, ...files }, { userArguments: { a: '3' } });
  expect(['a', 'b', 'c', 'd'].map((name) => text(opened, name))).toEqual(['3', '1', '2', '2']);
  expect(placesOf(opened, 'c')).toEqual(['/dcos/gen_extra/calc.py:1']);
  const old = generatorWith({ ...LIKE_1_7, ...files });
  expect(text(old, 'b')).toBe('1');
  expect(old.settersOf('d')).toEqual([]);
});

test('an entry beside it can’t replace under a condition', () => {
  const extra = "entry = {'conditional': {'b': {'1': {}}}}\n";
  const files = { 'calc.py': BASE, '../gen_extra/calc.py': extra, ...TEMPLATES };
  expect(generatorWith({ ...LIKE_1_9, ...files }, { userArguments: {} }).resolve()).toMatchObject({
    status: 'crash',
    exception: 'NotImplementedError',
    message: 'Should conditional setters overwrite all setters?',
    at: { file: '/dcos/gen/internals.py', line: 24 },
  });
});

const BASH = `import json
from gen.calc import doubled
from gen.internals import Source

onprem_source = Source(entry={
    'default': {'resolvers': '["8.8.8.8"]'},
    'must': {'provider': 'onprem', 'twice': lambda resolvers: doubled(resolvers)},
})
`;
const AWS = `from gen.internals import Late, Source

def check(provider):
    assert provider == 'aws'

aws_base_source = Source({'must': {'provider': 'aws', 'region': Late('{ "Ref" : "AWS::Region" }')}, 'validate': [check]})
aws_simple_source = Source({'must': {'zone': 'a'}})
`;

function provided(options: GeneratorOptions): Generator {
  const calc = `def doubled(text):
    return text * 2

entry = {'must': {'note': lambda provider: 'on ' + provider}}
`;
  const files = { 'calc.py': calc, 'build_deploy/bash.py': BASH, 'build_deploy/aws.py': AWS };
  return generatorWith({ ...LIKE_1_9, ...files, ...TEMPLATES }, { userArguments: {}, ...options });
}

test('what depends on the provider is a source of its own from 1.9 on', () => {
  const onprem = provided({});
  expect(text(onprem, 'note')).toBe('on onprem');
  expect(text(onprem, 'twice')).toBe('["8.8.8.8"]["8.8.8.8"]');
  expect(placesOf(onprem, 'twice')).toEqual(['/dcos/gen/build_deploy/bash.py:7']);
  expect(text(onprem, 'region')).toBe('unset');
  const aws = provided({ provider: 'aws' });
  expect(text(aws, 'note')).toBe('on aws');
  expect(text(aws, 'region')).toBe('LATE_BIND_PLACEHOLDER_START_region_LATE_BIND_PLACEHOLDER_END');
  expect(text(aws, 'zone')).toBe('a');
});

test('sources that can’t be followed are said, with the place', () => {
  const calc = 'x = 1\nprint "two"\n';
  const opened = generatorWith({ ...LIKE_1_9, ...TEMPLATES, 'calc.py': calc }, { userArguments: {} });
  expect(opened.faults).toHaveLength(1);
  expect(opened.faults[0]).toMatchObject({ place: { file: '/dcos/gen/calc.py', line: 2 } });
  expect(opened.faults[0]?.excerpt).toContain('print "two"');
  expect(opened.argument('a').kind).toBe('unknown');
});
