import { describe, expect, test } from 'vitest';
import {
  generatorWith,
  LIKE_1_11,
  LIKE_1_7,
  LIKE_1_8,
  LIKE_1_9,
} from '../../../../../test/generator-sources.ts';
import { hopsOf } from '../../../../text/hop.ts';
import type { Generator } from '../generator.ts';
import { hashOf } from './hash-checkout.ts';

function generator(
  like: Readonly<Record<string, string>>,
  template: string,
  userArguments: Readonly<Record<string, string>> = {},
  entry = "{'default': {'a': 'x'}}",
): Generator {
  const files = {
    'calc.py': `entry = ${entry}\n`,
    'dcos-config.yaml': template,
    'cloud-config.yaml': 'root: []\n',
  };
  return generatorWith({ ...like, ...files }, { userArguments });
}

function text(opened: Generator, name: string): string {
  const argument = opened.argument(name);
  return argument.kind === 'value' ? argument.text.toString() : argument.kind;
}

describe('what the generator adds itself', () => {
  const names = '[\n  "dcos-config.yaml",\n  "cloud-config.yaml"\n]';
  test.each([LIKE_1_7, LIKE_1_8, LIKE_1_9, LIKE_1_11])(
    'are the names of its templates, from its own text',
    (like) => {
      const opened = generator(like, '- {{ a }}\n');
      expect(text(opened, 'template_filenames')).toBe(names);
      expect(opened.templates).toEqual(['dcos-config.yaml', 'cloud-config.yaml']);
      const argument = opened.argument('template_filenames');
      const slices = argument.kind === 'value' ? argument.text.slices : [];
      const name = slices.find((slice) => slice.text === 'dcos-config.yaml');
      expect(name?.origin.kind).toBe('literal');
      expect(hopsOf(name?.via).map((hop) => `${hop.why}: ${hop.text}`)).toEqual([
        "must: add_builtin('template_filenames', template_filenames)",
      ]);
    },
  );

  test('is what the operator gave, sorted', () => {
    expect(text(generator(LIKE_1_7, '- {{ a }}\n', { z: 'é"', a: '1' }), 'user_arguments')).toBe(
      '{\n  "a":"1",\n  "z":"\\u00e9\\""\n}',
    );
    expect(text(generator(LIKE_1_7, '- {{ a }}\n'), 'user_arguments')).toBe('{}');
  });

  test('is a hash over all setters, from 1.9 on, that no order changes', () => {
    const entry = (one: string, other: string) =>
      `{'must': {'f': lambda x, y: x, ${one}, ${other}}, 'validate': [lambda x: x]}`;
    const id = (written: string, given = {}) =>
      text(generator(LIKE_1_9, '- {{ a }}\n', given, written), 'sources_id');
    expect(id(entry("'a': '1'", "'b': '2'"))).toMatch(/^"[0-9a-f]{40}"$/);
    expect(id(entry("'a': '1'", "'b': '2'"))).toBe(id(entry("'b': '2'", "'a': '1'")));
    expect(id(entry("'a': '1'", "'b': '2'"))).not.toBe(id(entry("'a': '1'", "'b': '3'")));
    expect(id(entry("'a': '1'", "'b': '2'"))).not.toBe(id(entry("'a': '1'", "'b': '2'"), { x: '1' }));
  });
});

describe('what is added after all others', () => {
  test('is a record of them, with its own place in it', () => {
    const opened = generator(LIKE_1_8, '- {{ a }}{{ all_of_them }}\n');
    expect(text(opened, 'all_of_them')).toBe(
      '      {\n        "a":"x",\n        "all_of_them":"\\"only a place for it\\""\n      }',
    );
    expect([...opened.neededArguments().keys()]).toEqual(['a', 'all_of_them']);
    const argument = opened.argument('all_of_them');
    const slices = argument.kind === 'value' ? argument.text.slices : [];
    expect(slices.find((slice) => slice.text === 'x')?.origin).toMatchObject({
      kind: 'literal',
      place: { file: '/dcos/gen/calc.py' },
    });
  });

  test('hides the secrets of the operator behind the generator’s own mask', () => {
    const entry = "{'secret': ['password'], 'default': {'password': ''}}";
    const opened = generator(LIKE_1_9, '- {{ password }}{{ given }}\n', { password: 'p', a: 'x' }, entry);
    expect(text(opened, 'given')).toBe('{\n  "a":"x",\n  "password":"**MASKED**"\n}');
    expect(text(opened, 'given_in_full')).toBe('{\n  "a":"x",\n  "password":"p"\n}');
    expect([...opened.secrets()]).toEqual(['password']);
  });

  test('is an id of all of them, and what is needed for it though no template asks', () => {
    const entry = "{'must': {'commit': 'abc', 'unused': '1'}}";
    const opened = generator(LIKE_1_11, '- {{ a }}\n', { a: '1' }, entry);
    const all = new Map([
      ['config_package_names', '[\n  "dcos-config",\n  "dcos-metadata"\n]'],
      ['commit', 'abc'],
      ['a', '1'],
    ]);
    const id = hashOf({
      entries: new Map<string, string | { entries: Map<string, string> }>([
        ['commit', 'abc'],
        ['all', { entries: all }],
      ]),
    });
    expect(text(opened, 'package_ids')).toBe(`["dcos-config--setup_${id}", "dcos-metadata--setup_${id}"]`);
    expect([...opened.neededArguments().keys()]).toEqual([
      'config_package_names',
      'commit',
      'a',
      'package_ids',
    ]);
  });

  test('is unknown where something before it is', () => {
    const opened = generator(LIKE_1_8, '- {{ missing }}{{ all_of_them }}\n');
    expect(opened.argument('all_of_them')).toEqual({
      kind: 'unknown',
      reason: 'the generator adds it last: missing is not known',
    });
  });
});
