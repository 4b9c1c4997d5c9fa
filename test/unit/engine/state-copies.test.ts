// The copy of a state that is made while the service still runs, and what becomes of it when it is down.
import { chownSync, linkSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { beforeOpening } from '../../before-opening.ts';
import { type BegunChange, begunChange, textAt } from '../../begun-change.ts';
import { addToRoot, rootWith } from '../../root-with.ts';
import { unitFacts } from '../../unit-facts.ts';
import type { BackStep, Irreversible, Step } from '../../../src/documents/plan.ts';
import { HostError, type HostErrorReason } from '../../../src/host/host.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import type { Machine, MachineFiles } from '../../../src/host/machine.ts';
import { entryDifferences } from '../../../src/engine/entry-differences.ts';
import { besideOf } from '../../../src/engine/exchange-file.ts';
import { readTree } from '../../../src/engine/read-entries.ts';

const live = liveMachine();
const { host, files } = live;
const failed = (reason: string) => ({ result: 'failed', facts: [{}], reason });

interface StateOfLamp {
  readonly root: string;
  readonly state: string;
  readonly change: BegunChange;
  readonly copy: string;
  readonly beside: string;
}

async function lampWith(
  state: Readonly<Record<string, string>>,
  irreversible?: (state: string) => Irreversible,
): Promise<StateOfLamp> {
  const { root } = rootWith({ '/lib/readme': '', ...state });
  const path = `${root}/lib/lamp`;
  const steps: Step[] = [
    { kind: 'state-copy', path },
    { kind: 'daemon-reload' },
    { kind: 'state-snapshot', path, why: 'it glows' },
  ];
  const points = irreversible === undefined ? [] : [irreversible(path)];
  const change = await begunChange(root, steps, { irreversible: points });
  const copy = `${change.journal.directory.snapshots}/state/2`;
  return { root, state: path, change, copy, beside: besideOf(path, change.journal.begin.change, 'new') };
}

/** Applies a change while something happens to its state after it was copied; what was copied when, apart from that. */
async function applied(
  { change, root, copy }: StateOfLamp,
  meanwhile: () => void,
  as: Partial<MachineFiles> = {},
) {
  const copied: string[] = [];
  const told = {
    copy: async (from: string, to: string) => {
      copied.push(`${from} as a whole`);
      await files.copy(from, to);
    },
    copyInto: async (paths: readonly string[], directory: string) => {
      copied.push(...paths);
      await files.copyInto(paths, directory);
    },
  };
  const machine = reloading(
    { ...live, home: change.machine.home, files: { ...files, ...told, ...as } },
    meanwhile,
  );
  const end = await change.apply(machine);
  return {
    end,
    copied: copied.map((path) => path.replace(`${root}/lib/`, '')),
    left: host.list(dirname(copy)),
  };
}

/** A machine on which something happens when systemd reads its files. */
function reloading(machine: Machine, act: () => void): Machine {
  const systemd = { ...machine.systemd, daemonReload: async () => act(), show: async () => unitFacts() };
  return { ...machine, systemd };
}

async function differences(one: string, other: string): Promise<string[]> {
  const [was, is] = [await readTree(live, one), await readTree(live, other)];
  return entryDifferences(was.entries, is.entries, { directoryTimes: true }).map(
    ({ path, what }) => `${path}: ${what}`,
  );
}

const HOURS = { '/lib/lamp/hours': '7', '/lib/lamp/log/old': 'lit', '/lib/lamp/log/new': 'lit again' };
const nothing = (): void => undefined;

test('a state that nobody has written to is copied once', async () => {
  const lamp = await lampWith(HOURS);
  const { end, copied } = await applied(lamp, nothing);
  expect([end.result, copied]).toEqual(['done', ['lamp as a whole']]);
  expect(await differences(lamp.state, lamp.copy)).toEqual([]);
});

test('of what was written since it was copied only that is copied again', async () => {
  const lamp = await lampWith({ ...HOURS, '/lib/lamp/bulb': '-> log/old', '/lib/lamp/wick/end': '' });
  const { end, copied, left } = await applied(lamp, () => {
    addToRoot(lamp.root, {
      '/lib/lamp/hours': '8',
      '/lib/lamp/shade/inner/cloth': 'silk',
      '/lib/lamp/log/newer': '',
    });
    files.removeFile(`${lamp.state}/bulb`);
    files.makeLink('log/new', `${lamp.state}/bulb`);
    files.removeFile(`${lamp.state}/log/old`);
    files.removeTree(`${lamp.state}/wick`);
    addToRoot(lamp.root, { '/lib/lamp/wick': 'a file now' });
  });
  expect(end.result).toBe('done');
  expect(copied).toEqual([
    'lamp as a whole',
    'lamp/bulb',
    'lamp/hours',
    'lamp/log/newer',
    'lamp/shade',
    'lamp/wick',
  ]);
  expect(await differences(lamp.state, lamp.copy)).toEqual([]);
  expect(left).toEqual(['2', '2.manifest']);
});

test('of what was only removed nothing is copied again', async () => {
  const lamp = await lampWith(HOURS);
  const { end, copied } = await applied(lamp, () => files.removeFile(`${lamp.state}/log/old`));
  expect([end.result, copied]).toEqual(['done', ['lamp as a whole']]);
  expect(await differences(lamp.state, lamp.copy)).toEqual([]);
});

test('of a file that nobody has written to for long the original is read once, its copy not again', async () => {
  const lamp = await lampWith(HOURS);
  utimesSync(`${lamp.state}/log/old`, 2016, 2016);
  const opened: string[] = [];
  const watched = beforeOpening((path) => opened.push(path));
  const meanwhile = (): void => {
    addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
    opened.length = 0;
  };
  const machine = { ...live, home: lamp.change.machine.home, host: watched };
  expect((await lamp.change.apply(reloading(machine, meanwhile))).result).toBe('done');
  expect(opened.filter((path) => path.endsWith('/log/old'))).toEqual([`${lamp.state}/log/old`]);
});

test('a file that holds something else is copied again, whatever its time says', async () => {
  const lamp = await lampWith(HOURS);
  const { end, copied } = await applied(lamp, () => {
    addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
    const { atime, mtime } = statSync(`${lamp.copy}/hours`);
    utimesSync(`${lamp.state}/hours`, atime, mtime);
  });
  expect([end.result, copied]).toEqual(['done', ['lamp as a whole', 'lamp/hours']]);
  expect(textAt(live, `${lamp.copy}/hours`)).toBe('8');
});

const numbered = (count: number, path: (n: number) => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`/lib/lamp/${path(n)}`, '']));
const LONG = 'x'.repeat(250);

