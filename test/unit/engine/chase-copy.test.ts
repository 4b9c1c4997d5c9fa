import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chaseCopy } from '../../../src/engine/chase-copy.ts';
import { keepCopy } from '../../../src/engine/keep-original.ts';
import type { KnownDigests } from '../../../src/engine/read-entries.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';

const { host } = liveMachine();
const LONG_AGO = new Date('2016-05-04T03:02:01Z');
const NOTHING: KnownDigests = { digestOf: () => undefined };
let place = '';
let from = '';
let to = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'chase-copy-'));
  [from, to] = [join(place, 'state'), join(place, 'kept')];
  mkdirSync(join(from, 'drawer'), { recursive: true });
});
afterEach(() => rmSync(place, { recursive: true }));

test('files that are whole are read while the copy goes on, and what is no file is not', async () => {
  oldFile('lamp', 'lit');
  oldFile('drawer/horn', 'low');
  symlinkSync('/dev/zero', join(from, 'link'));
  copyAll();
  const known = await chase(new Promise(() => undefined));
  expect(digests(known)).toEqual({
    'state/lamp': sha256('lit'),
    'kept/lamp': sha256('lit'),
    'state/drawer/horn': sha256('low'),
    'kept/drawer/horn': sha256('low'),
  });
});

test('a file that is half made is waited for, and not read when it is never whole', async () => {
  oldFile('lamp', 'lit');
  copyAll();
  writeFileSync(join(to, 'lamp'), 'li'); // as `cp` writes: of another time
  let over = (): void => undefined;
  const copying = new Promise<void>((resolve) => (over = resolve));
  const chasing = chase(copying);
  await new Promise((resolve) => setTimeout(resolve, 20));
  over();
  expect(digests(await chasing)).toEqual({});
});

test('a file that became whole meanwhile is read', async () => {
  oldFile('lamp', 'lit');
  mkdirSync(join(to, 'drawer'), { recursive: true });
  const chasing = chase(new Promise(() => undefined));
  await new Promise((resolve) => setTimeout(resolve, 20));
  copyAll();
  expect(digests(await chasing)).toMatchObject({ 'kept/lamp': sha256('lit') });
});

test('what was written when the copy began is left to who reads it afterwards', async () => {
  writeFileSync(join(from, 'lamp'), 'lit');
  copyAll();
  expect(digests(await chase(new Promise(() => undefined)))).toEqual({});
});

test('after a copy that failed, or of what is not there, nothing is known', async () => {
  oldFile('lamp', 'lit');
  expect(digests(await chase(Promise.reject(new Error('the disk is full'))))).toEqual({});
  rmSync(from, { recursive: true });
  expect(digests(await chase(new Promise(() => undefined)))).toEqual({});
});

test('what can not be read is left to who reads the copy afterwards', async () => {
  oldFile('lamp', 'lit');
  copyAll();
  class Failing extends RootedHost {
    override remembering = () => this;
    override open = (): never => {
      throw new Error('EIO');
    };
  }
  const before = BigInt(Date.now()) * 1_000_000n;
  const known = await chaseCopy(
    new Failing('/', 'live'),
    { from, to, before, ahead: NOTHING },
    new Promise(() => undefined),
  );
  expect(digests(known)).toEqual({});
});

test('what was known ahead of the original counts where its copy has the same', async () => {
  oldFile('lamp', 'lit');
  oldFile('drawer/horn', 'low');
  const ahead: KnownDigests = {
    digestOf: (path) => (path.endsWith('/lamp') ? sha256('lit') : sha256('high')),
  };
  const entries = await keepCopy({ machine: liveMachine(`${place}.home`) }, from, to, { ahead });
  expect(entries.flatMap((entry) => (entry.type === 'file' ? [[entry.path, entry.sha256]] : []))).toEqual([
    ['drawer/horn', sha256('low')],
    ['lamp', sha256('lit')],
  ]);
});

function oldFile(path: string, text: string): void {
  writeFileSync(join(from, path), text);
  utimesSync(join(from, path), LONG_AGO, LONG_AGO);
}

function copyAll(): void {
  execFileSync('cp', ['-a', '-T', from, to]);
}

async function chase(copying: Promise<unknown>): Promise<KnownDigests> {
  const before = BigInt(LONG_AGO.getTime() + 1) * 1_000_000n;
  return await chaseCopy(host, { from, to, before, ahead: NOTHING }, copying);
}

function digests(known: KnownDigests): Record<string, string> {
  const paths = ['lamp', 'drawer/horn', 'link', 'drawer'].flatMap((name) => [
    `state/${name}`,
    `kept/${name}`,
  ]);
  return Object.fromEntries(
    paths.flatMap((path) => {
      const digest = known.digestOf(join(place, path));
      return digest === undefined ? [] : [[path, digest]];
    }),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
