import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { stateSize } from './state-size.ts';

test('files are counted with their bytes, directories and links are not', () => {
  const host = rootWith({
    '/var/lib/lamp/a': 'oil',
    '/var/lib/lamp/deep/b': 'wick',
    '/var/lib/lamp/c': '-> a',
  });
  expect(stateSize(host, '/var/lib/lamp')).toEqual({ files: 2, bytes: 7 });
  expect(stateSize(host, '/var/lib/lamp/a')).toEqual({ files: 1, bytes: 3 });
  expect(stateSize(host, '/var/lib/none')).toBe('absent');
});

test('of what can not be looked at no size is told', () => {
  expect(stateSize(rootWith({ '/var/lib/loop': '-> loop' }), '/var/lib/loop/lamp')).toBeUndefined();
});
