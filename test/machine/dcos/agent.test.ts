import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bootDcosAgent, type DcosAgent } from '../../dcos/boot-dcos-agent.ts';
import { dcosAgentLayer } from '../../dcos/dcos-agent-layer.ts';
import { packageIds } from '../../dcos/packages.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { mustRun } from '../../hosts/run-command.ts';

const service = 'dcos-mesos-slave.service';
const unit = `/etc/systemd/system/${service}`;
const common = '/opt/mesosphere/etc/mesos-slave-common';
const state = '/var/lib/mesos/slave';
const latest = `${state}/meta/slaves/latest`;

describeOnMachine('the tree of a DC/OS 1.7 node', () => {
  let layer: string;
  beforeAll(async () => {
    layer = await dcosAgentLayer();
  });

  test('every link leads to something inside it', () => {
    const links = readdirSync(layer, { recursive: true, encoding: 'utf8' })
      .map((path) => `/${path}`)
      .filter((path) => lstatSync(layer + path).isSymbolicLink());
    expect(links).toContain('/opt/mesosphere/lib/python3.4/site-packages/gen/calc.py');
    const broken = links.filter(
      (link) => !existsSync(layer + resolve(dirname(link), readlinkSync(layer + link))),
    );
    expect(broken).toEqual([]);
  });

  test.each([
    [
      '/etc/systemd/system/dcos-mesos-slave.service',
      'mesos',
      'dcos.target.wants_slave/dcos-mesos-slave.service',
    ],
    [
      '/etc/systemd/system/dcos.target.wants/dcos-mesos-slave.service',
      'mesos',
      'dcos.target.wants_slave/dcos-mesos-slave.service',
    ],
    ['/opt/mesosphere/bin/mesos-slave', 'mesos', 'bin/mesos-slave'],
    ['/opt/mesosphere/lib/libstats-slave.so', 'mesos', 'lib/libstats-slave.so'],
    ['/opt/mesosphere/etc/mesos-slave-common', 'dcos-config', 'etc/mesos-slave-common'],
    ['/opt/mesosphere/etc/mesos-slave', 'dcos-config', 'etc_slave/mesos-slave'],
    ['/opt/mesosphere/etc/dcos-version.json', 'dcos-metadata', 'etc/dcos-version.json'],
  ])('%s is a link straight to its package', (link, name, file) => {
    expect(readlinkSync(layer + link)).toBe(`/opt/mesosphere/packages/${packageIds[name]}/${file}`);
  });

  test('active packages, and what is absent', () => {
    expect(readdirSync(`${layer}/opt/mesosphere/active`)).toEqual(Object.keys(packageIds));
    expect(readdirSync(`${layer}/var/lib/dcos`)).toEqual(['mesos-resources']);
    expect(existsSync(`${layer}/opt/mesosphere/libexec`)).toBe(false);
    expect(existsSync(`${layer}/opt/mesosphere/etc/master_count`)).toBe(false);
  });

  test('the environment of all packages', () => {
    const environment = [
      'LD_LIBRARY_PATH=/opt/mesosphere/lib',
      'PATH=/opt/mesosphere/bin:/usr/bin:/bin:/sbin',
      '',
      `# package: ${packageIds['dcos-config']}`,
      'MESOS_IP_DISCOVERY_COMMAND=/opt/mesosphere/bin/detect_ip',
      'PROVIDER=onprem',
      '',
      `# package: ${packageIds['dcos-image']}`,
      '',
      `# package: ${packageIds['dcos-metadata']}`,
      'DCOS_VERSION=1.7-open',
      'DCOS_IMAGE_COMMIT=41b52e1df98990aa62910fbc12c052e8fb9c1471',
      '',
      `# package: ${packageIds['mesos']}`,
      'JAVA_LIBRARY_PATH=/opt/mesosphere/lib',
      'MESOS_NATIVE_JAVA_LIBRARY=/opt/mesosphere/lib/libmesos.so',
      '',
    ];
    expect(readFileSync(`${layer}/opt/mesosphere/environment`, 'utf8').split('\n')).toEqual(environment);
    expect(readFileSync(`${layer}/opt/mesosphere/environment.export`, 'utf8').split('\n')).toEqual(
      environment.map((line) => (/^\w+=/.test(line) ? `export ${line}` : line)),
    );
  });

  test('it is whole: a program of it runs in it', async () => {
    const program = 'LD_LIBRARY_PATH=/opt/mesosphere/lib exec /opt/mesosphere/bin/mesos-slave --version';
    expect((await mustRun(['chroot', layer, '/bin/sh', '-c', program])).stdout).toBe('mesos 0.28.1\n');
  });
});

