import { expect, test } from 'vitest';
import { parseStatus } from './parse-status.ts';

test('the rights of a process, as the kernel prints them', () => {
  const text = `Name:\tlamp\nUid:\t0\t33\t33\t33\nGid:\t0\t34\t34\t34\nGroups:\t4 24 \nCapPrm:\t0000000000000400\nCapEff:\t0000000000000000\nCapBnd:\t000001ffffffffff\nNoNewPrivs:\t1\n`;
  expect(parseStatus(text)).toEqual({
    uid: 33,
    gid: 34,
    groups: [4, 24],
    effective: 0n,
    permitted: 0x400n,
    bounding: 0x1ffffffffffn,
    noNewPrivileges: true,
  });
});

test('a text that is none of it', () => {
  expect(parseStatus('')).toBeUndefined();
  expect(parseStatus('Uid:\t0\t0\nGid:\t0\t0\nCapEff:\tlamp\n')).toBeUndefined();
});
