import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TracedText } from './traced-text.ts';

const place = (line: number): { file: string; line: number; column: number } => ({
  file: 'calc.py',
  line,
  column: 1,
});

test('slicing and joining agree with plain strings, and every character keeps its own place', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 6 }), { maxLength: 6 }),
      fc.nat(40),
      fc.nat(40),
      (parts, a, b) => {
        const whole = TracedText.concat(parts.map((part, line) => TracedText.literal(part, place(line + 1))));
        const plain = parts.join('');
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const piece = whole.slice(from, to);
        expect(piece.toString()).toBe(plain.slice(from, to));
        expect(piece.length).toBe(plain.slice(from, to).length);
        for (let offset = 0; offset < piece.length; offset += 1) {
          expect(piece.at(offset)?.origin).toEqual(whole.at(from + offset)?.origin);
        }
      },
    ),
  );
});

test('a value that came through a hop remembers it on every slice, the latest first', () => {
  const constant = { kind: 'constant', place: place(274), text: 'modes = […]', name: 'modes' } as const;
  const template = { kind: 'template', place: place(81), text: '{{ modes }}' } as const;
  const [slice] = TracedText.literal('cgroups/cpu', place(275)).through(constant).through(template).slices;
  expect(slice?.via?.hop).toBe(template);
  expect(slice?.via?.inner?.hop).toBe(constant);
});
