// A change that is to be confirmed goes back by itself, whoever is gone meanwhile: the operator, Cutover, the power.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome, Status } from '../../../src/documents/outcome.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { until } from './lantern-machine.ts';

describeOnMachine('a change that is to be confirmed', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'confirmation' });
    await machine.writeFile(
      '/etc/systemd/system/fire.service',
      '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n',
    );
    const spec = (gate: string, colour = 'red') =>
      `apiVersion: cutover/v1\nkind: Replacement\nservice: fire.service\nsettings: { set: { FIRE: ${colour} } }\ngate: ${gate}\n`;
    await machine.writeFile('/root/fire.yaml', spec('{ stable: 100ms, timeout: 5s }'));
    const never = "{ stable: 100ms, timeout: 2s, probes: [{ title: smoke, tcp: '127.0.0.1:1' }] }";
    await machine.writeFile('/root/never.yaml', spec(never, 'blue'));
    await machine.writeFile(
      '/etc/systemd/system/ember.service',
      '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n',
    );
    await machine.writeFile(
      '/root/ember.yaml',
      spec('{ stable: 100ms, timeout: 5s }').replace('fire.service', 'ember.service'),
    );
    await machine.mustRunShell('systemctl daemon-reload; systemctl enable --now --quiet fire ember');
  });
  afterAll(async () => {
    await machine?.throwAway();
  });

  const run = async <T>(words: string): Promise<T> => {
    const { stdout, stderr } = await machine.runShell(`cutover ${words} --json`);
    if (!stdout.startsWith('{')) throw new Error(`${words}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  };
  const state = async () => (await run<Status>('status')).changes.at(-1)?.state;
  const colour = async () =>
    (await machine.runShell('tr "\\0" "\\n" < /proc/$(systemctl show fire -P MainPID)/environ | grep ^FIRE'))
      .stdout;
  const left = async () =>
    (
      await machine.runShell(
        'find /etc/systemd/system -name "*cutover*"; systemctl list-timers --all | grep cutover',
      )
    ).stdout;

  test('and is not, is taken back by a timer', async () => {
    const outcome = await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 4s');
    expect(outcome).toMatchObject({ state: 'awaiting-confirmation', gate: { passed: true } });
    expect(await colour()).toBe('FIRE=red\n');
    await until(async () => (await state()) === 'rolled-back');
    expect(await colour()).toBe('');
    await until(async () => (await left()) === '');
  });

  test('and is, stays', async () => {
    const { change } = await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 1h');
    expect(await left()).toContain(`cutover-confirm-${change}.timer`);
    const other = await machine.runShell('cutover apply /root/never.yaml --quiet');
    expect([other.status, other.stderr]).toEqual([
      2,
      expect.stringContaining(`${change} of fire.service waits to be confirmed`),
    ]);
    expect(await run('confirm fire')).toMatchObject({ change, state: 'committed' });
    expect(await left()).toBe('/etc/systemd/system/fire.service.d/90-cutover.conf\n');
    const { stderr, status } = await machine.runShell('cutover confirm fire');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('nothing waits to be confirmed: fire is committed'),
    ]);
    expect(await run('rollback fire --quiet')).toMatchObject({ state: 'rolled-back' });
  });

  test('and whose service has failed since, has it stopped first', async () => {
    const { journal } = await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 2s');
    await machine.mustRunShell('systemctl kill --signal=KILL fire');
    await until(async () => (await state()) === 'rolled-back');
    const back = (await machine.readFile(journal)).split('\n').find((line) => line.includes('"type":"back"'));
    expect(JSON.parse(back ?? '{}')).toMatchObject({
      reason: 'it was not confirmed in time',
      steps: [
        { kind: 'unit-stop', unit: 'fire.service' },
        { kind: 'file-restore' },
        { kind: 'daemon-reload' },
        { kind: 'verify-files' },
        { kind: 'unit-start', unit: 'fire.service' },
        { kind: 'verify-unit' },
        { kind: 'gate' },
      ],
    });
    await until(async () => (await left()) === '');
  });

  test('and still waits keeps the recovery at boot while another change comes to its end', async () => {
    const recovery = [
      '/etc/systemd/system/cutover-recover.service',
      '/etc/systemd/system/multi-user.target.wants/cutover-recover.service',
    ];
    const standing = async () => {
      const lines = (await left()).split('\n');
      return recovery.filter((path) => lines.includes(path));
    };
    await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 1h');
    expect(await run('apply /root/ember.yaml --quiet')).toMatchObject({ state: 'committed' });
    expect(await standing()).toEqual(recovery);
    expect(await run('rollback ember --quiet')).toMatchObject({ state: 'rolled-back' });
    expect(await standing()).toEqual(recovery);
    expect(await run('rollback fire --quiet')).toMatchObject({ state: 'rolled-back' });
    expect(await left()).toBe('');
  });

  test('whose timer systemd does not start is not begun', async () => {
    const dropIn = '/etc/systemd/system/cutover-confirm-.timer.d';
    await machine.mustRunShell(`mkdir ${dropIn}`);
    await machine.writeFile(`${dropIn}/never.conf`, '[Unit]\nAssertPathExists=/nowhere\n');
    const outcome = await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 1h');
    expect(outcome).toMatchObject({
      state: 'rolled-back',
      reason: expect.stringContaining(
        'not begun: the timer for the confirmation does not start: Assertion failed',
      ),
      downtimeMs: 0,
    });
    expect(await colour()).toBe('');
    await machine.mustRunShell(`rm -r ${dropIn}; systemctl daemon-reload`);
    expect(await left()).toBe('');
  });

  test('is taken back by its timer, or confirmed, beside the damaged journals of others', async () => {
    const ember = await run<Outcome>('apply /root/ember.yaml --quiet');
    await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 1h');
    const sound = await machine.readFile(ember.journal);
    // The second record: that it is of ember is known.
    await machine.writeFile(ember.journal, sound.replace('"n":1,', '"n":7,'));
    const confirmed = await machine.runShell('cutover confirm fire');
    expect([confirmed.status, confirmed.stderr]).toEqual([0, '']);
    const own = await machine.runShell('cutover rollback ember --quiet');
    expect([own.status, own.stderr]).toEqual([
      2,
      expect.stringContaining("record 1 of this journal can't be trusted"),
    ]);
    // The first: it may be of any service.
    await machine.writeFile(ember.journal, sound.replace('ember.service', 'amber.service'));
    const back = await machine.runShell('cutover rollback fire --quiet');
    expect([back.status, back.stderr]).toEqual([
      0,
      `warning: ${ember.journal}:1:1: record 0 of this journal can't be trusted: its hash is not that of its bytes; of which service it is, is not known\n`,
    ]);
    const refused = await machine.runShell('cutover apply /root/fire.yaml --quiet');
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining("record 0 of this journal can't be trusted"),
    ]);
    await machine.writeFile(ember.journal, sound);
    const { change } = await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 5s');
    await machine.writeFile(ember.journal, sound.replace('"n":1,', '"n":7,'));
    await until(async () => (await state()) === 'rolled-back');
    expect(await colour()).toBe('');
    await until(async () => !(await left()).includes('cutover-confirm'));
    const again = await machine.runShell('cutover recover --json');
    expect([again.status, JSON.parse(again.stdout)]).toMatchObject([
      2,
      { outcomes: [], damaged: [{ change: ember.change, service: 'ember.service', journal: ember.journal }] },
    ]);
    const { stdout } = await machine.runShell(
      `systemctl show -P ActiveState cutover-confirm-${change}.service`,
    );
    expect(stdout).toMatch(/^(failed|inactive)\n$/);
    await machine.writeFile(ember.journal, sound);
    expect(await run('rollback ember --quiet')).toMatchObject({ state: 'rolled-back' });
    expect(await left()).toBe('');
  });

  test('and whose journal is damaged is tried by its timer once, and not for ever', async () => {
    const { change, journal } = await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 10s');
    const sound = await machine.readFile(journal);
    await machine.writeFile(journal, sound.replace('"n":1,', '"n":7,'));
    const early = await machine.runShell('cutover recover');
    expect([early.status, early.stdout]).toEqual([2, 'nothing else was unfinished\n']);
    expect(await left()).toContain(`cutover-confirm-${change}.timer`);
    await until(async () => !(await left()).includes(`cutover-confirm-${change}`));
    expect(await left()).toContain('cutover-recover.service');
    await machine.writeFile(journal, sound);
    expect(await run('recover --quiet')).toMatchObject({ outcomes: [{ state: 'rolled-back' }] });
    expect(await left()).toBe('');
  });

  test('whose Cutover is killed in the middle is taken back by the timer all the same', async () => {
    await machine.runShell(
      `cutover apply /root/never.yaml --confirm-within 1s 2> /root/err & pid=$!
       for i in $(seq 400); do grep -q 'wait until' /root/err && break; sleep 0.05; done; kill -9 $pid`,
    );
    await until(async () => (await state()) === 'rolled-back');
    expect(await colour()).toBe('');
    await until(async () => (await left()) === '');
  });

  test('and loses its power is taken back by the boot after its time', async () => {
    await run<Outcome>('apply /root/fire.yaml --quiet --confirm-within 1s');
    await machine.powerCut();
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    await machine.bootAgain();
    await until(async () => (await state()) === 'rolled-back');
    await until(async () => (await colour()) === '');
    expect(await left()).toBe('');
  });
});
