import { array, assert, constantFrom, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { TracedText } from '../../../../text/traced-text.ts';
import { align, type Alignment } from './align.ts';
import { Holes } from './holes.ts';

/** Lays a text, in which `[name]` is a hole, over a content. */
function aligned(pattern: string, content: string): Alignment {
  const holes = new Holes();
  const parts = pattern.split(/(\[\w+\])/).map((part) => {
    if (part.startsWith('['))
      return holes.make(part.slice(1, -1), { reason: 'not known', isInput: true, hops: [] });
    return TracedText.literal(part, { file: 'dcos-config.yaml', line: 1, column: 1 });
  });
  return align(TracedText.concat(parts), holes, content);
}

test('a hole takes what stands between the known pieces', () => {
  expect(aligned('A=[a]\nB=[b]\n', 'A=1\nB=\n')).toEqual({
    kind: 'aligned',
    stretches: [
      { name: 'a', from: 2, to: 3 },
      { name: 'b', from: 6, to: 6 },
    ],
  });
  expect(aligned('[a]', '')).toEqual({ kind: 'aligned', stretches: [{ name: 'a', from: 0, to: 0 }] });
});

test('what fits in two ways, or gives one name two values, is ambiguous', () => {
  expect(aligned('[a][b]', 'x').kind).toBe('ambiguous');
  expect(aligned('[a],[b]', '1,2,3').kind).toBe('ambiguous');
  expect(aligned('A=[a] B=[a]', 'A=1 B=2').kind).toBe('ambiguous');
  expect(aligned('A=[a] B=[a]', 'A=1 B=1').kind).toBe('aligned');
});

test('the first difference, in both texts', () => {
  expect(aligned('abc', 'abd')).toEqual({ kind: 'different', rendered: 2, content: 2 });
  expect(aligned('abc', 'abcd')).toEqual({ kind: 'different', rendered: 3, content: 3 });
  expect(aligned('abc', 'ab')).toEqual({ kind: 'different', rendered: 2, content: 2 });
  expect(aligned('A=[a]\nB=1\nC', 'A=22\nB=2\nC')).toMatchObject({ kind: 'different' });
});

test('aligned stretches and known pieces make the content again', () => {
  const piece = string({ unit: constantFrom('a', 'b', '='), maxLength: 3 });
  assert(
    property(array(record({ known: piece, value: piece }), { maxLength: 4 }), piece, (pairs, end) => {
      const pattern = pairs.map(({ known }, index) => `${known}[h${index}]`).join('') + end;
      const content = pairs.map(({ known, value }) => known + value).join('') + end;
      const result = aligned(pattern, content);
      expect(['aligned', 'ambiguous']).toContain(result.kind);
      if (result.kind !== 'aligned') return;
      const values = result.stretches.map(({ from, to }) => content.slice(from, to));
      expect(pairs.map(({ known }, index) => known + (values[index] ?? '')).join('') + end).toBe(content);
    }),
  );
});
