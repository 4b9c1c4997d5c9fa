// A slice of `npm run test:crash`, another one each time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  beginnings,
  type Deeds,
  depthOne,
  learnDeeds,
  outcomeOf,
  readyFor,
  titleOf,
} from '../../crash/crash-cases.ts';
import { endOfFault, faultCases, hangCases, titleOfFault } from '../../crash/fault-cases.ts';
import { namedFaults } from '../../crash/named-faults.ts';
import { bootCrashMachine, type CrashMachine } from '../../crash/crash-machine.ts';
import { beaconScene } from '../../crash/beacon-scene.ts';
import { VERBS } from '../../crash/crash-scene.ts';
import { flintScene } from '../../crash/flint-scene.ts';
import { lampScene } from '../../crash/lamp-scene.ts';
import { randomOf, sample } from '../../random.ts';
import { sparkScene } from '../../crash/spark-scene.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';

const seed = Number(process.env['CUTOVER_SEED'] ?? Date.now() % 1_000_000);
const KILLED = 4;
const KILLED_OF_VERB = 1;
const KILLED_TWICE = 2;
const REFUSED = 3;
const HUNG = 2;
const NAMED = 4;
const WITHOUT_POWER = 2;
const RECOVERY_DEEDS = 20;

describeOnMachine(`Cutover, killed at any of its deeds (seed ${seed})`, () => {
  const random = randomOf(seed);
  let crash: CrashMachine;
  let deeds: Deeds;
  beforeAll(async () => {
    crash = await bootCrashMachine('crash', lampScene);
    deeds = await learnDeeds(crash);
  });
  afterAll(async () => {
    await crash?.machine.throwAway();
  });

  test('has numbered every write, sync, rename, removal and command', () => {
    const kinds = new Set([...deeds.apply, ...deeds.rollback].map((deed) => deed.split(' ')[0]));
    for (const kind of [
      'write',
      'sync',
      'rename',
      'create',
      'remove',
      'make',
      'chmod',
      'chown',
      'cp',
      'systemctl',
    ])
      expect(kinds).toContain(kind);
  });

  test('refused anything by the system ends as it says, and loses nothing', async () => {
    for (const faultCase of sample(faultCases(deeds), REFUSED, random)) {
      const { wrong } = await endOfFault(crash, faultCase);
      expect(wrong, titleOfFault(faultCase, deeds)).toBeUndefined();
    }
  });

  test('whose command hangs ends all the same, as it says, and loses nothing', async () => {
    for (const faultCase of sample(hangCases(deeds), HUNG, random)) {
      const { wrong } = await endOfFault(crash, faultCase);
      expect(wrong, titleOfFault(faultCase, deeds)).toBeUndefined();
    }
  }, 300_000);

  test('ends as it says where systemd refuses or somebody else is at work', async () => {
    // Those of the gate wait for whole timeouts: they are for the long run.
    const quick = namedFaults().filter(({ title }) => !title.startsWith('the gate'));
    for (const { title, run } of sample(quick, NAMED, random)) {
      await crash.reset();
      const { wrong } = await run(crash, deeds);
      expect(wrong, title).toBeUndefined();
    }
  });

  test('leaves a machine that recover makes as before, or as after', async () => {
    for (const crashCase of sample(depthOne(deeds, false), KILLED, random)) {
      expect(['before', 'after'], titleOf(crashCase, deeds)).toContain(await outcomeOf(crash, crashCase));
    }
  });

  test('by a power cut between the first new file and the copy of the state has lost no state', async () => {
    // Without a guard the boot starts the new program on state of which there is no copy.
    const at = 1 + deeds.apply.findIndex((deed) => deed.startsWith('systemctl stop'));
    expect(await outcomeOf(crash, { verb: 'apply', at, losesPower: true })).toBe('before');
  });

  test('by a power cut between the old files and the old state has not started the old program on the new state', async () => {
    const at = 1 + deeds.rollback.findLastIndex((deed) => deed.startsWith('systemctl stop'));
    for (const cut of [at, at + 1])
      expect(await outcomeOf(crash, { verb: 'rollback', at: cut, losesPower: true })).toBe('before');
  });

  test('while it recovers from that leaves one that recover makes whole all the same', async () => {
    for (const first of sample(beginnings(deeds), KILLED_TWICE, random)) {
      const crashCase = { ...first, recoveryAt: 1 + Math.floor(random() * RECOVERY_DEEDS) };
      expect(['before', 'after'], titleOf(crashCase, deeds)).toContain(await outcomeOf(crash, crashCase));
    }
  });
});

describeOnMachine(`Cutover, killed while it unpacks, tries and waits to be confirmed (seed ${seed})`, () => {
  let crash: CrashMachine;
  let deeds: Deeds;
  beforeAll(async () => {
    crash = await bootCrashMachine('crash-beacon', beaconScene);
    deeds = await learnDeeds(crash);
  });
  afterAll(async () => {
    await crash?.machine.throwAway();
  });

  test('leaves a machine that recover makes as before, or as after, with nothing left over', async () => {
    const random = randomOf(seed);
    for (const verb of VERBS) {
      const cases = depthOne(deeds, false).filter((each) => each.verb === verb);
      for (const crashCase of sample(cases, KILLED_OF_VERB, random))
        expect(['before', 'after'], titleOf(crashCase, deeds)).toContain(await outcomeOf(crash, crashCase));
    }
  });

  test('while a way back writes its unit anew leaves the old one, and no half of the new', async () => {
    const at = 1 + deeds.rollback.indexOf('sync /etc/systemd/system/cutover-recover.service.new');
    expect(at).toBeGreaterThan(0);
    expect(await outcomeOf(crash, { verb: 'rollback', at, losesPower: false })).toBe('after');
  });

  test.each([
    ['its unit', /^link \S+\/cutover-recover\.service$/],
    ['its journal', /^sync \/var\/lib\/cutover\/journal\/[^/]+$/],
  ])('refused %s before it began leaves nothing', async (_, deed) => {
    const at = 1 + deeds.apply.findIndex((each) => deed.test(each));
    expect(at).toBeGreaterThan(0);
    const faultCase = { verb: 'apply', at, error: 'ENOSPC', lasts: false } as const;
    expect(await endOfFault(crash, faultCase)).toEqual({ end: 'refused' });
  });
});

describe.each([sparkScene, flintScene])('Cutover, of whose small change the power is cut: $unit', (scene) => {
  describeOnMachine(`(seed ${seed})`, () => {
    let crash: CrashMachine;
    beforeAll(async () => {
      crash = await bootCrashMachine(`crash-${scene.unit}`, scene);
    });
    afterAll(async () => {
      await crash?.machine.throwAway();
    });

    test('has on the disk what it says that it has done', async () => {
      for (const verb of ['apply', 'rollback'] as const) {
        await crash.runAndDie(await readyFor(crash, verb), { at: 'end', losesPower: 'files' });
        expect(await crash.side()).toBe(verb === 'apply' ? 'after' : 'before');
      }
    });

    test('leaves a machine that recover makes as before, or as after', async () => {
      const deeds = await learnDeeds(crash);
      for (const crashCase of sample(depthOne(deeds, true), WITHOUT_POWER, randomOf(seed)))
        expect(['before', 'after'], titleOf(crashCase, deeds)).toContain(await outcomeOf(crash, crashCase));
    });
  });
});
