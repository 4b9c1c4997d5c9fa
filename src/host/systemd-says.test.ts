import { expect, test } from 'vitest';
import {
  parseProcessEnvironment,
  parseTimestamp,
  readProperties,
  readShownEnvironment,
} from './systemd-says.ts';

test('a name that stands more than once has a value a line; what is no property is left out', () => {
  const text =
    'Nice=5\nEnvironmentFiles=/etc/a (ignore_errors=no)\nEnvironmentFiles=/etc/b (ignore_errors=yes)\n\n=x\n';
  expect([...readProperties(text)]).toEqual([
    ['Nice', '5'],
    ['EnvironmentFiles', '/etc/a (ignore_errors=no)\n/etc/b (ignore_errors=yes)'],
  ]);
});

test('timestamps with microseconds, with whole seconds, and none', () => {
  const second = BigInt(Date.UTC(2026, 10, 25, 21, 59, 31)) * 1_000_000n;
  expect(parseTimestamp('Wed 2026-11-25 21:59:31.865640 UTC')).toBe(second + 865_640_000n);
  expect(parseTimestamp('Wed 2026-11-25 21:59:31 UTC')).toBe(second);
  expect(parseTimestamp('Wed 2026-11-25 22:59:31 CET')).toBeUndefined();
  expect(parseTimestamp('n/a')).toBeUndefined();
  expect(parseTimestamp(undefined)).toBeUndefined();
});

test.each([
  [
    'as systemd gave it',
    'PATH=/bin\0EMPTY=\0X=a=b\nc\0',
    [
      ['PATH', '/bin'],
      ['EMPTY', ''],
      ['X', 'a=b\nc'],
    ],
  ],
  ['nginx has its title there', `n; master_process on;${'\0'.repeat(40)}`, undefined],
  ['a title with an equals sign', `=1 master\0${'\0'.repeat(40)}`, undefined],
  ['none', '', undefined],
])("a process's environment: %s", (_, text, expected) => {
  const environment = parseProcessEnvironment(text);
  expect(environment && [...environment]).toEqual(expected);
});

test("the manager's environment: plain entries and quoted ones", () => {
  const text =
    'LANG=C.UTF-8 "LAMP=two \\"lamps\\" \\$HOME\\nnext" EMPTY= "bad name=1" PATH=/bin:/sbin X=a=b stray';
  expect([...readShownEnvironment(text)]).toEqual([
    ['LANG', 'C.UTF-8'],
    ['LAMP', 'two "lamps" $HOME\nnext'],
    ['EMPTY', ''],
    ['PATH', '/bin:/sbin'],
    ['X', 'a=b'],
  ]);
});
