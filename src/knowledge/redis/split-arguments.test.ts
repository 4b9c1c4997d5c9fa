import { expect, test } from 'vitest';
import { splitArguments } from './split-arguments.ts';

const words = (line: string) =>
  splitArguments(line, (offset) => ({ file: 'redis.conf', line: 1, column: offset + 1 }))?.map(
    ({ text, place }) => `${place.column}:${text}`,
  );

test('a line is split as Redis splits it', () => {
  expect(words('  loadmodule /opt/lamp.so OIL 7')).toEqual([
    '3:loadmodule',
    '14:/opt/lamp.so',
    '27:OIL',
    '31:7',
  ]);
  expect(words(String.raw`save "" 'it\'s' "a\x41\n\"b"`)).toEqual(['1:save', '6:', `9:it's`, '17:aA\n"b']);
});

test('quotes that do not end, or end inside a word, are unbalanced', () => {
  expect(words('dir "lamp')).toBeUndefined();
  expect(words('dir "lamp"oil')).toBeUndefined();
});
