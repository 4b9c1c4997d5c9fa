// Everything that is done to the machine has a number. The process is killed at numbers spread over a whole change
// and a whole way back; the next `rollback` must find from the journal alone what to do, and bring everything back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootLanternMachine, HEAD, type LanternMachine, until } from './lantern-machine.ts';

const SPEC = `${HEAD}replacement: { directory: /opt/lantern-2, command: bin/lantern }
settings: { set: { LANTERN_COLOUR: red }, unset: [HOME] }
state: { remove: [/var/lib/lantern/meta/latest] }
gate: { stable: 100ms, timeout: 20s }
accept: [lantern-new-keeper]
`;
/** Per cent of the way. test/crash/ kills at all of them. */
const PARTS = [61];

describeOnMachine('an interrupted change', () => {
  let lantern: LanternMachine;
  let before: string;
  let applyPoints: number;
  let backPoints: number;
  beforeAll(async () => {
    lantern = await bootLanternMachine('interrupted');
    before = await lantern.photograph();
    // Twice: the second time the replacement is in the store already, as it is in the tests.
    for (const _time of ['first', 'second']) {
      await lantern.plan(SPEC);
      await lantern.apply();
      applyPoints = await lantern.points();
      await lantern.rollback('lantern');
      backPoints = await lantern.points();
    }
  });
  afterAll(async () => {
    await lantern?.machine.throwAway();
  });

  async function expectBack(): Promise<void> {
    const back = await lantern.rollback('lantern');
    expect(back).toMatchObject({ state: 'rolled-back', verified: { differences: [], accepted: [] } });
    expect(await lantern.photograph()).toBe(before);
    expect(await lantern.look()).toEqual({ version: '1', colour: 'white', program: 'here' });
  }

  test.each(PARTS)(
    'killed at %i per cent of its deeds is found, holds up the next, and is taken back',
    async (part) => {
      await lantern.plan(SPEC);
      await lantern.runAndDie(Math.round((applyPoints * part) / 100), 'apply', '/root/plan.json');
      const [change] = (await lantern.status()).changes.slice(-1);
      expect(change?.state).toBe('interrupted');
      expect(await lantern.tryApply()).toMatchObject({
        refused: `change ${change?.change} of lantern.service was interrupted and is unfinished`,
        next: 'cutover recover',
      });
      await expectBack();
    },
  );

  test.each(PARTS)(
    'whose way back is killed at %i per cent of its deeds is taken back again',
    async (part) => {
      await lantern.plan(SPEC);
      await lantern.apply();
      await lantern.runAndDie(Math.round((backPoints * part) / 100), 'rollback', 'lantern');
      await expectBack();
    },
  );

  test('by a power cut is taken back after the boot', async () => {
    await lantern.plan(SPEC);
    await lantern.runAndDie(Math.round(applyPoints * 0.9), 'apply', '/root/plan.json');
    await lantern.machine.powerCut();
    await lantern.machine.bootAgain();
    await until(async () => (await lantern.look()) !== undefined);
    await expectBack();
  });

  test('whose journal was tampered with is not acted on', async () => {
    await lantern.plan(SPEC);
    await lantern.runAndDie(Math.round(applyPoints * 0.9), 'apply', '/root/plan.json');
    const journal = (await lantern.status()).changes.at(-1)?.journal ?? '';
    const text = await lantern.machine.readFile(journal);
    await lantern.machine.writeFile(journal, text.replace('"step":1', '"step":2'));
    expect(await lantern.tryRollback('lantern')).toMatchObject({
      refused: `${journal}:4:1: record 3 of this journal can't be trusted: its hash is not that of its bytes`,
    });
    expect((await lantern.status()).damaged).toMatchObject([
      {
        journal,
        reason: `${journal}:4:1: record 3 of this journal can't be trusted: its hash is not that of its bytes`,
      },
    ]);
    await lantern.machine.writeFile(journal, text);
    await expectBack();
  });
});
