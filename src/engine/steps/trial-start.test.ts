import { expect, test } from 'vitest';
import { beginRecord } from '../../../test/begin-record.ts';
import { machineIn } from '../../../test/machine-in.ts';
import { unitFacts } from '../../../test/unit-facts.ts';
import type { Step } from '../../documents/plan.ts';
import type { Machine, PrivateViews, Systemd } from '../../host/machine.ts';
import { Journal } from '../../journal/journal.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { execute } from '../execute.ts';
import type { StepOf } from '../step-action.ts';

const LAMP = 'lamp.service';
const DIRECTORY = '/run/cutover/trial/lamp';
const ROOT = `${DIRECTORY}/root`;
const UNIT = '/run/systemd/system/cutover-trial-lamp.service';
const TRIAL: StepOf<'trial-start'> = {
  kind: 'trial-start',
  unit: LAMP,
  trialUnit: 'cutover-trial-lamp.service',
  directory: DIRECTORY,
  content: '[Service]\n',
  environment: '',
  directories: [],
  gate: { stableMs: 0, timeoutMs: 60_000, restarts: 0, probes: [] },
  optional: true,
  notShown: [],
};
const directory = (path: string, user = 'root') => ({ path, mode: 0o750, user, group: '' });

/** One whose views are directories, or can't be made. */
function machineWith(answers: Partial<Systemd>, whyNoView?: string): Machine {
  const files = { '/srv/lamp/oil': '', '/var/lib/lamp': '-> /srv/lamp', '/srv/old': '' };
  const machine = machineIn(files, answers);
  const views: PrivateViews = {
    layOut: async ({ root }) => {
      if (whyNoView === undefined) makeDirectories(machine, root, 0o700);
      return whyNoView;
    },
    remove: async (path) => machine.files.removeTree(path),
  };
  return { ...machine, views };
}

/** How the trial ends as the first step of a change. */
async function endOf(
  machine: Machine,
  trial: StepOf<'trial-start'>,
  {
    interruptedBy,
    more = [],
  }: { readonly interruptedBy?: () => string | undefined; readonly more?: Step[] } = {},
) {
  const journal = Journal.create(machine, beginRecord('20160615-152745-000-6a9c1f', LAMP, [trial, ...more]));
  const context = { machine, journal, plan: journal.begin.plan, attempt: 0, interruptedBy };
  const end = await execute({ direction: 'apply', steps: [trial] }, context, () => undefined);
  expect([machine.host.lstat(DIRECTORY), machine.host.lstat(UNIT)]).toEqual([undefined, undefined]);
  return end;
}

test('a service that a socket waits for has no trial, since its sockets are in use', async () => {
  const triggers = ['lamp.path', 'lamp.socket'];
  const machine = machineWith({ companions: async () => ({ dependents: [], triggers }) });
  const noTrial = 'lamp.socket opens its sockets for it, and they are in use';
  expect(await endOf(machine, TRIAL)).toEqual({ result: 'done', facts: [{ noTrial }] });
});

test('where there is no view a trial that nobody asked for is left out, and one that is wanted ends the change', async () => {
  const noTrial = 'mount: /run/cutover/trial/lamp: permission denied.';
  expect(await endOf(machineWith({}, noTrial), TRIAL)).toEqual({ result: 'done', facts: [{ noTrial }] });
  expect(await endOf(machineWith({}, noTrial), { ...TRIAL, optional: false })).toEqual({
    result: 'failed',
    reason: `a trial start can't be made here: ${noTrial}`,
    facts: [{ noTrial }],
  });
});

test('so it is where a directory that systemd would make can not be made', async () => {
  const directories = [directory('/var/lib/lamp/new', 'no-such-keeper')];
  expect(await endOf(machineWith({}), { ...TRIAL, directories })).toEqual({
    result: 'done',
    facts: [{ noTrial: expect.stringMatching(/^\/usr\/bin\/install: invalid user/) }],
  });
  const ofGroup = [{ ...directory('/var/lib/lamp/new'), group: 'no-such-keepers' }];
  expect(await endOf(machineWith({}), { ...TRIAL, directories: ofGroup })).toEqual({
    result: 'done',
    facts: [{ noTrial: expect.stringMatching(/^\/usr\/bin\/install: invalid group/) }],
  });
});

test('directories and files stand in the view where links of the machine lead, also those of which nothing is there yet', async () => {
  const seen: (readonly string[] | undefined)[] = [];
  const machine: Machine = machineWith({
    start: async () => {
      for (const path of [`${ROOT}/srv/lamp`, ROOT, `${ROOT}/opt/lamp`, `${DIRECTORY}/run`])
        seen.push(machine.host.list(path));
      return undefined;
    },
  });
  const directories = ['/var/lib/lamp/new', '/opt/lamp/state', '/first', '/run/lamp'].map((path) =>
    directory(path),
  );
  const file: Step = {
    kind: 'file-write',
    role: 'file',
    path: '/var/lib/lamp/wick',
    content: 'thick',
    mode: 0o644,
    uid: 0,
    gid: 0,
    before: { type: 'absent' },
  };
  expect(await endOf(machine, { ...TRIAL, directories }, { more: [file] })).toMatchObject({
    result: 'done',
    facts: [{ trial: { passed: true } }],
  });
  expect(seen).toEqual([['new', 'wick'], ['first', 'opt', 'srv'], ['state'], ['lamp']]);
});

test('a signal ends a trial at once, and the change with it', async () => {
  let looks = 0;
  const machine = machineWith({
    show: async () => {
      looks += 1;
      return unitFacts({ activeState: 'activating', subState: 'start' });
    },
  });
  const interruptedBy = () => (looks > 1 ? 'SIGINT' : undefined);
  expect(await endOf(machine, TRIAL, { interruptedBy })).toMatchObject({
    result: 'failed',
    reason: 'interrupted by SIGINT',
    facts: [{ trial: { passed: false, conditions: [{ detail: 'activating (start), result success' }, {}] } }],
  });
});
