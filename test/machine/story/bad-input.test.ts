// Bad input: each with a clear message, exit code 2, and nothing changed.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bootDcosAgent, type DcosAgent } from '../../dcos/boot-dcos-agent.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';

const UNIT = 'dcos-mesos-slave.service';
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;
const DROP_IN = `/etc/systemd/system/${UNIT}.d/50-lamp.conf`;

describeOnMachine('bad input', () => {
  let agent: DcosAgent;
  let before: string;

  /** Everything Cutover could have changed: units, the operator's files, the packages, its own home. */
  const manifest = async (): Promise<string> => {
    const list =
      'find /etc /opt/mesosphere /var/lib/dcos /var/lib/cutover -printf "%p %m %s %T@ %l\\n" 2>/dev/null | sort';
    return (await agent.machine.runShell(list)).stdout;
  };
  const refused = async (command: string, as = ''): Promise<string> => {
    const { status, stdout, stderr } = await agent.machine.runShell(`${as} ${command}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    return stderr.trimEnd();
  };

  beforeAll(async () => {
    agent = await bootDcosAgent();
    await agent.machine.runShell('mkdir -p /root/specs /srv/lamp/bin && cp /bin/true /srv/lamp/bin/lamp');
    before = await manifest();
  });
  afterEach(async () => {
    expect(await manifest()).toBe(before);
  });
  afterAll(async () => {
    await agent.machine.throwAway();
  });

  /** Runs with something broken, then mends it again. */
  const withBroken = async (breakIt: string, mendIt: string, run: () => Promise<void>): Promise<void> => {
    await agent.machine.runShell(breakIt);
    try {
      await run();
    } finally {
      await agent.machine.runShell(mendIt);
    }
  };
  /** Moved aside and back, so that its times stay. */
  const aside = (path: string, replacement: string, run: () => Promise<void>): Promise<void> => {
    const directory = path.slice(0, path.lastIndexOf('/'));
    const mend = `rm -rf ${path}; mv ${path}.aside ${path}; touch -d @$(cat /tmp/time) ${directory}`;
    return withBroken(
      `stat -c %.Y ${directory} > /tmp/time; mv ${path} ${path}.aside; ${replacement}`,
      mend,
      run,
    );
  };

  test('an unknown service, with the nearest name', async () => {
    expect(await refused('cutover trace dcos-mesos-slav')).toBe(
      'cutover: There is no unit dcos-mesos-slav.service on this machine; did you mean dcos-mesos-slave.service?\n' +
        '  next:  systemctl list-unit-files --type=service',
    );
  });

  test('an unknown setting, with the nearest name', async () => {
    expect(await refused(`cutover trace ${UNIT} MESOS_ISOLATON`)).toBe(
      `cutover: ${UNIT} has no setting MESOS_ISOLATON; did you mean MESOS_ISOLATION?\n` +
        '  why:   No environment file, Environment= line or directive of the unit mentions it.\n' +
        `  next:  cutover trace ${UNIT}    lists all that are set`,
    );
  });

  test('an unreadable file', async () => {
    const nobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups';
    await withBroken('chmod 700 /var/lib/dcos', 'chmod 755 /var/lib/dcos', async () => {
      expect(await refused(`cutover trace ${UNIT} MESOS_ISOLATION`, nobody)).toContain(
        "/var/lib/dcos/mesos-slave-common can't be read: ",
      );
    });
  });

  test('a unit with a syntax error', async () => {
    const real = `$(realpath ${UNIT_FILE})`;
    await withBroken(
      `cp -a ${real} /tmp/unit; sed -i '3s/.*/[Service/' ${real}`,
      `cp -a /tmp/unit ${real}.new; mv ${real}.new ${real}; touch -r /tmp/unit ${real}`,
      async () => {
        expect(await refused(`cutover inspect ${UNIT}`)).toBe(
          "cutover: Invalid section header '[Service'\n" +
            `  where: ${UNIT_FILE}:3:1\n` +
            `  why:   systemd refuses to load ${UNIT} with this line.\n` +
            '  next:  Mend the line, then: systemctl daemon-reload',
        );
      },
    );
    before = await manifest(); // the directory of the unit has a new time
  });

  test('a mandatory environment file that is missing', async () => {
    await aside('/var/lib/dcos/mesos-resources', 'true', async () => {
      const { status, stdout } = await agent.machine.runShell(`cutover trace ${UNIT} MESOS_ISOLATION`);
      expect(status).toBe(0);
      expect(stdout).toContain('MESOS_ISOLATION = cgroups/cpu,cgroups/mem,posix/disk,');
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
        ':13 /var/lib/dcos/mesos-resources absent, and must exist: systemd refuses to start the service without it',
      );
      expect(await refused(`cutover plan ${UNIT} --set LAMP=on`)).toBe(
        'cutover: EnvironmentFile=/var/lib/dcos/mesos-resources does not exist\n' +
          `  where: ${UNIT_FILE}:13:1\n` +
          `  why:   The line has no '-', so systemd refuses to start ${UNIT} without the file.\n` +
          '  next:  Bring the file back, or write EnvironmentFile=-/var/lib/dcos/mesos-resources in a drop-in if it may be missing.',
      );
    });
  });

  test('malformed modules JSON', async () => {
    const path = '/opt/mesosphere/etc/mesos-slave-modules.json';
    await aside(path, `printf '{\\n  "libraries": [}\\n' > ${path}`, async () => {
      expect(await refused(`cutover inspect ${UNIT}`)).toContain(`where: ${path}:2:`);
    });
  });

  test('a truncated library', async () => {
    const path = '/opt/mesosphere/lib/libstats-slave.so';
    await aside(path, `head -c 300 ${path}.aside > ${path}`, async () => {
      expect(await refused(`cutover inspect ${UNIT}`)).toContain(path);
    });
  });

  test('a spec with an unknown key, with its place and the nearest word', async () => {
    const spec = `apiVersion: cutover/v1\\nkind: Replacement\\nservice: ${UNIT}\\nreplacment:\\n  directory: /srv/lamp\\n  command: bin/lamp\\n`;
    await agent.machine.runShell(`printf '${spec}' > /root/specs/typo.yaml`);
    for (const verb of ['check', 'plan', 'apply']) {
      const message = await refused(`cutover ${verb} /root/specs/typo.yaml`);
      expect(message).toContain('where: /root/specs/typo.yaml:4:1');
      expect(message).toMatch(/replacment.*replacement/);
    }
  });

  test('not root', async () => {
    const spec = `apiVersion: cutover/v1\\nkind: Replacement\\nservice: ${UNIT}\\nsettings: {set: {MESOS_GC_DELAY: 3days}}\\n`;
    await agent.machine.runShell(`printf '${spec}' > /tmp/delay.yaml`);
    expect(
      await refused('cutover apply /tmp/delay.yaml', 'setpriv --reuid=65534 --regid=65534 --clear-groups'),
    ).toBe(
      'cutover: apply must run as root\n' +
        '  why:   It writes unit files, stops and starts the service, and copies state with its owners.\n' +
        '  next:  sudo cutover apply …',
    );
  });

  test('no systemd', async () => {
    const spec = `apiVersion: cutover/v1\\nkind: Replacement\\nservice: ${UNIT}\\nsettings: {set: {MESOS_GC_DELAY: 3days}}\\n`;
    await agent.machine.runShell(`printf '${spec}' > /tmp/delay.yaml`);
    const message = await refused(
      'cutover apply /tmp/delay.yaml',
      'unshare --mount --pid --fork --mount-proc',
    );
    expect(message).toMatch(/^cutover: .*systemd/);
  });

  test('an option that does not exist', async () => {
    expect(await refused(`cutover trace ${UNIT} --rot /mnt`)).toBe(
      "error: unknown option '--rot'\n(Did you mean --root?)\n(cutover --help lists the verbs)",
    );
  });

  test('a drop-in line that systemd ignores is said, and does not stop the answer', async () => {
    await withBroken(
      `stat -c %.Y /etc/systemd/system > /tmp/time; mkdir -p ${DROP_IN.replace(/\/[^/]*$/, '')} && printf '[Service]\\nNice 5\\n' > ${DROP_IN}`,
      `rm -r ${DROP_IN.replace(/\/[^/]*$/, '')}; touch -d @$(cat /tmp/time) /etc/systemd/system`,
      async () => {
        const { status, stderr } = await agent.machine.runShell(`cutover trace ${UNIT} MESOS_ISOLATION`);
        expect({ status, stderr: stderr.trimEnd() }).toEqual({
          status: 0,
          stderr: `warning: ${DROP_IN}:2:1: Missing '=', ignoring line.`,
        });
      },
    );
  });
});
