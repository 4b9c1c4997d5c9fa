// A state that is compared with the copy that was made of it beforehand.
import { closeSync, openSync, readFileSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { beforeOpening } from '../../before-opening.ts';
import { rootWith } from '../../root-with.ts';
import { readTree } from '../../../src/engine/read-entries.ts';
import { updateCopy } from '../../../src/engine/update-copy.ts';
import { HostError, type HostErrorReason, type LiveHost } from '../../../src/host/host.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import type { Entry } from '../../../src/journal/entry.ts';

const live = liveMachine();
const { files } = live;
const LARGE = 300_000;
/** So old that its time is believed. */
const OLD = 1_000_000_000;

interface CopiedState {
  readonly from: string;
  readonly to: string;
  readonly firstCopy: readonly Entry[];
}

async function copiedState(entries: Parameters<typeof rootWith>[0]): Promise<CopiedState> {
  const { root } = rootWith(entries);
  const [from, to] = [`${root}/lamp`, `${root}/copy`];
  for (const path of Object.keys(entries)) utimesSync(`${root}${path}`, OLD, OLD);
  await files.copy(from, to);
  const { entries: firstCopy } = await readTree(live, to);
  return { from, to, firstCopy };
}

const large = { '/lamp/log': new Uint8Array(LARGE).fill(7) };

/** What is then kept, how often a copy of the whole was made, and whether it is equal. */
async function kept(
  { from, to, firstCopy }: CopiedState,
  { host = live.host, whenCopied = async () => undefined }: Partial<KeptWith> = {},
) {
  let copies = 0;
  const copy = async (source: string, path: string): Promise<void> => {
    copies += 1;
    await files.copy(source, path);
  };
  const machine = { ...live, host, files: { ...files, copy } };
  const entries = await updateCopy({ machine }, from, to, { firstCopy, whenCopied });
  const isEqual = Buffer.compare(readFileSync(`${from}/log`), readFileSync(`${to}/log`)) === 0;
  return { entries, copies, isEqual };
}

interface KeptWith {
  readonly host: LiveHost;
  readonly whenCopied: () => Promise<void>;
}

/** Another byte, the time as before. */
function alter(path: string): void {
  const { atime, mtime } = statSync(path);
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, Uint8Array.of(9), 0, 1, LARGE - 1);
  closeSync(descriptor);
  utimesSync(path, atime, mtime);
}

test('of a large file that has not changed both are opened once, and no digest is made', async () => {
  const opened: string[] = [];
  const state = await copiedState(large);
  const { entries, copies } = await kept(state, { host: beforeOpening((path) => opened.push(path)) });
  expect([entries, copies]).toEqual([state.firstCopy, 0]);
  expect(opened.filter((path) => path.endsWith('/log'))).toEqual([`${state.from}/log`, `${state.to}/log`]);
});

test('a large file that has changed is copied again, whatever its time says', async () => {
  const state = await copiedState(large);
  alter(`${state.from}/log`);
  const { entries, copies, isEqual } = await kept(state);
  expect([copies, isEqual]).toEqual([0, true]);
  expect(entries).toEqual((await readTree(live, state.from)).entries);
});

test.each<[string, (state: CopiedState) => void]>([
  ['alone', () => undefined],
  ['and a file of the state has changed', ({ from }) => writeFileSync(`${from}/hours`, '8')],
])('a copy that was damaged without a trace is made anew: %s', async (_title, meanwhile) => {
  const state = await copiedState({ ...large, '/lamp/hours': '7' });
  alter(`${state.to}/log`);
  meanwhile(state);
  expect(await kept(state)).toMatchObject({ copies: 1, isEqual: true });
});

test('so is one that was written to as its original was', async () => {
  const state = await copiedState(large);
  for (const path of [`${state.from}/log`, `${state.to}/log`]) {
    alter(path);
    utimesSync(path, OLD + 1, OLD + 1);
  }
  const { entries, copies } = await kept(state);
  expect(copies).toBe(1);
  expect(entries).toEqual((await readTree(live, state.to)).entries);
});

test.each(['io', 'denied'] as const)(
  'so is one that can not be read: %s',
  async (reason: HostErrorReason) => {
    const state = await copiedState(large);
    let tries = 0;
    const broken = beforeOpening((path) => {
      if (path === `${state.to}/log` && ++tries === 1) throw new HostError(path, reason, 'a bad sector');
    });
    expect(await kept(state, { host: broken })).toMatchObject({ copies: 1, isEqual: true });
  },
);

test('a service that was started meanwhile is found out though nothing has changed', async () => {
  const started = async (): Promise<void> => await Promise.reject(new Error('it was started'));
  await expect(kept(await copiedState(large), { whenCopied: started })).rejects.toThrow('it was started');
});

test('what is written while the rest is read does not count as read', async () => {
  const state = await copiedState({ ...large, '/lamp/hours': '7', '/lamp/zone': 'z' });
  writeFileSync(`${state.from}/hours`, '8');
  const recent = Date.now() / 1000 - 2;
  for (const path of [`${state.from}/log`, `${state.to}/log`]) utimesSync(path, recent, recent);
  const { entries: firstCopy } = await readTree(live, state.to);
  let isAltered = false;
  const busy = beforeOpening((path) => {
    if (path !== `${state.from}/zone` || isAltered) return;
    isAltered = true;
    alter(`${state.from}/log`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); // its time is old enough then
  });
  await expect(kept({ ...state, firstCopy }, { host: busy })).rejects.toThrow(
    `${state.from}/log was written to while it was copied`,
  );
});

test.each([
  ['while systemd is asked about the service', 10, ['asked', 'looked', 'answered']],
  ['after that where it is large: the answer would be heard late', 10_000, ['asked', 'answered', 'looked']],
])('the copy is looked at %s', async (_when, many, expected) => {
  const numbered = Array.from({ length: many }, (_, n): [string, string] => [`/lamp/${n}`, '']);
  const state = await copiedState({ '/lamp/log': '', ...Object.fromEntries(numbered) });
  const seen: string[] = [];
  class Watched extends RootedHost {
    override remembering = () => this;
    override lstat(path: string) {
      if (path === `${state.to}/9`) seen.push('looked');
      return super.lstat(path);
    }
  }
  const whenCopied = async (): Promise<void> => {
    seen.push('asked');
    await setImmediate();
    seen.push('answered');
  };
  await kept(state, { host: new Watched('/', 'live'), whenCopied });
  expect(seen).toEqual(expected);
});
