import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { liveHost } from '../host/rooted-host.ts';
import { pathAsked } from './where-asked.ts';

test('a relative path begins in the working directory; with --root, at the top of the root', () => {
  const rooted = rootWith({ '/etc/lamp.env': 'LAMP=dim\n' });
  expect(pathAsked(liveHost(), {}, 'lamp.env')).toBe(`${process.cwd()}/lamp.env`);
  expect(pathAsked(liveHost(), { root: '/' }, 'lamp.env')).toBe(`${process.cwd()}/lamp.env`);
  expect(pathAsked(rooted, { root: rooted.root }, 'etc/lamp.env')).toBe('/etc/lamp.env');
  expect(pathAsked(rooted, { root: rooted.root }, '/etc/lamp.env')).toBe('/etc/lamp.env');
});

test('an empty path is none', () => {
  expect(() => pathAsked(liveHost(), {}, '')).toThrow('a path on the command line is empty');
});
