import { expect, test } from 'vitest';
import { complaintIn, isOfGone } from './coreutils-complaint.ts';

const GONE = "cp: cannot stat '/var/lib/lamp/tmp': No such file or directory";
const DENIED = "cp: cannot open '/var/lib/lamp/key' for reading: Permission denied";
const FULL = "cp: error writing '/var/lib/cutover/oil': No space left on device";

test('of many complaints the one that tells most is told, in one line', () => {
  expect(complaintIn(`${GONE}\n${FULL}\n${DENIED}`)).toEqual({
    reason: 'full',
    text: `${FULL} (and 2 more complaints)`,
  });
  expect(complaintIn(`${GONE}\n${DENIED}`)).toEqual({
    reason: 'denied',
    text: `${DENIED} (and 1 more complaint)`,
  });
  expect(complaintIn(GONE)).toEqual({ reason: 'absent', text: GONE });
  expect(complaintIn('cp took longer than 3600 s')).toEqual({
    reason: 'io',
    text: 'cp took longer than 3600 s',
  });
});

test('that something was not there is told from all else', () => {
  expect(isOfGone("du: cannot access '/var/lib/lamp/tmp': No such file or directory")).toBe(true);
  expect(isOfGone("du: cannot read directory '/var/lib/lamp': Permission denied")).toBe(false);
});
