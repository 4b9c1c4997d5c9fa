import { expect, test } from 'vitest';
import { hostErrorOf } from './host-error-of.ts';
import { durableFiles } from './machine/durable-files.ts';

test('what could not be written says so', () => {
  expect(() => durableFiles.append('/dev/full', 'x')).toThrow(
    expect.objectContaining({
      message: '/dev/full: no space left on the device',
      reason: 'full',
      deed: 'written',
    }),
  );
});

test('a file that is there and may not be changed may be immutable', () => {
  const refused = Object.assign(new Error('EPERM'), { code: 'EPERM' });
  expect(hostErrorOf('/etc/passwd', refused, 'written').message).toBe(
    '/etc/passwd: operation not permitted (an immutable file? lsattr /etc/passwd)',
  );
  expect(hostErrorOf('/etc/passwd', refused, 'read').message).toBe('/etc/passwd: operation not permitted');
  expect(hostErrorOf('/etc/no/such', refused, 'written').message).toBe(
    '/etc/no/such: operation not permitted',
  );
});
