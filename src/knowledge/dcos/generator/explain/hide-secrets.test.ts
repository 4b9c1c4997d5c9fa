import { expect, test } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

const lines = (expected: string, found: string, secrets: readonly string[]) => {
  const hidden = hideSecrets({ expected, found }, secrets);
  return [hidden.expected, hidden.found];
};

test.each([
  ['ADMIN=opensesame', 'ADMIN=sesameopen', ['ADMIN=(secret)', 'ADMIN=(secret)']],
  ['a: opensesame, b: 1', 'a: other, b: 2', ['a: (secret), b: 1', 'a: (secret)']],
  ['b: opensesame', 'c: other', ['b: (secret)', '(secret)']],
  ['b: 1', 'b: opensesame', ['b: 1', 'b: (secret)']],
  ['b: 1', 'b: 2', ['b: 1', 'b: 2']],
])('%s and %s', (expected, found, shown) => {
  expect(lines(expected, found, ['opensesame', '1'])).toEqual(shown);
});

test('of a secret of several lines each is hidden', () => {
  expect(lines('  "auth": "Zm9v"', '  "auth": "YmFy"', ['{\n  "auth": "Zm9v"\n}'])).toEqual([
    '  (secret)',
    '  (secret)',
  ]);
});