describeOnMachine('what happened in 2016', () => {
  let node: DcosAgent;
  let firstId: string;
  beforeAll(async () => {
    node = await bootDcosAgent();
    firstId = await node.registered();
  });
  afterAll(async () => await node?.machine.throwAway());

  /** The name that the master gave: its own id and a count. */
  function idNumbered(count: number): string {
    return firstId.replace(/-S0$/, `-S${count}`);
  }

  async function shell(script: string): Promise<string> {
    const { status, stdout, stderr } = await node.machine.runShell(script);
    expect({ script, status, stderr }).toEqual({ script, status: 0, stderr: '' });
    return stdout;
  }

  /** Restarts the service, and returns what it has said when that contains the text. */
  async function restartUntilItSays(text: string): Promise<string> {
    const now = (await shell('date +%s.%6N')).trim();
    await shell(`systemctl restart ${service}`);
    return await vi.waitFor(
      async () => {
        const said = await shell(`journalctl --unit ${service} --since @${now} --output cat --quiet`);
        expect(said).toContain(text);
        return said;
      },
      { timeout: 10_000 },
    );
  }

  test('the agent registers, and keeps its id when it is restarted', async () => {
    expect(firstId).toMatch(/^[0-9a-f-]{36}-S0$/);
    await restartUntilItSays('Re-registered with master master@127.0.0.1:5050');
    expect(await node.registered()).toBe(firstId);
    expect((await node.machine.run(['systemctl', 'is-system-running'])).stdout).toBe('running\n');
  });

  test("the operator's build fails on DC/OS's logger module", async () => {
    await shell(`cp ${unit} /root/unit; cp ${common} /root/common`);
    await shell(
      `sed -i --follow-symlinks 's|^ExecStart=.*|ExecStart=/root/repo/mesos/build/bin/mesos-slave.sh|' ${unit}`,
    );
    await shell('systemctl daemon-reload');
    const logger = '/opt/mesosphere/lib/liblogrotate_container_logger.so';
    const said = await restartUntilItSays('Error loading modules');
    expect(said).toContain(
      `Error loading modules: Error opening library: '${logger}': ` +
        `Could not load library '${logger}': ${logger}: undefined symbol: _ZN7process10subprocess`,
    );
    await vi.waitFor(async () =>
      expect((await shell(`systemctl show --property Result --value ${service}`)).trim()).toBe('exit-code'),
    );
  });

  test('without modules, and with GPUs asked for, it does not know an isolator', async () => {
    await shell(
      `sed -i --follow-symlinks -e '/^MESOS_\\(MODULES\\|HOOKS\\|CONTAINER_LOGGER\\)=/d' ` +
        `-e '/^MESOS_ISOLATION=/s|$|,cgroups/devices,gpu/nvidia|' ${common}`,
    );
    await restartUntilItSays(
      'Failed to create a containerizer: Could not create MesosContainerizer: ' +
        "Failed to create isolator 'com_mesosphere_StatsIsolatorModule': Unknown or unsupported isolator",
    );
  });

  test('without that one its info no longer fits, and it prints a remedy', async () => {
    await shell(`sed -i --follow-symlinks 's|,com_mesosphere_StatsIsolatorModule||' ${common}`);
    const said = await restartUntilItSays('Step 2: Restart the agent.');
    expect(said).toContain('Failed to perform recovery: Incompatible agent info detected.');
    expect(said).toContain(`Step 1: rm -f ${latest}\n`);
    expect(said).toContain('name: "gpus"');
    await shell(`cp -a ${state} /root/state-before`);
  });

  test('the remedy gives it a new id, and the master forgets the old one', async () => {
    await shell(`rm -f ${latest}`);
    await restartUntilItSays('Registered with master master@127.0.0.1:5050; given agent ID ' + idNumbered(1));
    expect(await node.registered()).toBe(idNumbered(1));
    expect((await node.masterSlaves())?.map(({ id }) => id)).toEqual([idNumbered(1)]);
  });

  test('back to the old program and settings: it still does not work', async () => {
    await shell(`cat /root/unit > ${unit}; cat /root/common > ${common}; systemctl daemon-reload`);
    const said = await restartUntilItSays('Step 2: Restart the slave.');
    expect(said).toContain('Failed to perform recovery: Incompatible slave info detected.');
  });

  test('back to the old state on disk as well: the master tells it to shut down, for ever', async () => {
    await shell(`systemctl stop ${service}; rm -r ${state}; cp -a /root/state-before ${state}`);
    await restartUntilItSays(
      "Slave asked to shut down by master@127.0.0.1:5050 because 'Slave attempted to re-register after removal'",
    );
    expect((await node.machine.run(['ls', latest])).stderr).toContain('No such file or directory');
    await restartUntilItSays('Registered with master master@127.0.0.1:5050; given slave ID ' + idNumbered(2));
  });

  test('a power cut is a reboot: master and agent start by themselves, and 0.28.1 asks for a new id', async () => {
    await node.machine.powerCut();
    await node.machine.bootAgain();
    expect(await node.registered()).toBe(idNumbered(3));
  });
});
