import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootLanternMachine, HEAD, type LanternMachine } from './lantern-machine.ts';

const SPEC = `${HEAD}replacement: { directory: /opt/lantern-2, command: bin/lantern }
gate: { stable: 4s, timeout: 30s }
accept: [lantern-new-keeper]
trial: yes
`;
const withFlaw = (flaw: string): string => `${SPEC}settings: { set: { LANTERN_FLAW: ${flaw} } }\n`;

describeOnMachine('a replacement is tried beside the service', () => {
  let lantern: LanternMachine;
  let before: string;
  beforeAll(async () => {
    lantern = await bootLanternMachine('trial');
    before = await traces();
  });
  afterEach(async () => {
    expect(await traces()).toBe(before);
  });
  afterAll(async () => {
    await lantern?.machine.throwAway();
  });

  /** What a trial could leave, and the process that it must leave alone. */
  async function traces(): Promise<string> {
    const { stdout } = await lantern.machine.runShell(
      `systemctl show lantern -p MainPID; cat /etc/lantern/common; ls -A /run/systemd/system
       ls -d /run/cutover/* /etc/harm /run/harm /tmp/harm 2> /dev/null; grep cutover-trial /proc/self/mountinfo
       systemctl list-units --all --no-legend 'cutover-trial*'`,
    );
    return (await lantern.photograph()) + stdout;
  }

  test('one that is well goes on to the change', async () => {
    const { steps } = await lantern.plan(SPEC);
    expect(steps.map(({ kind }) => kind).slice(0, 3)).toEqual(['store-add', 'trial-start', 'state-copy']);
    expect(await lantern.apply()).toMatchObject({
      state: 'committed',
      trial: {
        passed: true,
        conditions: [{ title: 'active, and one process for 4 s', holds: true }, { holds: true }],
      },
    });
    await lantern.rollback('lantern');
    before = await traces(); // another process of the old lantern
  });

  test('one that dies ends the change before anything was touched', async () => {
    await lantern.plan(withFlaw('dies'));
    const outcome = await lantern.apply();
    expect(outcome).toMatchObject({
      state: 'rolled-back',
      direction: 'apply',
      trial: { passed: false },
      verified: { differences: [], accepted: [] },
      downtimeMs: 0,
    });
    expect(outcome.reason).toMatch(
      /^the trial start failed, so nothing was changed: active, and one process for 4 s: failed \(failed\)/,
    );
    expect(outcome.trial?.log.join('\n')).toContain('the wick is wet');
    expect(outcome.gateBack).toBeUndefined();
  });

  test('one that writes everywhere and calls the service harms nothing', async () => {
    await lantern.plan(withFlaw('harms'));
    const outcome = await lantern.apply();
    expect(outcome).toMatchObject({ state: 'rolled-back', trial: { passed: false }, downtimeMs: 0 });
    expect(outcome.trial?.log.join('\n')).toContain('harm done');
  });

  test('one that is cut short leaves a recovery nothing to do but to clear away', async () => {
    await lantern.plan(SPEC);
    await lantern.apply();
    const deeds = (await lantern.machine.readFile('/root/points')).split('\n');
    const started = deeds.findIndex((deed) => deed.includes('start') && deed.includes('cutover-trial'));
    expect(started).toBeGreaterThan(0);
    await lantern.rollback('lantern');
    before = await traces();
    for (const at of [started - 2, started + 1, started + 2]) {
      await lantern.plan(SPEC);
      await lantern.runAndDie(at, 'apply', '/root/plan.json');
      const [outcome] = await lantern.recover();
      expect(outcome, `killed at ${at}`).toMatchObject({
        state: 'rolled-back',
        reason: 'the change was interrupted',
        verified: { differences: [] },
        downtimeMs: 0,
      });
      expect(await traces(), `killed at ${at}`).toBe(before);
    }
  });
});
