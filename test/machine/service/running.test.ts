// What the running systemd and process have, beside what the files say, and why it differs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Trace, traceListSchema, traceSchema } from '../../../src/documents/trace.ts';
import { ALL_PROPERTIES } from '../../../src/service/directives/all-properties.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const OWN = '/etc/systemd/system/lamp.service.d/own.conf';

describeOnMachine('what runs, beside what the files say', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'running' });
    await machine.writeFile(
      '/etc/systemd/system/lamp.service',
      '[Service]\nExecStart=/usr/bin/sleep 1000\nEnvironment=LAMP=unit\nNice=3\n',
    );
    await machine.mustRunShell('systemctl daemon-reload; systemctl start lamp; sleep 0.1');
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  async function trace(setting: string): Promise<Trace> {
    const { stdout, stderr } = await machine.runShell(`cutover trace lamp ${setting} --json`);
    expect(stderr).toBe('');
    return traceSchema.parse(JSON.parse(stdout));
  }

  test('what systemd and the process have is observed', async () => {
    expect(await trace('Nice')).toMatchObject({ value: '3', confidence: 'observed' });
    expect(await trace('LAMP')).toMatchObject({ value: 'unit', confidence: 'observed' });
    expect(await trace('Restart')).toMatchObject({ value: 'no', confidence: 'observed' });
  });

  test('a value that no file tells is that of the running system', async () => {
    const shown = await machine.mustRunShell('systemctl show lamp -p LimitNPROC --value');
    const { value, confidence, layers } = await trace('LimitNPROC');
    expect({ value, confidence }).toEqual({ value: shown.trim(), confidence: 'observed' });
    expect(layers.at(-1)?.why).toBe('no file says it: the running systemd has it from the machine');
  });

  test('a drop-in before the daemon-reload, after it, and after the restart', async () => {
    await machine.writeFile(OWN, '[Service]\nNice=7\nEnvironment=LAMP=own\nTimeoutStopSec=7\n');
    expect(await trace('Nice')).toMatchObject({
      value: '7',
      confidence: 'parsed',
      observed: {
        by: 'systemd',
        value: '3',
        why: `systemd has not read ${OWN} yet`,
        next: 'systemctl daemon-reload && systemctl restart lamp.service',
      },
    });
    expect((await trace('LAMP')).observed).toMatchObject({
      by: 'process',
      value: 'unit',
      why: `systemd has not read ${OWN} yet`,
    });
    await machine.mustRunShell('systemctl daemon-reload');
    expect((await trace('Nice')).observed).toMatchObject({
      by: 'process',
      why: expect.stringMatching(
        /^systemd has the value, but the process was started at .* UTC, before .*own\.conf changed$/,
      ),
      next: 'systemctl restart lamp.service',
    });
    expect((await trace('LAMP')).observed?.why).toMatch(
      /^it was started at .* UTC, before .*own\.conf changed$/,
    );
    // What happens when the service is stopped systemd heeds without a restart.
    expect(await trace('TimeoutStopSec')).toMatchObject({ value: '7s', confidence: 'observed' });
    await machine.mustRunShell('systemctl restart lamp');
    expect(await trace('Nice')).toMatchObject({ value: '7', confidence: 'observed' });
    expect(await trace('LAMP')).toMatchObject({ value: 'own', confidence: 'observed' });
  });

  test('a file that changed, and one that is gone, since systemd read them', async () => {
    await machine.mustRunShell(`sleep 0.1; sed -i s/Nice=7/Nice=8/ ${OWN}`);
    expect((await trace('Nice')).observed?.why).toMatch(
      /own\.conf changed after systemd read its files \(.* UTC\)$/,
    );
    await machine.mustRunShell(`rm ${OWN}`);
    expect((await trace('Nice')).observed).toMatchObject({
      value: '7',
      why: `systemd still has what was in ${OWN}, which is gone`,
    });
    await machine.mustRunShell('systemctl daemon-reload; systemctl restart lamp');
    expect(await trace('Nice')).toMatchObject({ value: '3', confidence: 'observed' });
  });

  test('what systemctl set-property has set', async () => {
    await machine.mustRunShell(
      'systemctl set-property --runtime lamp CPUWeight=50; systemctl set-property lamp MemoryHigh=1G',
    );
    for (const [name, value, file] of [
      ['CPUWeight', '50', '/run/systemd/system.control/lamp.service.d/50-CPUWeight.conf'],
      ['MemoryHigh', '1073741824', '/etc/systemd/system.control/lamp.service.d/50-MemoryHigh.conf'],
    ] as const) {
      const { layers, ...found } = await trace(name);
      expect(found).toMatchObject({ value, confidence: 'observed' });
      expect(layers).toMatchObject([{ file, wins: true, why: 'written by systemctl set-property' }]);
    }
  });

  test("a variable of systemd's own environment", async () => {
    await machine.mustRunShell('systemctl set-environment HARBOUR=south; systemctl restart lamp');
    const { value, observed } = await trace('HARBOUR');
    expect(value).toBeNull();
    expect(observed).toEqual({
      by: 'process',
      value: 'south',
      why: "it is in systemd's own environment",
      next: 'systemctl show-environment',
    });
  });

  test('services of the system as they run: no difference is left unexplained', async () => {
    const units = await machine.mustRunShell(
      "systemctl list-units --type=service --state=running,exited --no-legend --plain | awk '{print $1}'",
    );
    const names = ALL_PROPERTIES.map(({ name }) => name).join(' ');
    const traces: Trace[] = [];
    for (const unit of units.split('\n').filter((name) => name !== '')) {
      const { stdout } = await machine.runShell(`cutover trace ${unit} ${names} --json`);
      traces.push(...traceListSchema.parse(JSON.parse(stdout)).traces);
    }
    expect(traces.length).toBeGreaterThan(1000);
    const unexplained = traces.filter(({ observed }) =>
      /something else|do not tell/.test(observed?.why ?? ''),
    );
    expect(
      unexplained.map(({ service, setting, value, observed }) => [service, setting, value, observed?.value]),
    ).toEqual([]);
  });
});
