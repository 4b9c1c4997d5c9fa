import { expect, test } from 'vitest';
import type { Tried } from '../../formats/elf/loader/resolve-closure.ts';
import { triedPaths } from './tried-paths.ts';

const tried = (path: string, reason?: string): Tried => ({
  path,
  rule: { kind: 'default path' },
  outcome: reason === undefined ? 'absent' : 'unusable',
  ...(reason === undefined ? {} : { reason }),
});

test('directories for certain processors are counted', () => {
  expect(
    triedPaths([
      tried('/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v3/libglow.so'),
      tried('/lib/x86_64-linux-gnu/tls/x86_64/x86_64/libglow.so'),
      tried('/lib/x86_64-linux-gnu/libglow.so'),
      tried('/lib/tls/libglow.so'),
      tried('/lib/libglow.so'),
    ]),
  ).toEqual([
    '/lib/x86_64-linux-gnu/libglow.so (default path, and 2 directories below for certain processors)',
    '/lib/libglow.so (default path, and 1 directory below for certain processors)',
  ]);
});

test('one that was refused is shown wherever it lies, and one whose directory was not tried itself', () => {
  expect(triedPaths([tried('/lib/tls/libglow.so', 'too short'), tried('/lib/libglow.so')])).toEqual([
    '/lib/tls/libglow.so (default path: too short)',
    '/lib/libglow.so (default path)',
  ]);
  expect(triedPaths([tried('/srv/tls/libglow.so')])).toEqual(['/srv/tls/libglow.so (default path)']);
});
