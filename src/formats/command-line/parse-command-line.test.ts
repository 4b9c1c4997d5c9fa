import { expect, test } from 'vitest';
import { TracedText } from '../../text/traced-text.ts';
import { parseCommandLines } from './parse-command-line.ts';

function commands(text: string): [string, string[]][] {
  const value = TracedText.literal(text, {
    file: '/etc/systemd/system/lighthouse.service',
    line: 3,
    column: 11,
  });
  return parseCommandLines(value).map(({ prefixes, words }) => [prefixes, words.map(String)]);
}

test.each<[string, [string, string[]][]]>([
  ['/usr/bin/lamp --bright 3', [['', ['/usr/bin/lamp', '--bright', '3']]]],
  ['-/usr/bin/lamp', [['-', ['/usr/bin/lamp']]]],
  ['@/usr/bin/lamp lamp0 -x', [['@', ['/usr/bin/lamp', 'lamp0', '-x']]]],
  ['/usr/bin/lamp "at dusk" \'and dawn\'', [['', ['/usr/bin/lamp', 'at dusk', 'and dawn']]]],
  ['/usr/bin/lamp ""', [['', ['/usr/bin/lamp', '']]]],
  ['/usr/bin/lamp at\\ dusk', [['', ['/usr/bin/lamp', 'at\\ dusk']]]],
  [
    '/bin/a ; /bin/b \\; c',
    [
      ['', ['/bin/a']],
      ['', ['/bin/b', ';', 'c']],
    ],
  ],
])('%s', (text, expected) => {
  expect(commands(text)).toEqual(expected);
});

test('a plain word is one slice that starts where the word stands', () => {
  const value = TracedText.literal('/usr/bin/lamp --bright', { file: 'unit', line: 3, column: 11 });
  const word = parseCommandLines(value)[0]?.words[1];
  expect(word?.slices).toEqual([
    {
      text: '--bright',
      origin: { kind: 'literal', place: { file: 'unit', line: 3, column: 25 }, verbatim: true },
      via: undefined,
    },
  ]);
});
