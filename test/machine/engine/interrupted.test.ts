// The process is killed at the begin and at the end of every step of a change, and of every step of a way back.
// The next `rollback` must find from the journal alone what to do, and bring everything back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootLanternMachine, HEAD, type LanternMachine, until } from './lantern-machine.ts';

const SPEC = `${HEAD}replacement: { directory: /opt/lantern-2, command: bin/lantern }
settings: { set: { LANTERN_COLOUR: red }, unset: [HOME] }
state: { remove: [/var/lib/lantern/meta/latest] }
gate: { stable: 100ms, timeout: 20s }
accept: [lantern-new-keeper]
`;
const STEPS = 9;
const BACK_STEPS = 9;
const phases = (direction: string, count: number) =>
  Array.from({ length: count }, (_, step) => [`${direction} ${step} begin`, `${direction} ${step} done`]).flat();

describeOnMachine('an interrupted change', () => {
  let lantern: LanternMachine;
  let before: string;
  beforeAll(async () => {
    lantern = await bootLanternMachine('interrupted');
    before = await lantern.photograph();
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

  test.each(phases('apply', STEPS))('killed at %s is found, holds up the next, and is taken back', async (at) => {
    await lantern.plan(SPEC);
    await lantern.runAndDie(at, 'apply', '/root/plan.json');
    const [change] = (await lantern.status()).changes.slice(-1);
    expect(change?.state).toBe('interrupted');
    expect(await lantern.tryApply()).toMatchObject({
      refused: `change ${change?.change} of lantern.service was interrupted and is unfinished`,
      next: `cutover rollback ${change?.change}`,
    });
    await expectBack();
  });

  test.each(phases('rollback', BACK_STEPS))('and again while taken back, at %s', async (at) => {
    await lantern.plan(SPEC);
    await lantern.apply();
    await lantern.runAndDie(at, 'rollback', 'lantern');
    await expectBack();
  });

  test('by a power cut is taken back after the boot', async () => {
    await lantern.plan(SPEC);
    await lantern.runAndDie('apply 7 done', 'apply', '/root/plan.json');
    await lantern.machine.powerCut();
    await lantern.machine.bootAgain();
    await until(async () => (await lantern.look()) !== undefined);
    await expectBack();
  });

  test('whose journal was tampered with is not acted on', async () => {
    await lantern.plan(SPEC);
    await lantern.runAndDie('apply 3 done', 'apply', '/root/plan.json');
    const journal = (await lantern.status()).changes.at(-1)?.journal ?? '';
    const text = await lantern.machine.readFile(journal);
    await lantern.machine.writeFile(journal, text.replace('"step":1', '"step":2'));
    expect(await lantern.tryRollback('lantern')).toMatchObject({
      refused: `${journal}:4:1: record 3 of this journal can't be trusted: its hash is not that of its bytes`,
    });
    await lantern.machine.writeFile(journal, text);
    await expectBack();
  });
});
