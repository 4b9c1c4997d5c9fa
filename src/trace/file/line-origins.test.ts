import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TracedText } from '../../text/traced-text.ts';
import { LineOrigins } from './line-origins.ts';

function origins(file: readonly string[], made: readonly string[]): (number | undefined)[] {
  const content = TracedText.literal(made.map((line) => `${line}\n`).join(''), {
    file: '/gen/lamp.yaml',
    line: 1,
    column: 1,
  });
  const lines = new LineOrigins(file, { path: '/etc/lamp', content, rerender: { result: 'identical' } });
  return file.map((_, index) => {
    const origin = lines.of(index + 1)?.slices[0]?.origin;
    return origin?.kind === 'literal' ? origin.place.line : undefined;
  });
}

test('a line that was added by hand has no origin, those around it keep theirs', () => {
  expect(origins(['a', 'mine', 'b', 'c'], ['a', 'b', 'c'])).toEqual([1, undefined, 2, 3]);
});

test('a line that was changed by hand has no origin', () => {
  expect(origins(['a', 'B', 'c'], ['a', 'b', 'c'])).toEqual([1, undefined, 3]);
});

test('of lines that read the same in a stretch that differs, none is guessed', () => {
  expect(origins(['x', '}', '}', 'y'], ['1', '}', '2', '}', '3'])).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('an origin is that of a line that reads the same', () => {
  const line = fc.constantFrom('a', 'b', 'c', '');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (file, made) => {
      origins(file, made).forEach((origin, index) => {
        if (origin !== undefined) expect(made[origin - 1]).toBe(file[index]);
      });
      expect(origins(file, file)).toEqual(file.map((_, index) => index + 1));
    }),
  );
});
