import { array, assert, constantFrom, nat, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { joinTexts } from './join.ts';
import { recodeText } from './recode.ts';
import { replaceText } from './replace.ts';
import { splitLines, splitText } from './split.ts';
import { stripText } from './strip.ts';
import { TracedText } from './traced-text.ts';

const letters = string({ unit: constantFrom('a', 'b', ',', ' ', '\n'), maxLength: 12 });
const separator = string({ unit: constantFrom('a', ',', '\n'), minLength: 1, maxLength: 2 });

/** A text written in pieces, each in a file of its own, on its first line. */
function written(pieces: readonly string[], name: string): TracedText {
  return TracedText.concat(
    pieces.map((piece, index) => TracedText.literal(piece, { file: `${name}${index}`, line: 1, column: 1 })),
  );
}

/** What stands at the places that the characters of a text name. */
function reread(text: TracedText, files: ReadonlyMap<string, string>): string {
  return text.slices
    .map(({ text: characters, origin }) => {
      if (origin.kind !== 'literal') return characters;
      const { file, line, column } = origin.place;
      const from =
        (files.get(file) ?? '')
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0);
      return (files.get(file) ?? '').slice(from + column - 1, from + column - 1 + characters.length);
    })
    .join('');
}

const filesOf = (name: string, pieces: readonly string[]): [string, string][] =>
  pieces.map((piece, index) => [`${name}${index}`, piece]);

test('split, join, replace, strip and lines agree with plain strings, and every character keeps its place', () => {
  assert(
    property(array(letters, { maxLength: 4 }), separator, letters, nat(4), (pieces, cut, inserted, limit) => {
      const text = written(pieces, 'text');
      const plain = pieces.join('');
      const insertion = written([inserted], 'inserted');
      const files = new Map([...filesOf('text', pieces), ...filesOf('inserted', [inserted])]);
      const check = (result: TracedText, expected: string) => {
        expect(result.toString()).toBe(expected);
        expect(reread(result, files)).toBe(expected);
      };
      const parts = splitText(text, cut);
      expect(parts.map(String)).toEqual(plain.split(cut));
      check(TracedText.concat(parts), plain.split(cut).join(''));
      check(joinTexts(insertion, parts), plain.split(cut).join(inserted));
      check(
        replaceText(text, cut, insertion),
        plain.replaceAll(cut, () => inserted),
      );
      expect(splitText(text, cut, limit).length).toBe(Math.min(limit, parts.length - 1) + 1);
      check(TracedText.concat(splitLines(text)), plain);
      expect(splitLines(text).map(String)).toEqual(plain.match(/[^\n]*\n|[^\n]+$/g) ?? []);
      check(
        stripText(text, (character) => character === ' '),
        plain.replace(/^ +| +$/g, ''),
      );
      check(
        stripText(text, (character) => character === ' ', 'end'),
        plain.replace(/ +$/, ''),
      );
    }),
  );
});

test('a character spelled otherwise keeps its place, but is not verbatim there', () => {
  const text = TracedText.literal('rotate "9"', { file: 'calc.py', line: 242, column: 55 });
  const quoted = recodeText(text, (character) => (character === '"' ? '\\"' : character));
  expect(quoted.slices.map(({ text: characters, origin }) => [characters, origin])).toEqual([
    ['rotate ', { kind: 'literal', place: { file: 'calc.py', line: 242, column: 55 }, verbatim: true }],
    ['\\"', { kind: 'literal', place: { file: 'calc.py', line: 242, column: 62 }, verbatim: false }],
    ['9', { kind: 'literal', place: { file: 'calc.py', line: 242, column: 63 }, verbatim: true }],
    ['\\"', { kind: 'literal', place: { file: 'calc.py', line: 242, column: 64 }, verbatim: false }],
  ]);
});
