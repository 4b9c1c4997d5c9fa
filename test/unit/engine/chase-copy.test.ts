import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chaseCopy } from '../../../src/engine/chase-copy.ts';
import { keepCopy } from '../../../src/engine/keep-original.ts';
import type { KnownDigests } from '../../../src/engine/read-entries.ts';
import { patientDigest } from '../../../src/engine/patient-digest.ts';
import { HostError, type LiveHost } from '../../../src/host/host.ts';
import { fileDigest } from '../../../src/plan/file-digest.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';

const { host } = liveMachine();
const LONG_AGO = new Date('2016-05-04T03:02:01Z');
let place = '';
let from = '';
let to = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'chase-copy-'));
  [from, to] = [join(place, 'state'), join(place, 'kept')];
  mkdirSync(join(from, 'drawer'), { recursive: true });
});
afterEach(() => rmSync(place, { recursive: true }));

test('files are read as they become whole, while the copy goes on, and what is no file is not', async () => {
  oldFile('lamp', 'lit');
  oldFile('horn', 'low');
  symlinkSync('/dev/zero', join(from, 'link'));
  const ino = (name: string) => statSync(join(from, name)).ino;
  const [first, second] = ino('lamp') < ino('horn') ? ['lamp', 'horn'] : ['horn', 'lamp'];
  const opened: string[] = [];
  const copying = aCopy();
  const chasing = chase(copying.end, watched(opened));
  await later(20);
  expect(opened).toEqual([]);
  copyAll();
  writeFileSync(join(to, second), 'l'); // as `cp` writes: of another time
  await later(60);
  expect(opened).toEqual([`kept/${first}`, `state/${first}`]);
  copyAll();
  copying.succeed();
  expect(digests(await chasing)).toEqual({
    'state/lamp': sha256('lit'),
    'kept/lamp': sha256('lit'),
    'state/horn': sha256('low'),
    'kept/horn': sha256('low'),
  });
});

test('of what was written just before the copy began only the original is read while the copy goes on', async () => {
  writeFileSync(join(from, 'lamp'), 'lit');
  copyAll();
  writeFileSync(join(to, 'lamp'), 'li');
  utimesSync(join(to, 'lamp'), statSync(join(from, 'lamp')).atime, statSync(join(from, 'lamp')).mtime);
  const opened: string[] = [];
  const copying = aCopy();
  const chasing = chase(copying.end, watched(opened));
  await later(20);
  expect(opened).toEqual(['state/lamp']);
  copyAll();
  copying.succeed();
  expect(digests(await chasing)).toEqual({ 'state/lamp': sha256('lit'), 'kept/lamp': sha256('lit') });
});

test('after a copy that failed, or of what is not there, nothing more is read', async () => {
  oldFile('lamp', 'lit');
  const failed = aCopy();
  const chasing = chase(failed.end);
  failed.fail(new Error('the disk is full'));
  expect(digests(await chasing)).toEqual({});
  writeFileSync(join(from, 'lamp'), 'lit');
  const failedAgain = aCopy();
  failedAgain.fail(new Error('the disk is full'));
  expect(digests(await chase(failedAgain.end))).toEqual({ 'state/lamp': sha256('lit') });
  rmSync(from, { recursive: true });
  const copying = aCopy();
  copying.succeed();
  expect(digests(await chase(copying.end))).toEqual({});
});

test('what can not be read is left out, and an error of our own is not', async () => {
  oldFile('lamp', 'lit');
  oldFile('drawer/horn', 'low');
  copyAll();
  const failing = (error: Error) => {
    class Failing extends RootedHost {
      override remembering = () => this;
      override open = (path: string) => {
        if (path === join(to, 'lamp')) throw error;
        return super.open(path);
      };
    }
    return new Failing('/', 'live');
  };
  const copying = aCopy();
  copying.succeed();
  const known = await chase(copying.end, failing(new HostError(join(to, 'lamp'), 'io', 'a bad block')));
  expect(Object.keys(digests(known))).toEqual(['state/lamp', 'state/drawer/horn', 'kept/drawer/horn']);
  await expect(chase(copying.end, failing(new TypeError('not a function')))).rejects.toThrow(
    'not a function',
  );
});

test('a large file is read in turns with others', async () => {
  const turns: string[] = [];
  writeFileSync(join(from, 'lamp'), Buffer.alloc(20 * 1024 * 1024, 'lit'));
  const digest = patientDigest(host, join(from, 'lamp'), 20 * 1024 * 1024).then((sha) => {
    turns.push('read');
    return sha;
  });
  setImmediate(() => turns.push('other'));
  expect(await digest).toBe(fileDigest(host, join(from, 'lamp')));
  expect(turns).toEqual(['other', 'read']);
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

/** A copy that somebody makes, and its end. */
function aCopy() {
  let [succeed, fail] = [(): void => undefined, (_error: Error): void => undefined];
  const end = new Promise<void>((resolve, reject) => {
    [succeed, fail] = [resolve, reject];
  });
  end.catch(() => undefined);
  return { end, succeed, fail };
}

async function later(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function chase(copying: Promise<unknown>, of: LiveHost = host): Promise<KnownDigests> {
  const settledBefore = BigInt(LONG_AGO.getTime() + 1) * 1_000_000n;
  return await chaseCopy(of, { from, to, settledBefore }, copying);
}

function watched(opened: string[]): LiveHost {
  class Watched extends RootedHost {
    override remembering = () => this;
    override open = (path: string) => {
      opened.push(path.slice(place.length + 1));
      return super.open(path);
    };
  }
  return new Watched('/', 'live');
}

function digests(known: KnownDigests): Record<string, string> {
  const paths = ['lamp', 'horn', 'drawer/horn', 'link', 'drawer'].flatMap((name) => [
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
