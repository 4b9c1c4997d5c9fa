import { expect, test } from 'vitest';
import { paint, safe } from './screen.ts';

test('what a host could use to drive the terminal is made visible', () => {
  expect(safe('\x1b[31mred\x1b[0m\nnext\ttab \u202Ereversed \u0007')).toBe(
    '\\x1b[31mred\\x1b[0m\\nnext\\ttab \\u{202e}reversed \\x07',
  );
  expect(safe('Zürich ▸ 北')).toBe('Zürich ▸ 北');
});

test('without colour nothing is added', () => {
  expect(paint({ colour: false, width: 80 }, 'red', 'blocked')).toBe('blocked');
  expect(paint({ colour: true, width: 80 }, 'red', 'blocked')).toBe('\u001b[31mblocked\u001b[39m');
});
