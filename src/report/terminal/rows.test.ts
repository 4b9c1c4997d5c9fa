import { expect, test } from 'vitest';
import { rows } from './rows.ts';

test('the right column is aligned, and wrapped under itself at the width of the screen', () => {
  const cells = [
    ['/etc/lamp', 'sets it'],
    ['/etc/own', 'absent, optional: your override wins here'],
  ] as const;
  expect(rows({ colour: false, width: 40 }, cells, 2)).toEqual([
    '  /etc/lamp  sets it',
    '  /etc/own   absent, optional: your',
    '             override wins here',
  ]);
});

test('a left cell that is too wide gets a line of its own', () => {
  expect(
    rows(
      { colour: false, width: undefined },
      [
        ['/a/very/long/path', 'is read'],
        ['/b', 'too'],
      ],
      0,
      10,
    ),
  ).toEqual(['/a/very/long/path', '    is read', '/b  too']);
});
