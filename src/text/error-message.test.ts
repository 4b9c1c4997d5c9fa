import { expect, test } from 'vitest';
import { errorMessage } from './error-message.ts';

test('an error says its message, anything else itself', () => {
  expect(errorMessage(new TypeError('no lamp'))).toBe('no lamp');
  expect(errorMessage('no oil')).toBe('no oil');
});
