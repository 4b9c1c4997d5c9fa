import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { expandGlob } from './expand-glob.ts';

test.each([
  ['/etc/q/?.txt', ['/etc/q/a.txt']],
  ['/etc/q/??.txt', ['/etc/q/é.txt']],
  ['/etc/q/*.txt', ['/etc/q/a.txt', '/etc/q/é.txt']],
  ['/etc/q/é.t?t', ['/etc/q/é.txt']],
  ['/etc/q/[é].txt', []],
])('%s matches bytes, as in the locale of systemd', (pattern, paths) => {
  expect(expandGlob(rootWith({ '/etc/q/é.txt': '', '/etc/q/a.txt': '' }), pattern)).toEqual(paths);
});