test.each<[string, (lamp: StateOfLamp) => void]>([
  ['a directory with another mode', ({ state }) => files.setMode(`${state}/log`, 0o700)],
  ['a second name of a file', ({ state }) => linkSync(`${state}/hours`, `${state}/hours-again`)],
  ['so many files', ({ root }) => addToRoot(root, numbered(1001, String))],
  ['still more files', ({ root }) => addToRoot(root, numbered(1101, String))],
  [
    'files with names too long',
    ({ root }) =>
      addToRoot(
        root,
        numbered(600, (n) => `${LONG}${n}`),
      ),
  ],
  [
    'files in so many directories',
    ({ root }) =>
      addToRoot(
        root,
        numbered(101, (n) => `room-${n}/cat`),
      ),
  ],
  [
    'a file in the place of the whole state',
    ({ root, state }) => {
      files.removeTree(state);
      addToRoot(root, { '/lib/lamp': 'broken' });
    },
  ],
])('for %s all is copied again', async (_title, meanwhile) => {
  const lamp = await lampWith({ ...HOURS, ...numbered(101, (n) => `room-${n}/dog`) });
  const { end, copied } = await applied(lamp, () => meanwhile(lamp));
  expect([end.result, copied]).toEqual(['done', ['lamp as a whole', 'lamp as a whole']]);
  expect(await differences(lamp.state, lamp.copy)).toEqual([]);
});

test('what is written to a state while what was stale is copied again is in no copy', async () => {
  const lamp = await lampWith(HOURS);
  const copyInto = async (paths: readonly string[], directory: string): Promise<void> => {
    await files.copyInto(paths, directory);
    addToRoot(lamp.root, { '/lib/lamp/hours': '9' });
  };
  const { end } = await applied(lamp, () => addToRoot(lamp.root, { '/lib/lamp/hours': '8' }), { copyInto });
  expect(end).toMatchObject({ reason: `${lamp.state}/hours was written to while it was copied` });
});

