// What the operator, or a package, has done since a change is the operator's: it is told, kept, and can be accepted.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../src/documents/outcome.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

describeOnMachine('a way back, after somebody has worked on the machine', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'operators-own' });
    // At once: between two tries it would count as one that kept failing before.
    const unit = (name: string, line: string) =>
      machine.writeFile(
        `/etc/systemd/system/${name}.service`,
        `[Unit]\nStartLimitIntervalSec=0\n[Service]\n${line}\nRestart=always\nRestartSec=1ms\n`,
      );
    await unit('lamp', 'ExecStart=/bin/sleep infinity');
    await unit(
      'spark',
      'ExecStart=/bin/sh -c \'test "$CURE" = yes && exec sleep infinity; sleep 0.4; exit 7\'',
    );
    const spec = (service: string, rest: string) =>
      `apiVersion: cutover/v1\nkind: Replacement\nservice: ${service}.service\n${rest}\ngate: { stable: 500ms, timeout: 2s }\n`;
    await machine.writeFile('/root/vain.yaml', spec('spark', 'settings: { set: { OIL: more } }'));
    await machine.writeFile('/root/cure.yaml', spec('spark', 'settings: { set: { CURE: "yes" } }'));
    await machine.writeFile('/root/colour.yaml', spec('lamp', 'settings: { set: { COLOUR: red } }'));
    await machine.writeFile(
      '/root/file.yaml',
      spec('lamp', 'files: [{ path: /etc/lamp.conf, content: "red\\n" }]'),
    );
    await machine.writeFile(
      '/root/two-files.yaml',
      spec(
        'lamp',
        'files: [{ path: /etc/lamp.conf, content: "red\\n" }, { path: /etc/wick.conf, content: "long\\n" }]',
      ),
    );
    await machine.mustRunShell(
      'echo dark > /etc/lamp.conf; echo short > /etc/wick.conf; systemctl daemon-reload; systemctl start lamp spark',
    );
  });
  afterAll(async () => {
    await machine?.throwAway();
  });

  const run = async (words: string): Promise<Outcome> => {
    const { stdout, stderr } = await machine.runShell(`cutover ${words} --quiet --json`);
    if (!stdout.includes('"Outcome"')) throw new Error(`${words}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Outcome;
  };

  test('of a service that was no better before is accepted, and a cure can be tried', async () => {
    const vain = await run('apply /root/vain.yaml');
    expect([vain.state, vain.verified.differences]).toEqual(['needs-operator', []]);
    const refused = await machine.runShell('cutover apply /root/cure.yaml --quiet');
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining(
        `next:  cutover rollback ${vain.change}; to be content with what still differs then, with --accept-differences`,
      ),
    ]);
    expect(await run(`rollback ${vain.change} --accept-differences`)).toMatchObject({
      state: 'rolled-back',
      reason: 'taken back as asked',
      verified: {
        differences: [],
        accepted: [
          {
            id: 'accepted-by-operator',
            path: 'spark.service',
            difference: expect.stringContaining('the gate failed'),
          },
        ],
      },
    });
    expect(await run('apply /root/cure.yaml')).toMatchObject({ state: 'committed' });
  });

  test('whose unit file an upgrade has replaced is accepted', async () => {
    const { change } = await run('apply /root/colour.yaml');
    await machine.mustRunShell(
      'cd /etc/systemd/system; sed "s/infinity/9999/" lamp.service > new; mv new lamp.service; systemctl daemon-reload',
    );
    expect(await run('rollback lamp')).toMatchObject({ state: 'needs-operator' });
    const accepted = await run(`rollback ${change} --accept-differences`);
    expect([accepted.state, accepted.verified.differences]).toEqual(['rolled-back', []]);
    expect(accepted.verified.accepted.map(({ path }) => path)).toContain('/etc/systemd/system/lamp.service');
    expect(await run('apply /root/colour.yaml')).toMatchObject({ state: 'committed' });
    expect(await run('rollback lamp')).toMatchObject({ state: 'rolled-back' });
  });

  test('tells where a file is that the operator has edited since', async () => {
    const { change } = await run('apply /root/file.yaml');
    await machine.mustRunShell('echo brighter >> /etc/lamp.conf');
    const { stdout } = await machine.runShell('cutover rollback lamp --quiet | cat');
    const copy = `/var/lib/cutover/snapshots/${change}/found/1-0`;
    expect(stdout).toContain(`  /etc/lamp.conf had been changed since; what stood there: ${copy}\n`);
    expect(await machine.readFile(copy)).toBe('red\nbrighter\n');
    expect(await machine.readFile('/etc/lamp.conf')).toBe('dark\n');
  });

  test('leaves nothing of its own in the memory of systemd', async () => {
    for (const words of ['apply /root/colour.yaml', 'rollback lamp']) {
      await run(words);
      const seen =
        'systemctl show cutover-recover -P LoadState; systemctl show lamp -P Before -P NeedDaemonReload';
      expect((await machine.runShell(seen)).stdout).toBe('not-found\nshutdown.target\nno\n');
    }
  });

  test('tells of no file that is as the change wrote it', async () => {
    await run('apply /root/file.yaml');
    const outcome = await run('rollback lamp');
    expect(outcome).toMatchObject({ state: 'rolled-back' });
    expect(outcome).not.toHaveProperty('kept');
  });

  test('that stands in the way leaves the service running, however often it is tried, and what is not back is told', async () => {
    const { change } = await run('apply /root/two-files.yaml');
    await machine.mustRunShell('mount --bind /etc/hostname /etc/wick.conf');
    const { mainPid } = await main();
    for (const attempt of [1, 2]) {
      const { state, reason, verified } = await run('rollback lamp.service');
      expect([attempt, state, reason]).toEqual([
        attempt,
        'needs-operator',
        'taken back as asked; going back did not end well: /etc/wick.conf: in use (a mount point?); lamp.service is running',
      ]);
      const contents = verified.differences.filter(({ what }) => what === 'content');
      expect(contents.map(({ path }) => path)).toEqual(['/etc/lamp.conf', '/etc/wick.conf']);
      expect(await main()).toEqual({ state: 'active', mainPid });
    }
    expect(await machine.mustRunShell('cutover status')).toContain(
      `  ${change} ended: taken back as asked; going back did not end well: /etc/wick.conf: in use (a mount point?); lamp.service is running
  now lamp.service is active
  take it back with: cutover rollback ${change}
`,
    );
    await machine.mustRunShell('umount /etc/wick.conf');
    expect(await run(`rollback ${change}`)).toMatchObject({
      state: 'rolled-back',
      reason: 'taken back as asked',
    });
    expect(
      await machine.mustRunShell('cat /etc/lamp.conf /etc/wick.conf; ls -A /etc | grep cutover || true'),
    ).toBe('dark\nshort\n');
  });

  const main = async () => {
    const said = await machine.mustRunShell('systemctl show --property=ActiveState,MainPID --value lamp');
    const [mainPid, state] = said.trim().split('\n');
    return { state, mainPid };
  };
});
