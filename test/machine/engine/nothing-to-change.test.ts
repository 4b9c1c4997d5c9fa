// What `plan`, `check` and `apply` say of a service whose files are as the spec wants them, while all is not well with it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome, Status } from '../../../src/documents/outcome.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const SERVICE = String.raw`my\x2dapp.service`;
const NOTHING = `cutover: there is nothing to change: ${SERVICE} is as the spec wants it`;

describeOnMachine('where there is nothing to change', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'nothing-to-change' });
    await machine.writeFile(`/etc/systemd/system/${SERVICE}`, '[Service]\nExecStart=/bin/sleep infinity\n');
    const spec = `apiVersion: cutover/v1\nkind: Replacement\nservice: ${SERVICE}\nsettings: { set: { COLOUR: red } }\n`;
    await machine.writeFile('/root/quick.yaml', `${spec}gate: { stable: 100ms, timeout: 5s }\n`);
    const probe = "probes: [{ title: smoke, tcp: '127.0.0.1:1' }]";
    await machine.writeFile('/root/slow.yaml', `${spec}gate: { stable: 100ms, timeout: 2m, ${probe} }\n`);
    await machine.mustRunShell(`systemctl daemon-reload; systemctl start '${SERVICE}'`);
  });
  afterAll(async () => {
    await machine?.throwAway();
  });

  const expectSaid = async (said: string) => {
    for (const verb of ['plan', 'check', 'apply']) {
      const { status, stdout, stderr } = await machine.runShell(`cutover ${verb} /root/quick.yaml`);
      expect([verb, status, stdout, stderr]).toEqual([verb, 2, '', said]);
    }
  };

  test('because a change was killed on its way, that is said', async () => {
    await machine.runShell(
      `cutover apply /root/slow.yaml 2> /root/err & pid=$!
       for i in $(seq 400); do grep -q 'wait until' /root/err && break; sleep 0.05; done; kill -9 $pid; wait`,
    );
    const { stdout } = await machine.runShell('cutover status --json');
    const [change] = (JSON.parse(stdout) as Status).changes;
    expect(change).toMatchObject({ state: 'interrupted', inForce: true });
    await expectSaid(
      `cutover: change ${change?.change} of ${SERVICE} was interrupted and is unfinished\n` +
        '  why:   Nobody knows yet whether the service runs on the old or on the new.\n' +
        '  next:  cutover recover\n',
    );
    await machine.mustRunShell('cutover recover --quiet');
  });

  test('because a change waits to be confirmed, that is said, with a name that a shell reads', async () => {
    const { stdout } = await machine.runShell(
      'cutover apply /root/quick.yaml --quiet --confirm-within 1h --json',
    );
    const { change, state } = JSON.parse(stdout) as Outcome;
    expect(state).toBe('awaiting-confirmation');
    await expectSaid(
      `cutover: change ${change} of ${SERVICE} waits to be confirmed\n` +
        '  why:   If it is not confirmed it is taken back, and what was built on it would be in the way.\n' +
        `  next:  cutover confirm '${SERVICE}', or cutover rollback '${SERVICE}'\n`,
    );
    await machine.mustRunShell(`cutover confirm '${SERVICE}'`);
  });

  test('that is said, and that the service is down, and how it is started', async () => {
    await expectSaid(`${NOTHING}\n`);
    await machine.mustRunShell(`systemctl stop '${SERVICE}'`);
    await expectSaid(`${NOTHING}, but it is not running\n  next:  systemctl start '${SERVICE}'\n`);
  });
});
