import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { FileFacts } from '../host/host.ts';
import { LaidTrees } from './laid-trees.ts';

const FACTS: FileFacts = {
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 3,
  mtimeNs: 1n,
  identity: '1:2',
  links: 1,
};

test('what a file holds is known while it has the same times, one of which nobody can set', () => {
  const host = rootWith({ '/lamp/oil': 'low' });
  const live = { ...FACTS, ctimeNs: 5n };
  const lookedAt = Object.assign(host, { lstat: () => live, remembering: () => host });
  const laid = new LaidTrees();
  const { mode, uid, gid, size } = FACTS;
  laid.add(lookedAt, '/lamp', [
    { type: 'file', path: 'oil', mode, uid, gid, size, mtimeNs: '1', sha256: 'f00d' },
  ]);
  expect([laid.has('/lamp'), laid.has('/other')]).toEqual([true, false]);
  expect(laid.digestOf('/wherever', live)).toBe('f00d');
  expect(laid.digestOf('/lamp/oil', { ...live, ctimeNs: 6n })).toBe(undefined);
  expect(laid.digestOf('/lamp/oil', FACTS)).toBe(undefined);
});

test('of a host that has no such time nothing is known, nor of what has gone', () => {
  const host = rootWith({});
  const laid = new LaidTrees();
  const entry = {
    type: 'file',
    path: 'oil',
    mode: 0,
    uid: 0,
    gid: 0,
    size: 3,
    mtimeNs: '1',
    sha256: 'f00d',
  } as const;
  for (const facts of [FACTS, undefined]) {
    laid.add(Object.assign(host, { lstat: () => facts, remembering: () => host }), '/lamp', [entry]);
    expect(laid.digestOf('/lamp/oil', FACTS)).toBe(undefined);
  }
});
