import { type Outcome, outcomeSchema } from '../src/documents/outcome.ts';
import { bootMachine, type Machine } from '../test/hosts/machine.ts';
import { compare, type Measurement } from './measurement.ts';

const UNIT = 'lamp.service';
const ROUNDS = 7;

/** How long a small service is down for a swap and for a rollback, against `systemctl restart` of it. */
export async function measureDowntime(): Promise<Measurement[]> {
  const machine = await bootMachine({ name: 'bench' });
  try {
    await installLamp(machine);
    const restart = { title: 'systemctl restart', run: () => restartTime(machine) };
    const swaps: number[] = [];
    const rollbacks: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      swaps.push((await change(machine, 'cutover apply /root/lamp.yaml')).downtimeMs);
      rollbacks.push((await change(machine, `cutover rollback ${UNIT}`)).downtimeMs);
    }
    return [
      await compare({ title: 'downtime of a swap', run: () => take(swaps) }, restart, ROUNDS),
      await compare({ title: 'downtime of a rollback', run: () => take(rollbacks) }, restart, ROUNDS),
    ];
  } finally {
    await machine.throwAway();
  }
}

async function installLamp(machine: Machine): Promise<void> {
  const program = '#!/bin/sh\nexec sleep infinity\n';
  await machine.writeFile('/opt/lamp/bin/lamp', program, 0o755);
  await machine.writeFile('/srv/lamp-2/bin/lamp', program, 0o755);
  await machine.writeFile(
    `/etc/systemd/system/${UNIT}`,
    '[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/opt/lamp/bin/lamp\n',
  );
  const spec = {
    apiVersion: 'cutover/v1',
    kind: 'Replacement',
    service: UNIT,
    replacement: { directory: '/srv/lamp-2', command: 'bin/lamp' },
    gate: { stable: '100ms' },
  };
  await machine.writeFile(
    '/root/lamp.yaml',
    JSON.stringify(spec, undefined, 2).replace(/^/, '# a spec is YAML, and JSON is YAML\n'),
  );
  await machine.mustRunShell(`systemctl daemon-reload && systemctl start ${UNIT}`);
}

/** From the stop to the start, by systemd's own clock, in milliseconds. */
async function restartTime(machine: Machine): Promise<number> {
  await machine.mustRunShell(`systemctl restart ${UNIT}`);
  const shown = await machine.mustRunShell(
    `systemctl show ${UNIT} -P ActiveExitTimestampMonotonic -P ActiveEnterTimestampMonotonic`,
  );
  const [one = 0, other = 0] = shown.trim().split('\n').map(Number);
  return Math.abs(other - one) / 1000;
}

async function change(machine: Machine, command: string): Promise<Outcome> {
  return outcomeSchema.parse(JSON.parse(await machine.mustRunShell(`${command} --json --quiet`)));
}

function take(values: number[]): number {
  const value = values.shift();
  if (value === undefined) throw new Error('fewer changes were made than are counted');
  return value;
}