/** A first copy of which `cp` complains when it is made; what is copied afterwards is copied well. */
function complainingOnce(reason: HostErrorReason, isMade = true): Partial<MachineFiles> {
  let tries = 0;
  const copy = async (from: string, to: string): Promise<void> => {
    tries += 1;
    if (tries > 1 || isMade) await files.copy(from, to);
    if (tries === 1) throw new HostError(to, reason, 'cp has complained');
  };
  return { copy };
}

test.each(['absent', 'denied'] as const)(
  'that files are %s while they are copied does no harm',
  async (reason) => {
    const lamp = await lampWith(HOURS);
    const { end } = await applied(lamp, nothing, complainingOnce(reason));
    expect(end.result).toBe('done');
    expect(await differences(lamp.state, lamp.copy)).toEqual([]);
  },
);

test.each(['full', 'read-only', 'io'] as const)(
  'a disk that is %s ends the change while the service runs',
  async (reason) => {
    const lamp = await lampWith(HOURS);
    const { end, left } = await applied(lamp, nothing, complainingOnce(reason));
    expect([end, left]).toEqual([failed(`${lamp.copy}: cp has complained`), []]);
  },
);

test('an error of our own, or in the reading of the copy, ends it as well', async () => {
  const lamp = await lampWith(HOURS);
  const broken = async (): Promise<void> => await Promise.reject(new Error('it is broken'));
  expect((await applied(lamp, nothing, { copy: broken })).end).toEqual(failed('it is broken'));
  const other = await lampWith(HOURS);
  const { end, left } = await applied(other, nothing, { syncFileSystem: broken });
  expect([end, left]).toEqual([failed('it is broken'), []]);
});

test('where nothing came of the first copy the state is copied when the service is down', async () => {
  const lamp = await lampWith(HOURS);
  expect((await applied(lamp, nothing, complainingOnce('absent', false))).end.result).toBe('done');
  expect(await differences(lamp.state, lamp.copy)).toEqual([]);
});

test.each<[string, (lamp: StateOfLamp) => void]>([
  ['is gone', ({ copy }) => files.removeTree(copy)],
  ['was written to', ({ copy }) => writeFileSync(`${copy}/hours`, 'seven')],
])('a first copy that %s is made anew', async (_title, meanwhile) => {
  const lamp = await lampWith(HOURS);
  const { end, copied } = await applied(lamp, () => meanwhile(lamp));
  expect([end.result, copied]).toEqual(['done', ['lamp as a whole', 'lamp as a whole']]);
  expect(await differences(lamp.state, lamp.copy)).toEqual([]);
});

test('a state that came since is kept as it is then; of one that went away there would be no copy', async () => {
  const come = await lampWith({});
  const came = await applied(come, () => addToRoot(come.root, HOURS));
  expect([came.end.result, came.copied]).toEqual(['done', ['lamp as a whole']]);
  const gone = await lampWith(HOURS);
  const { end } = await applied(gone, () => files.removeTree(gone.state));
  expect(end).toMatchObject({ result: 'failed', reason: `the state ${gone.state} has gone` });
});

test('a copy for which the plan has no use is not made', async () => {
  const { root } = rootWith({ '/lib/lamp/hours': '7' });
  const change = await begunChange(root, [{ kind: 'state-copy', path: `${root}/lib/lamp` }]);
  expect(await change.apply()).toEqual(failed(`the plan has no snapshot of ${root}/lib/lamp`));
});

/** The steps of a way back that copy and exchange, with a reload between; how often they copy. */
async function takenBack(
  { state: path, copy: snapshot, change }: StateOfLamp,
  kinds: readonly ('state-prepare' | 'state-restore')[],
  { between = nothing, as = {} }: { between?: () => void; as?: Partial<MachineFiles> } = {},
) {
  let copies = 0;
  const copy = async (from: string, to: string): Promise<void> => {
    copies += 1;
    await files.copy(from, to);
  };
  const steps = kinds.flatMap((kind): BackStep[] => [{ kind: 'daemon-reload' }, { kind, path, snapshot }]);
  const machine = { ...change.machine, files: { ...files, copy, ...as } };
  const end = await change.goBack(steps.slice(1), reloading(machine, between));
  return { end, copies };
}

