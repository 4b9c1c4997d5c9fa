import { describe, expect, test } from 'vitest';
import { placesIn } from '../../../../text/places-in.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { Holes } from './holes.ts';
import { type SameMeaning, sameMeaning } from './same-meaning.ts';

/** A rendering in which `{{ name }}` is a hole, and what its file on the node is. */
function compared(rendering: string, text: string): SameMeaning | undefined {
  const holes = new Holes();
  const place = { file: 'calc.py', line: 1, column: 1 };
  const parts = rendering.split(/\{\{ (\w+) \}\}/).map((part, index) => {
    return index % 2 === 1
      ? holes.make(part, { reason: 'not known', isInput: true, hops: [] })
      : TracedText.literal(part, place);
  });
  const file = '/etc/lamp';
  return sameMeaning(TracedText.concat(parts), holes, { file, text, placeAt: placesIn(file, text) });
}

const recovered = (same: SameMeaning | undefined) => Object.fromEntries(same?.recovered ?? []);

/** The pieces of a text that a source file wrote or the node told, without those that only order derives. */
const written = (same: SameMeaning | undefined) =>
  same?.content.slices.filter(({ origin }) => origin.kind !== 'derived').map((slice) => slice.text);

const AS_JSON =
  'as JSON the two mean the same, only the order of keys or the blanks differ: Pythons before 3.6 wrote keys in an order that changed with every run, later ones keep it';

describe('JSON', () => {
  test('in another order of keys is explained in the order of the file', () => {
    const same = compared('{"a": [1, {"b": "x", "c": null}]}', '{\n  "a": [1, {"c": null, "b": "x"}]\n}\n');
    expect(same?.why).toBe(AS_JSON);
    expect(same?.content.toString()).toBe('{\n  "a": [1, {"c": null, "b": "x"}]\n}\n');
    expect(written(same)).toEqual(['"a"', '1', '"c"', 'null', '"b"', '"x"']);
  });

  test('with holes tells what they stand for, wherever the keys went', () => {
    const same = compared(
      '{"resolvers": {{ resolvers }}, "name": "the {{ name }}", "ttl": 60}',
      '{"ttl": 60, "name": "the lamp", "resolvers": ["192.0.2.1", "192.0.2.2"]}',
    );
    expect(recovered(same)).toEqual({ name: 'lamp', resolvers: '["192.0.2.1", "192.0.2.2"]' });
    expect(written(same)).toContain('["192.0.2.1", "192.0.2.2"]');
  });

  test('may spell a scalar otherwise', () => {
    expect(compared('{"a": "\\u00e9", "b": 1}', '{"b": 1, "a": "é"}')?.content.toString()).toBe(
      '{"b": 1, "a": "é"}',
    );
  });

  test.each([
    ['{"a": [1, 2]}', '{"a": [2, 1]}'],
    ['{"a": 1}', '{"a": 1, "b": 2}'],
    ['{"a": 1, "b": 2}', '{"a": 1}'],
    ['{"a": 1, "b": "x"}', '{"b": "y", "a": 1}'],
    ['{"a": "{{ x }}", "b": "{{ x }}"}', '{"b": "1", "a": "2"}'],
    ['{"a": 1, "b": 1}', '{"b": 1, "a": 1'],
    ['[1', '[1]'],
  ])('%s is not %s', (rendering, text) => {
    expect(compared(rendering, text)).toBeUndefined();
  });

  test('nested a hundred thousand deep is none', () => {
    expect(compared('['.repeat(100_000), '{'.repeat(100_000))).toBeUndefined();
  });
});

describe('a file of variables', () => {
  test('may have its lines in another order', () => {
    const same = compared('# lamp\nA=1\nB={{ b }}\nA=2\n', 'B=x y\nA=1\n\nA=2\n');
    expect(same?.why).toBe('the same lines in another order, which means nothing in a file of variables');
    expect(recovered(same)).toEqual({ b: 'x y' });
    expect(written(same)).toEqual(['B=', 'x y', '\n', 'A=1\n', 'A=2\n']);
  });

  test('may hold JSON whose keys stand in another order', () => {
    const same = compared(
      'A=1\nMESOS_RESOURCES=[{"name": "ports", "type": "RANGES"}]\n',
      'A=1\nMESOS_RESOURCES=[{"type": "RANGES", "name": "ports"}]\n',
    );
    expect(same?.why).toBe(`the same variables, of which some hold JSON: ${AS_JSON}`);
    expect(written(same)).toEqual(['A=1\n', 'MESOS_RESOURCES=', '"type"', '"RANGES"', '"name"', '"ports"']);
  });

  test.each([
    ['A=1\nA=2\n', 'A=2\nA=1\n'],
    ['A=1\nB=2\n', 'A=1\n'],
    ['A=1\n', 'A=1\nB=2\n'],
    ['A=1\nB=2\n', 'B=2\nA=3\n'],
    ['A=1\nplain words\n', 'plain words\nA=1\n'],
  ])('%j is not %j', (rendering, text) => {
    expect(compared(rendering, text)).toBeUndefined();
  });
});
