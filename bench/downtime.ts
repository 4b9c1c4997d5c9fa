import { fileURLToPath } from 'node:url';
import { bootMachine, type Machine } from '../test/hosts/machine.ts';
import { compare, type Measurement } from './measurement.ts';

const UNIT = 'beacon.service';
const PORT = 4040;
const ROUNDS = 11;
const GOAL = 1.15;
const source = fileURLToPath(new URL('beacon.cc', import.meta.url));

/** How long a client finds a small server silent during a swap and a rollback, against `systemctl restart` of it. */
export async function measureDowntime(): Promise<Measurement[]> {
  const machine = await bootMachine({ name: 'bench' });
  try {
    await installBeacon(machine);
    const silence = async (command: string) => await silenceDuring(machine, command);
    const apply = 'cutover apply /root/beacon.yaml --quiet';
    const rollback = `cutover rollback ${UNIT} --quiet`;
    const restart = {
      title: 'systemctl restart',
      run: async () => await silence(`systemctl restart ${UNIT}`),
    };
    // Each is measured between two restarts, on a machine that other changes have brought to where it begins.
    const swap = async () => {
      const silent = await silence(apply);
      await machine.mustRunShell(`${rollback} > /dev/null`);
      return silent;
    };
    const back = async () => {
      await machine.mustRunShell(`${apply} > /dev/null`);
      return await silence(rollback);
    };
    return [
      await compare({ title: 'downtime of a swap', run: swap }, restart, ROUNDS, GOAL),
      await compare({ title: 'downtime of a rollback', run: back }, restart, ROUNDS, GOAL),
    ];
  } finally {
    await machine.throwAway();
  }
}

async function installBeacon(machine: Machine): Promise<void> {
  await machine.copyIn(source, '/root/beacon.cc');
  await machine.writeFile(
    `/etc/systemd/system/${UNIT}`,
    `[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/opt/beacon/beacon serve ${PORT}\n`,
  );
  const spec = {
    apiVersion: 'cutover/v1',
    kind: 'Replacement',
    service: UNIT,
    replacement: { directory: '/srv/beacon-2', command: `beacon serve ${PORT}` },
    gate: { stable: '100ms' },
  };
  await machine.writeFile(
    '/root/beacon.yaml',
    JSON.stringify(spec, undefined, 2).replace(/^/, '# a spec is YAML, and JSON is YAML\n'),
  );
  await machine.mustRunShell(
    `mkdir -p /opt/beacon /srv/beacon-2 && g++ -O1 -o /opt/beacon/beacon /root/beacon.cc &&
     cp /opt/beacon/beacon /srv/beacon-2/ && systemctl daemon-reload && systemctl start ${UNIT}`,
  );
}

/** Milliseconds. */
async function silenceDuring(machine: Machine, command: string): Promise<number> {
  const watched = await machine.mustRunShell(
    `/opt/beacon/beacon watch ${PORT} > /root/silence & watcher=$!
     sleep 0.1; ${command} > /dev/null; sleep 0.1; kill $watcher; wait $watcher; cat /root/silence`,
  );
  return Number(watched);
}