/** A change that has kept a state, to which something was written since. */
async function keptLamp(): Promise<StateOfLamp> {
  const lamp = await lampWith(HOURS);
  await applied(lamp, nothing);
  addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
  return lamp;
}

test('a way back lays the kept state beside while the service runs, and puts it in its place when it is down', async () => {
  const lamp = await keptLamp();
  expect(await takenBack(lamp, ['state-prepare'])).toMatchObject({ end: { result: 'done' }, copies: 1 });
  expect(await differences(lamp.copy, lamp.beside)).toEqual([]);
  expect(textAt(live, `${lamp.state}/hours`)).toBe('8');
  const between = () => files.setMode(`${lamp.state}/hours`, 0o600); // by the service, which still runs
  expect(await takenBack(lamp, ['state-prepare', 'state-restore'], { between })).toMatchObject({
    end: { result: 'done' },
    copies: 1,
  });
  expect(await differences(lamp.copy, lamp.state)).toEqual([]);
  expect(host.lstat(lamp.beside)).toBe(undefined);
});

test('a copy that can not be used is found out while the service runs; what differs most is told', async () => {
  const lamp = await keptLamp();
  files.removeFile(`${lamp.copy}/hours`);
  const { end } = await takenBack(lamp, ['state-prepare', 'state-restore']);
  expect(end).toMatchObject({
    reason: `the copy ${lamp.copy} can't be used: ${lamp.copy}/hours: type is absent, not file, and 1 more difference`,
  });
  expect(host.list(`${lamp.root}/lib`)).toEqual(['lamp', 'readme']);
});

test('so is one that is gone, at whatever step, and no leftover takes its place', async () => {
  const lamp = await keptLamp();
  files.removeTree(lamp.copy);
  addToRoot(lamp.root, { [lamp.beside.slice(lamp.root.length)]: 'half' });
  for (const step of ['state-prepare', 'state-restore'] as const)
    expect((await takenBack(lamp, [step])).end).toEqual(failed(`the copy ${lamp.copy} is gone`));
  expect(textAt(live, `${lamp.state}/hours`)).toBe('8');
});

test('nothing is laid beside where there is no room for it and for what the service writes', async () => {
  const lamp = await keptLamp();
  const room = (free: number, needed: number) => ({
    as: { freeBytes: () => free, usedBytes: async () => needed },
  });
  const refusal = (takes: string, free: string, left: string) =>
    failed(
      `the state that is to be put back takes ${takes} in ${lamp.root}/lib, where ${free} are free and ${left} shall stay so`,
    );
  expect((await takenBack(lamp, ['state-prepare'], room(200e6, 150e6))).end).toEqual(
    refusal('150.0 MB', '200.0 MB', '67.1 MB'),
  );
  expect((await takenBack(lamp, ['state-prepare'], room(9999, 5000))).end).toEqual(
    refusal('5.0 kB', '10.0 kB', '5.0 kB'),
  );
  expect(await takenBack(lamp, ['state-prepare'], room(10_000, 5000))).toMatchObject({ copies: 1 });
  writeFileSync(Buffer.concat([Buffer.from(`${lamp.state}/`), Buffer.from([0xe9])]), ''); // which can't be looked at
  expect((await takenBack(lamp, ['state-prepare'], room(0, 5000))).end).toMatchObject({ result: 'failed' });
  const same = await lampWith(HOURS);
  await applied(same, nothing);
  expect(await takenBack(same, ['state-prepare'], room(0, 5000))).toMatchObject({
    end: { result: 'done' },
    copies: 0,
  });
});

test.each([
  ['of another', (lib: string) => chownSync(lib, 1234, 0)],
  ['that others may write to', (lib: string) => files.setMode(lib, 0o777)],
])('in a directory %s nothing is laid while the service runs', async (_title, act) => {
  const lamp = await keptLamp();
  act(`${lamp.root}/lib`);
  expect(await takenBack(lamp, ['state-prepare'])).toMatchObject({ end: { result: 'done' }, copies: 0 });
  expect(await takenBack(lamp, ['state-prepare', 'state-restore'])).toMatchObject({ copies: 1 });
  expect(await differences(lamp.copy, lamp.state)).toEqual([]);
  files.setMode(`${lamp.copy}/hours`, 0o600);
  expect((await takenBack(lamp, ['state-prepare'])).end).toEqual(
    failed(`the copy ${lamp.copy} can't be used: ${lamp.copy}/hours: mode is 0600, not 0644`),
  );
});

