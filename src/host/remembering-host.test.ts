import { rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { RememberingHost } from './remembering-host.ts';

test('it answers as its host does, and the same again', () => {
  const host = rootWith({ '/etc/lamp': 'dim\n', '/etc/light': '-> lamp', '/etc/loop': '-> loop' });
  const remembering = new RememberingHost(host);
  expect(remembering.list('/etc')).toEqual(['lamp', 'light', 'loop']);
  expect(remembering.realPath('/etc/light')).toBe('/etc/lamp');
  expect(remembering.stat('/etc/gone')).toBeUndefined();
  for (const path of ['/etc/lamp', '/etc/light', '/etc']) {
    expect(remembering.stat(path)).toEqual(host.stat(path));
    expect(remembering.lstat(path)).toEqual(host.lstat(path));
  }
  expect(() => remembering.realPath('/etc/loop')).toThrow('too many levels of symbolic links');
  rmSync(`${host.root}/etc/loop`);
  writeFileSync(`${host.root}/etc/gone`, '');
  expect(remembering.list('/etc')).toEqual(['lamp', 'light', 'loop']);
  expect(remembering.stat('/etc/gone')).toBeUndefined();
  expect(() => remembering.realPath('/etc/loop')).toThrow('too many levels of symbolic links');
});
