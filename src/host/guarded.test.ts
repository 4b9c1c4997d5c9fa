import { expect, test } from 'vitest';
import { guarded } from './guarded.ts';
import { HostError } from './host.ts';

test.each([
  ['EACCES', 'denied', 'permission denied'],
  ['ENOENT', 'absent', 'no such file'],
  ['EBUSY', 'io', 'EBUSY'],
] as const)('%s', (code, reason, text) => {
  const refused = () => {
    throw Object.assign(new Error('system'), { code });
  };
  expect(() => guarded('/etc/lamp', refused)).toThrow(new HostError('/etc/lamp', reason, text));
});