test.each<[string, (beside: string) => void]>([
  ['another mode', (beside) => files.setMode(`${beside}/hours`, 0o600)],
  ['no place any more', (beside) => files.removeTree(beside)],
  [
    'a name in it that is no UTF-8',
    (beside) => writeFileSync(Buffer.concat([Buffer.from(`${beside}/`), Buffer.from([0xe9])]), ''),
  ],
  [
    'other content and the same time',
    (beside) => {
      const { atime, mtime } = statSync(`${beside}/hours`);
      writeFileSync(`${beside}/hours`, 'X');
      utimesSync(`${beside}/hours`, atime, mtime);
    },
  ],
])('what was laid beside and has %s is laid anew when the service is down', async (_title, meddle) => {
  const lamp = await keptLamp();
  const between = () => meddle(lamp.beside);
  expect(await takenBack(lamp, ['state-prepare', 'state-restore'], { between })).toMatchObject({
    end: { result: 'done' },
    copies: 2,
  });
  expect(await differences(lamp.copy, lamp.state)).toEqual([]);
});

test('what must stay out, as is found when the service is down, goes from what was laid, and that is brought to the disk', async () => {
  const crossing = (state: string): Irreversible => ({
    id: 'new-bulb',
    title: 'a bulb is used up',
    why: 'it glows once',
    accepted: true,
    crossedWhenLinkChanged: `${state}/bulb`,
    leaveOut: [`${state}/bulb`, `${state}/log/old`],
    difference: 'the lamp has its new bulb',
  });
  const lamp = await lampWith({ ...HOURS, '/lib/lamp/bulb': '-> log/old' }, crossing);
  await applied(lamp, nothing);
  addToRoot(lamp.root, { '/lib/lamp/hours': '8' });
  const synced: string[] = [];
  const syncFileSystem = async (directory: string): Promise<void> => {
    synced.push(host.lstat(`${lamp.beside}/log/old`) === undefined ? 'without' : 'with');
    await files.syncFileSystem(directory);
  };
  const between = (): void => {
    files.removeFile(`${lamp.state}/bulb`);
    files.makeLink('log/new', `${lamp.state}/bulb`);
  };
  expect(
    await takenBack(lamp, ['state-prepare', 'state-restore'], { between, as: { syncFileSystem } }),
  ).toMatchObject({ end: { result: 'done' }, copies: 1 });
  expect(synced).toEqual(['with', 'without']);
  expect(await differences(lamp.copy, lamp.state)).toEqual(['bulb: type', 'log/old: type']);
});

test('that a state has become a mount point is found out while the service runs', async () => {
  const lamp = await keptLamp();
  class Mounted extends RootedHost {
    override readFile = (path: string, limit?: number): Uint8Array =>
      path === '/proc/self/mountinfo'
        ? new TextEncoder().encode(`36 25 0:31 / ${lamp.state} rw,relatime - tmpfs tmpfs rw\n`)
        : super.readFile(path, limit);
  }
  const prepare: BackStep = { kind: 'state-prepare', path: lamp.state, snapshot: lamp.copy };
  const machine = { ...lamp.change.machine, host: new Mounted('/', 'live') };
  expect(await lamp.change.goBack([prepare], machine)).toEqual(
    failed(`${lamp.state} is a mount point now, and can't be exchanged: umount it first`),
  );
});

test('nothing is laid beside of a state that was not there', async () => {
  const lamp = await lampWith({});
  await applied(lamp, nothing);
  addToRoot(lamp.root, HOURS);
  expect(await takenBack(lamp, ['state-prepare', 'state-restore'])).toMatchObject({
    end: { result: 'done' },
    copies: 0,
  });
  expect(host.lstat(lamp.state)).toBe(undefined);
});

test('what the new version has written with a name that is no UTF-8 does not keep the old state from coming back', async () => {
  const lamp = await keptLamp();
  writeFileSync(Buffer.concat([Buffer.from(`${lamp.state}/`), Buffer.from([0xe9])]), '');
  expect((await takenBack(lamp, ['state-restore'])).end).toMatchObject({ result: 'done' });
  expect(await differences(lamp.copy, lamp.state)).toEqual([]);
});
