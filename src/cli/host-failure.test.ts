import { expect, test } from 'vitest';
import { hostErrorOf } from '../host/host-error-of.ts';
import { hostFailure } from './host-failure.ts';

const LOCK = '/var/lib/cutover/lock';

function saidBy(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test.each([
  [
    hostErrorOf(LOCK, saidBy('EROFS'), 'written'),
    `${LOCK} can't be written: the file system is read-only`,
    'Make it writable; which file system it is: findmnt --target /var/lib/cutover',
  ],
  [
    hostErrorOf(LOCK, saidBy('ENOSPC'), 'written'),
    `${LOCK} can't be written: no space left on the device`,
    'Make room; how full the file system is: df -h /var/lib/cutover',
  ],
  [hostErrorOf(LOCK, saidBy('EIO'), 'read'), `${LOCK} can't be read: input/output error`, undefined],
])('what could not be done with a path: %s', (error, what, next) => {
  expect(hostFailure(error)).toEqual({ what, next });
});
