import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { DIRECTORY } from '../../test/root-with.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import type { Plan, Step } from '../documents/plan.ts';
import type { FileFacts } from '../host/host.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { guardOf } from '../plan/guard.ts';
import {
  refuseCapabilities,
  refuseLeftGuard,
  refuseMovedActivity,
  refuseMovedHost,
  refuseRefusedJobs,
  refuseStateLinkedElsewhere,
  refuseWithoutMeans,
} from './refuse-to-begin.ts';
import { refuseUnkeptState } from './refuse-unkept-state.ts';

const LAMP = 'lamp.service';
const SOURCE = '/opt/lamp-2';
const ARCHIVE = '/root/lamp.tar';
const STATE = '/var/lib/lamp';

function planOf(...steps: readonly Step[]): Plan {
  return beginRecord('20160615-152745-000-6a9c1f', LAMP, steps).plan;
}

const ADDED = { digest: '6a9c1f', files: 1, bytes: 1, storePath: '/var/lib/cutover/store/6a9c1f' };
const MOVED = 'the host has changed since the plan was made: ';

test('whoever is not root changes nothing', async () => {
  const machine = machineIn({});
  const other = { ...machine, processes: { ...machine.processes, uid: 1000 } };
  await expect(refuseWithoutMeans(other, 'apply')).rejects.toThrow(
    expect.objectContaining({ message: 'apply must run as root', next: 'sudo cutover apply …' }),
  );
});

test('a replacement that is gone, or another, has moved; one that the store has already has not', () => {
  const plan = planOf({ kind: 'store-add', source: SOURCE, ...ADDED });
  expect(() => refuseMovedHost(machineIn({}), plan)).toThrow(`${MOVED}${SOURCE}`);
  expect(() => refuseMovedHost(machineIn({ [`${SOURCE}/bin/lamp`]: 'other' }), plan)).toThrow(
    `${MOVED}${SOURCE}`,
  );
  refuseMovedHost(machineIn({ [ADDED.storePath]: '' }), plan);
});

test('so has an archive that is gone, and one that was exchanged for what is none', () => {
  const plan = planOf({ kind: 'store-unpack', archives: [ARCHIVE], ...ADDED });
  expect(() => refuseMovedHost(machineIn({}), plan)).toThrow(`${MOVED}${ARCHIVE}`);
  expect(() => refuseMovedHost(machineIn({ [ARCHIVE]: 'no archive' }), plan)).toThrow(`${MOVED}${ARCHIVE}`);
});

test('an archive that can not be read is an error of its own', () => {
  const machine = machineIn({ [`${ARCHIVE}/not/a/file`]: '' });
  const plan = planOf({ kind: 'store-unpack', archives: [ARCHIVE], ...ADDED });
  expect(() => refuseMovedHost(machine, plan)).toThrow(`${ARCHIVE}: not a regular file`);
});

test('a guard that is left of a change without a journal is to be removed first', () => {
  const { path, content } = guardOf(String.raw`my\x2dlamp.service`);
  const refuse = (files: Parameters<typeof machineIn>[0]) => () =>
    refuseLeftGuard(machineIn(files), String.raw`my\x2dlamp.service`);
  expect(refuse({ [path]: content })).toThrow(
    expect.objectContaining({
      message: `${path} is left of a change that is in no journal`,
      next: `rm '${path}' && systemctl daemon-reload; then make a new plan`,
    }),
  );
  refuse({})();
});

test('a service that ran when the plan was made has to run, and one that did not has not to', () => {
  const plan = planOf();
  const made = (effects: Partial<Plan['effects']>): Plan => ({
    ...plan,
    effects: { ...plan.effects, ...effects },
  });
  const ran = made({ activity: 'observed', restarts: [LAMP, 'oiler.service'] });
  const didNot = made({ activity: 'observed', restarts: ['oiler.service'], starts: [LAMP] });
  const elsewhere = made({ activity: 'assumed', restarts: [LAMP] });
  const [up, down] = [unitFacts(), unitFacts({ activeState: 'failed' })];
  expect(() => refuseMovedActivity(down, ran)).toThrow(
    expect.objectContaining({
      message: `${LAMP} ran when the plan was made, and does not now: it is failed`,
      next: `Make a new plan and review it: cutover plan …; or first: systemctl start ${LAMP}`,
    }),
  );
  expect(() => refuseMovedActivity(up, didNot)).toThrow(
    expect.objectContaining({
      message: `${LAMP} did not run when the plan was made, and does now`,
      next: `Make a new plan and review it: cutover plan …; or first: systemctl stop ${LAMP}`,
    }),
  );
  for (const [unit, as] of [
    [up, ran],
    [down, didNot],
    [down, elsewhere],
  ] as const)
    refuseMovedActivity(unit, as);
});

test('a service that systemd does not stop or start for anybody is left alone, unless it is left alone anyway', async () => {
  for (const [job, directive] of [
    ['start', 'RefuseManualStart'],
    ['stop', 'RefuseManualStop'],
  ] as const) {
    const machine = machineIn({}, { refusedJobs: async () => [job] });
    await expect(refuseRefusedJobs(machine, planOf({ kind: 'unit-restart', unit: LAMP }))).rejects.toThrow(
      expect.objectContaining({
        message: `systemd refuses to ${job} ${LAMP} when it is asked to`,
        why: `${directive}=yes leaves that to other units. The service would be left as it is, or down.`,
        next: `systemctl edit ${LAMP}, [Unit] ${directive}=no; then make a new plan`,
      }),
    );
    await refuseRefusedJobs(machine, planOf({ kind: 'daemon-reload' }));
  }
});

test('where the tool for file capabilities is missing they are not looked for', async () => {
  const machine = machineIn({ [`${SOURCE}/bin/lamp`]: '' });
  const files = { ...machine.files, attributes: async () => undefined };
  await refuseCapabilities({ ...machine, files }, planOf({ kind: 'store-add', source: SOURCE, ...ADDED }));
});

test('a directory of the state that goes away while it is looked at has no links', () => {
  const machine = machineIn({ [`${STATE}/wick/old`]: '', [`${STATE}/oil`]: '' });
  class Changing extends RootedHost {
    override lstat = (path: string): FileFacts | undefined => {
      const facts = super.lstat(path);
      if (path === `${STATE}/wick`) machine.files.removeTree(path);
      return facts;
    };
  }
  const plan = planOf({ kind: 'state-snapshot', path: STATE, why: 'it is rewritten' });
  refuseStateLinkedElsewhere({ ...machine, host: new Changing(machine.host.root) }, plan);
  expect(machine.host.list(STATE)).toEqual(['oil']);
});

test('state that the plan saw and that is not there is no state to make a copy of', async () => {
  const snapshot = { kind: 'state-snapshot', path: STATE, why: 'it glows' } as const;
  const gone = planOf({ ...snapshot, holds: { files: 2, bytes: 7 } });
  await expect(refuseUnkeptState(machineIn({}), gone)).rejects.toThrow(
    `the state ${STATE} is not there, and held 2 files when the plan was made`,
  );
  await expect(refuseUnkeptState(machineIn({ [STATE]: DIRECTORY }), gone)).rejects.toThrow(
    `the state ${STATE} is empty, and held 2 files when the plan was made`,
  );
  await refuseUnkeptState(machineIn({ [`${STATE}/oil`]: '' }), gone);
  await refuseUnkeptState(machineIn({}), planOf({ ...snapshot, holds: { files: 0, bytes: 0 } }));
  await refuseUnkeptState(machineIn({}), planOf({ ...snapshot, holds: 'absent' }));
  await refuseUnkeptState(machineIn({}), planOf(snapshot));
});
