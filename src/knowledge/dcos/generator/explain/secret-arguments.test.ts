import { expect, test } from 'vitest';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Argument } from '../arguments/argument.ts';
import { secretArguments, secretValues } from './secret-arguments.ts';

const VALUES: Readonly<Record<string, string>> = {
  keeper_key: 'gull',
  lamp_password: 'tern',
  expanded_config_full: '{\n  "keeper_key": "gull",\n  "gc_delay": "12hrs"\n}',
};

const generator = {
  secrets: () => new Set(['keeper_key', 'expanded_config_full']),
  argument: (name: string): Argument => {
    const text = VALUES[name];
    if (text === undefined) return { kind: 'unknown', reason: 'the config decides it' };
    return {
      kind: 'value',
      text: TracedText.from(text, { kind: 'derived', rule: 'lamp' }),
      setter: {
        name,
        optional: false,
        user: false,
        conditions: [],
        value: { kind: 'unknown', reason: '' },
        written: undefined,
        place: undefined,
      },
      settled: true,
    };
  },
};

test('a text of all arguments is a secret as a whole, and its lines are none by themselves', () => {
  expect(secretArguments(generator).has('expanded_config_full')).toBe(true);
  expect(secretValues(generator, ['lamp_password', 'gc_delay'])).toEqual([
    'gull',
    '{{ config_yaml_full }}',
    '{{ user_arguments_full }}',
    'tern',
  ]);
});
