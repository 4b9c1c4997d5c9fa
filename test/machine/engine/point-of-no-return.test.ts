import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootLanternMachine, HEAD, type LanternMachine } from './lantern-machine.ts';

const SPEC = `${HEAD}replacement: { directory: /opt/lantern-2, command: bin/lantern }
settings: { set: { LANTERN_KEEPER: berta } }
state: { remove: [/var/lib/lantern/meta/latest] }
gate: { stable: 300ms, timeout: 20s }
`;

describeOnMachine('a point of no return', () => {
  let lantern: LanternMachine;
  beforeAll(async () => {
    lantern = await bootLanternMachine('keeper');
  });
  afterAll(async () => {
    await lantern?.machine.throwAway();
  });

  test('is accepted by name, or nothing is changed', async () => {
    const before = await lantern.photograph();
    const plan = await lantern.plan(SPEC);
    expect(plan.irreversible).toMatchObject([{ id: 'lantern-new-keeper', accepted: false }]);
    expect(await lantern.tryApply()).toEqual({
      refused:
        'this plan can pass a point of no return that was not accepted: ' +
        'lantern-new-keeper: the harbour knows the new keeper and dismisses the old one',
      why: 'A keeper that was dismissed is never let in again.',
      next: 'To accept, write into the spec: accept: [lantern-new-keeper]',
    });
    expect(await lantern.photograph()).toBe(before);
    expect((await lantern.status()).changes).toEqual([]);
  });

  test('that was not crossed leaves nothing different', async () => {
    const before = await lantern.photograph();
    // The new lantern dies before it names a keeper, but after `latest` was removed for it. A busy machine takes long.
    await lantern.plan(
      `${SPEC.replace('LANTERN_KEEPER: berta', 'LANTERN_FLAW: dies').replace('300ms', '3s')}accept: [lantern-new-keeper]\n`,
    );
    expect(await lantern.apply()).toMatchObject({
      state: 'rolled-back',
      verified: { differences: [], accepted: [] },
    });
    expect(await lantern.photograph()).toBe(before);
  });

  test('that was crossed leaves out what can never be again, and says so', async () => {
    const before = await lantern.photograph();
    await lantern.plan(`${SPEC}accept: [lantern-new-keeper]\n`);
    expect(await lantern.apply()).toMatchObject({ state: 'committed' });
    const back = await lantern.rollback('lantern');
    expect(back).toMatchObject({
      state: 'rolled-back',
      verified: {
        differences: [],
        accepted: [
          {
            id: 'lantern-new-keeper',
            path: '/var/lib/lantern/meta/latest',
            difference: 'the lantern has a keeper of a new name',
          },
        ],
      },
    });
    const latest = before.split('\n').filter((line) => line.includes('var/lib/lantern/meta/latest '));
    expect(latest).toHaveLength(1);
    const without = before.split('\n').filter((line) => !latest.includes(line));
    expect(await lantern.photograph()).toBe(without.join('\n'));
    expect(await lantern.look()).toMatchObject({ version: '1' });
  });
});
