import { expect, test } from 'vitest';
import { parseEnvironmentFile, readEnvironmentFile } from './parse-environment-file.ts';

const PATH = '/etc/default/lighthouse';

function values(content: string): Record<string, string> {
  const { assignments } = parseEnvironmentFile(PATH, content);
  return Object.fromEntries(assignments.map(({ name, value }) => [name, value.toString()]));
}

test.each([
  ['LAMP=on\n', { LAMP: 'on' }],
  ['  LAMP = on \n', { LAMP: 'on' }],
  ['LAMP=\n', { LAMP: '' }],
  ['LAMP="on at dusk"\n', { LAMP: 'on at dusk' }],
  ["LAMP='on at $dusk'\n", { LAMP: 'on at $dusk' }],
  ['LAMP="say \\"on\\" \\n"\n', { LAMP: 'say "on" \\n' }],
  ['LAMP=on\\ dusk\n', { LAMP: 'on dusk' }],
  ['LAMP=on \\\n  dusk\n', { LAMP: 'on   dusk' }],
  ['LAMP=[{"name":"disk"}]\n', { LAMP: '[{"name":"disk"}]' }],
  ["LAMP='on'' off'\n", { LAMP: 'on off' }],
  ['LAMP="on" off\n', { LAMP: 'onoff' }],
  ['LAMP="one\ntwo"\n', { LAMP: 'one\ntwo' }],
  ['LAMP=on # not a comment\n', { LAMP: 'on # not a comment' }],
  ['LAMP=on \\\n\nHORN=low\n', { LAMP: 'on ', HORN: 'low' }],
  ['LAMP="on\\\r\n"\n', { LAMP: 'on\\\r\n' }],
  ['LAMP\v=on\nHORN\t=low\n', { HORN: 'low' }],
  ['# LAMP=on\n; LAMP=off\nHORN=low', { HORN: 'low' }],
  ['LAMP=on\nLAMP=off\n', { LAMP: 'off' }],
  ['LAMP=on\r\nHORN=low\r\n', { LAMP: 'on', HORN: 'low' }],
])('%j', (content, expected) => {
  expect(values(content)).toEqual(expected);
});

test('every run of characters keeps its place, across escapes', () => {
  const [lamp] = parseEnvironmentFile(PATH, '\nLAMP=on\\ dusk\n').assignments;
  expect(lamp?.place).toEqual({ file: PATH, line: 2, column: 1 });
  expect(
    lamp?.value.slices.map(({ text, origin }) => [
      text,
      'place' in origin ? origin.place?.column : undefined,
    ]),
  ).toEqual([
    ['on', 6],
    [' dusk', 9],
  ]);
});

test('names systemd drops are reported with their place', () => {
  const { assignments, problems } = parseEnvironmentFile(PATH, 'export LAMP=on\nno equals sign\n2ND=x\n');
  expect(assignments).toEqual([]);
  expect(problems).toEqual([
    {
      place: { file: PATH, line: 1, column: 1 },
      message: "'export LAMP' is not a variable name, systemd drops the line",
    },
    { place: { file: PATH, line: 2, column: 1 }, message: "there is no '=' in the line, systemd drops it" },
    {
      place: { file: PATH, line: 3, column: 1 },
      message: "'2ND' is not a variable name, systemd drops the line",
    },
  ]);
});

test.each([
  ['a byte order mark belongs to the first name', '\uFEFFLAMP=on\nHORN=low\n', ['HORN'], undefined],
  ['bytes in a comment do no harm', '#\xe9\nLAMP=on\n', ['LAMP'], undefined],
  ['a value that is not UTF-8', 'LAMP=caf\xe9\nHORN=low\n', [], 'a name or value is not UTF-8'],
  ['a name that is not UTF-8', 'CAF\xe9=1\nHORN=low\n', [], 'a name or value is not UTF-8'],
  ['a dropped line that is not UTF-8', '2ND=caf\xe9\nHORN=low\n', [], 'a name or value is not UTF-8'],
  ['a NUL byte, in a comment too', '#\0\nLAMP=on\n', [], 'there is a NUL byte in it'],
])('%s', (_, text, names, reason) => {
  const encoding = text.startsWith('\uFEFF') ? 'utf8' : 'latin1';
  const { assignments, refused } = readEnvironmentFile(PATH, Buffer.from(text, encoding));
  expect(assignments.map(({ name }) => name)).toEqual(names);
  expect(refused).toBe(reason === undefined ? undefined : `${reason}, so systemd takes nothing of the file`);
});
