// Services that nobody prepared, each tried beside itself: a trial of what runs well is well.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../src/documents/outcome.ts';
import { fetchedLayer } from '../../hosts/fetched-layer.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const layer = fetchedLayer();
if (layer === undefined)
  process.stderr.write('NOT TRIED: services of Debian packages, which the set-up could not fetch\n');

/** What the packages' scripts would do when they are installed. */
const INSTALLED = `
useradd --system --no-create-home --home-dir /run/sshd sshd
useradd --system --no-create-home --home-dir /var/lib/redis redis
mkdir -p /run/sshd /var/spool/cron/crontabs /var/lib/nginx /var/log/nginx
install -d -o redis -g redis /var/lib/redis /var/log/redis; chown -R redis:redis /etc/redis
ssh-keygen -A; cp /usr/share/openssh/sshd_config /etc/ssh/sshd_config
ldconfig; systemctl daemon-reload; systemctl start ssh cron rsyslog nginx redis-server`;
const SERVICES = ['nginx', 'ssh', 'cron', 'redis-server', 'rsyslog'];

describeOnMachine('a trial start of a service as it is', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'trial-services', layers: layer === undefined ? [] : [layer] });
    if (layer !== undefined) await machine.runShell(INSTALLED);
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  test.skipIf(layer === undefined).each(SERVICES)('%s', async (service) => {
    const spec = `apiVersion: cutover/v1\nkind: Replacement\nservice: ${service}.service\ntrial: yes
settings: { set: { LIGHT: red } }\ngate: { stable: 1s, timeout: 30s }\n`;
    await machine.writeFile('/root/spec.yaml', spec);
    const { stdout } = await machine.runShell('cutover apply /root/spec.yaml --json --quiet');
    const { trial, state } = JSON.parse(stdout) as Outcome;
    expect(trial).toMatchObject({ passed: true });
    expect(state).toBe('committed');
  });
});
