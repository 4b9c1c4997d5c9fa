import { expect, test } from 'vitest';
import { parseOptionString } from './getopt-options.ts';
import { refusedOptions } from './refused-options.ts';

const LAMP = {
  short: new Map([
    ['v', 'none'],
    ['o', 'required'],
    ['w', 'optional'],
  ] as const),
  long: new Map([
    ['verbose', 'none'],
    ['version', 'none'],
    ['oil', 'required'],
    ['wick', 'optional'],
  ] as const),
  longWithOneDash: false,
  stopsAtFirstArgument: false,
};

const refused = (line: string, options: Parameters<typeof refusedOptions>[1] = LAMP): string[] =>
  refusedOptions(line.split(' '), options).map(({ option, why }) => `${option} ${why}`);

test.each([
  ['-v -ofull -o full -w -wthin --oil full --oil=full --wick --wick=thin --verb lamp', []],
  ['-vx', ['-x unknown']],
  ['-xNONE', ['-x unknown']],
  ['-o', ['-o without argument']],
  ['-o -x', []],
  ['lamp -x', ['-x unknown']],
  ['-v -- -x', []],
  ['- -x', ['-x unknown']],
  ['--ver', ['--ver ambiguous']],
  ['--verbose=yes', ['--verbose with argument']],
  ['--oil', ['--oil without argument']],
  ['--flame=blue', ['--flame unknown']],
])('%s', (line, expected) => {
  expect(refused(line)).toEqual(expected);
});

test('a program that stops at its first argument passes on what follows', () => {
  expect(refused('-v lamp -x', { ...LAMP, stopsAtFirstArgument: true })).toEqual([]);
});

test('of a program whose long options are not known only the short ones are held against it', () => {
  expect(refused('--flame -x', { ...LAMP, long: undefined })).toEqual(['-x unknown']);
});

test('a program without long options refuses them by name, unless a dash is one of its letters', () => {
  expect(refused('--v=on', { ...LAMP, long: new Map() })).toEqual(['--v unknown']);
  const dash = { ...LAMP, short: new Map([...LAMP.short, ['-', 'none'] as const]), long: new Map() };
  expect(refused('--v', dash)).toEqual([]);
});

test('long options may have one dash with getopt_long_only', () => {
  expect(refused('-oil full -v -version -x', { ...LAMP, longWithOneDash: true })).toEqual(['-x unknown']);
});

test.each([
  ['fL:w::', 'f none, L required, w optional', false],
  ['+:v', 'v none', true],
  ['-v', 'v none', false],
  ['', '', false],
])('the option string %j', (text, letters, stops) => {
  const options = parseOptionString(text);
  expect([...(options?.short ?? [])].map(([letter, takes]) => `${letter} ${takes}`).join(', ')).toBe(letters);
  expect(options?.stopsAtFirstArgument).toBe(stops);
});

test.each(['usage: lamp', 'a:::', 'é', ':::'])('%j is no option string', (text) => {
  expect(parseOptionString(text)).toBeUndefined();
});
