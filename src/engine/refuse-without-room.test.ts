import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import type { Plan, Step } from '../documents/plan.ts';
import type { MachineFiles } from '../host/machine.ts';
import { refuseWithoutRoom } from './refuse-without-room.ts';

const MB = 1e6;
const STATE = '/var/lib/lamp';
const snapshot = (path: string): Step => ({ kind: 'state-snapshot', path, why: 'it glows' });
const planOf = (...steps: readonly Step[]): Plan =>
  beginRecord('20160615-152745-000-6a9c1f', 'lamp.service', steps).plan;

/** Two states of 100 MB each on the disk of /var/lib/cutover, of which so much is free. */
function machineWith(free: number, copiesTakeRoom = true) {
  const machine = machineIn({ [`${STATE}/oil`]: '', '/srv/lamp/log': '' });
  const files: Partial<MachineFiles> = {
    usedBytes: async () => 100 * MB,
    freeBytes: () => free,
    copiesTakeRoom: () => copiesTakeRoom,
  };
  return { ...machine, files: { ...machine.files, ...files } };
}

test('the copies have to fit with something to spare', async () => {
  await expect(refuseWithoutRoom(machineWith(167 * MB), planOf(snapshot(STATE)))).rejects.toThrow(
    'the copies this change makes need 100 MB in /var/lib/cutover, where 167 MB are free and 68 MB shall stay so',
  );
});

test('and so have those of the way back, all that are on one disk, where copies take room', async () => {
  const plan = planOf(snapshot(STATE), snapshot('/srv/lamp'), snapshot('/srv/none'));
  await expect(refuseWithoutRoom(machineWith(399 * MB), plan)).rejects.toThrow(
    'the way back of this change needs 200 MB in /srv, where 199 MB would be free',
  );
  await refuseWithoutRoom(machineWith(400 * MB), plan);
  await refuseWithoutRoom(machineWith(399 * MB, false), plan);
});

test('of another disk nothing goes to the copies', async () => {
  const machine = machineWith(170 * MB);
  const apart = Object.assign(machine.host, {
    stat: (path: string) => ({ ...STAT, identity: `${path === '/var/lib' ? 7 : 8}:1` }),
  });
  await refuseWithoutRoom({ ...machine, host: apart }, planOf(snapshot(STATE)));
  Object.assign(machine.host, { stat: () => undefined });
  await refuseWithoutRoom(machine, planOf(snapshot(STATE)));
});

const STAT = { type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtimeNs: 0n, links: 1 } as const;
