import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../../test/root-with.ts';
import { WORK } from '../../../../test/mesos-case.ts';
import {
  AGENT_INFO,
  DEFAULT_RESOURCES,
  diskSource,
  EXECUTOR_INFO,
  executor,
  RESOURCES_INFO,
  scalar,
  type StateOptions,
  stateFiles as checkpoint,
  UPDATES,
  VOLUME,
} from '../../../../test/mesos-state.ts';
import type { RootedHost } from '../../../host/rooted-host.ts';
import { parseMesosVersion } from '../mesos-version.ts';
import { readStateFile, type StateVerdict } from './read-state-file.ts';
import { stateFiles } from './state-files.ts';

/** The releases for which the verdicts are known. */
const RELEASES = ['0.28.1', '1.0.0', '1.1.0', '1.2.0', '1.4.0', '1.5.0', '1.8.0', '1.9.0', '1.11.0'];

interface Sample {
  readonly name: string;
  readonly state: StateOptions;
  /** Files that old releases can not read: the first release that can. */
  readonly readableFrom: Readonly<Record<string, string>>;
}

/**
 * What Mesos's own recovery (src/slave/state.cpp of 0.28.1 and 1.0.0, compiled alone) said of states like these, and
 * for the other releases what their messages require.
 */
const SAMPLES: readonly Sample[] = [
  { name: 'plain, of 0.28.1', state: {}, readableFrom: {} },
  {
    name: 'with gpus, of 1.0.0',
    state: { resources: [...DEFAULT_RESOURCES, scalar('gpus', 2)] },
    readableFrom: {},
  },
  {
    name: 'with a volume, of 1.4.0',
    state: { checkpointed: [scalar('disk', 100, 'db', VOLUME)] },
    readableFrom: {},
  },
  {
    name: 'a task group, of 1.1.0',
    state: { executor: executor({ withCommand: false }) },
    readableFrom: { [EXECUTOR_INFO]: '1.1.0' },
  },
  {
    name: 'a secret in the environment, of 1.2.0',
    state: { executor: executor({ withCommand: true, secret: true }) },
    readableFrom: { [EXECUTOR_INFO]: '1.2.0' },
  },
  {
    name: 'a raw disk, of 1.5.0',
    state: {
      resources: [scalar('disk', 9, '*', diskSource(4))],
      checkpointed: [scalar('disk', 9, '*', diskSource(3))],
    },
    readableFrom: { [AGENT_INFO]: '1.5.0', [RESOURCES_INFO]: '1.5.0' },
  },
  {
    name: 'a task that was dropped, of 1.4.0',
    state: { updates: [1, 9, 2] },
    readableFrom: { [UPDATES]: '1.1.0' },
  },
  {
    name: 'a task that is unreachable, then gone by the operator, of 1.11.0',
    state: { updates: [10, 12] },
    readableFrom: { [UPDATES]: '1.1.0' },
  },
];

describe.each(SAMPLES)('a state $name', ({ state, readableFrom }) => {
  test.each(RELEASES)('as %s reads it', (release) => {
    const verdicts = read(rootWith(checkpoint(state)), release);
    const unreadable = verdicts
      .filter(({ verdict }) => verdict.kind === 'unreadable')
      .map(({ path }) => path);
    const expected = Object.entries(readableFrom)
      .filter(([, first]) => RELEASES.indexOf(release) < RELEASES.indexOf(first))
      .map(([path]) => path);
    expect(unreadable.sort()).toEqual(expected.sort());
    expect(verdicts.length).toBe(state.checkpointed === undefined ? 5 : 6);
  });
});

test('a list is cut at the first record that can not be read', () => {
  const host = rootWith(checkpoint({ updates: [1, 9, 2] }));
  const verdict = read(host, '0.28.1').find(({ path }) => path === UPDATES)?.verdict;
  const first = host.readFile(UPDATES).length / 3;
  expect(verdict).toEqual({
    kind: 'unreadable',
    record: 2,
    offset: first,
    reason: 'it needs the field update.status.state',
  });
});

test('a list whose last record is cut off ends there, a single message may not be cut off', () => {
  const files = checkpoint({ updates: [1, 2] });
  const whole = Buffer.from(files[UPDATES] ?? '');
  const info = Buffer.from(files[AGENT_INFO] ?? '');
  const host = rootWith({ ...files, [UPDATES]: whole.subarray(0, -3), [AGENT_INFO]: info.subarray(0, -3) });
  const verdicts = new Map(read(host, '1.0.0').map(({ path, verdict }) => [path, verdict]));
  expect(verdicts.get(UPDATES)).toEqual({ kind: 'readable', records: 1 });
  expect(verdicts.get(AGENT_INFO)).toMatchObject({ kind: 'unreadable', record: 1, offset: 0 });
});

test('an empty file counts as one that is not there', () => {
  const host = rootWith({ ...checkpoint(), [UPDATES]: '' });
  expect(read(host, '1.0.0').find(({ path }) => path === UPDATES)?.verdict).toEqual({
    kind: 'readable',
    records: 0,
  });
});

function read(host: RootedHost, release: string): { path: string; verdict: StateVerdict }[] {
  const version = parseMesosVersion(release);
  if (version === undefined) throw new Error(`${release} is no release`);
  return stateFiles(host, WORK).files.map((file) => ({
    path: file.path,
    verdict: readStateFile(host, file, version),
  }));
}
