import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { parseFileAddress } from './parse-file-address.ts';

const host = () => rootWith({ '/etc/lamp.conf': 'dim\n', '/etc/lamp:7': 'odd\n' });

test('a file, a line, a column', () => {
  const where = { directory: '/' };
  expect(parseFileAddress(host(), '/etc/lamp.conf', where)).toEqual({ path: '/etc/lamp.conf' });
  expect(parseFileAddress(host(), '/etc/lamp.conf:3', where)).toEqual({ path: '/etc/lamp.conf', line: 3 });
  expect(parseFileAddress(host(), '/etc//./lamp.conf:3:14', where)).toEqual({
    path: '/etc/lamp.conf',
    line: 3,
    column: 14,
  });
});

test('a file whose name ends like a line is that file', () => {
  expect(parseFileAddress(host(), '/etc/lamp:7', { directory: '/' })).toEqual({ path: '/etc/lamp:7' });
  expect(parseFileAddress(host(), '/etc/lamp:7:1', { directory: '/' })).toEqual({
    path: '/etc/lamp:7',
    line: 1,
  });
});

test('a relative path begins where one is', () => {
  expect(parseFileAddress(host(), './lamp.conf:1', { directory: '/etc' })).toEqual({
    path: '/etc/lamp.conf',
    line: 1,
  });
});

test('a path into the root from outside is taken as seen inside', () => {
  const root = host();
  expect(parseFileAddress(root, `${root.root}/etc/lamp.conf:1`, { directory: '/', root: root.root })).toEqual(
    {
      path: '/etc/lamp.conf',
      line: 1,
    },
  );
});
