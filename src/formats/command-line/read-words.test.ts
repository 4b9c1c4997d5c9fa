import { expect, test } from 'vitest';
import { TracedText } from '../../text/traced-text.ts';
import { readWords } from './read-words.ts';

const PLACE = { file: '/etc/systemd/system/lighthouse.service', line: 3, column: 13 };

function read(text: string): readonly [string[], string | undefined] {
  const { words, fault } = readWords(TracedText.literal(text, PLACE), 'list');
  return [words.map((word) => word.text.toString()), fault];
}

test.each([
  ['LAMP=\\x41\\101\\u00e9\\U0001f4a1', ['LAMP=AA\u00e9\u{1f4a1}'], undefined],
  ['LAMP=\\xc3\\xa9', ['LAMP=\u00e9'], undefined],
  ['a\\tb\\sc "d\\"e" \'f"g\'', ['a\tb c', 'd"e', 'f"g'], undefined],
  ['LAMP=on HORN=\\q FOG=x', ['LAMP=on'], 'an escape that systemd does not know'],
  ['LAMP=on HORN=\\x00', ['LAMP=on'], 'an escape that systemd does not know'],
  ['LAMP=on "HORN=low', ['LAMP=on'], 'a quote that is not closed'],
])('%s', (text, words, fault) => {
  expect(read(text)).toEqual([words, fault]);
});

test('the value of a variable: a backslash stands for what follows it, an open quote ends with the value', () => {
  const { words, fault } = readWords(TracedText.literal('a\\n "b c" \'d', PLACE), 'value');
  expect([words.map((word) => word.text.toString()), fault]).toEqual([['an', 'b c', 'd'], undefined]);
});

test.each([
  ['a\\', ['a']],
  ['\\', ['']],
  ['a \\', ['a', '']],
])('the value of a variable %j: a backslash at its end stands for nothing', (text, words) => {
  const read = readWords(TracedText.literal(text, PLACE), 'value');
  expect(read.words.map((word) => word.text.toString())).toEqual(words);
});

// In time that grew with the square of its length a line of these would take many minutes.
test.each([
  ['one long word', `LAMP=${'x'.repeat(1_000_000)}`],
  ['escapes', `LAMP=${'\\t'.repeat(300_000)}`],
  ['quoted pieces', `LAMP=${'"x"y'.repeat(150_000)}`],
])('a long line takes time linear in its length: %s', (_, text) => {
  expect(read(text)[0]).toHaveLength(1);
});
