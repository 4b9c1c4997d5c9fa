// What the running systemd and process have, beside what the files say, and why it differs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectionSchema } from '../../../src/documents/inspection.ts';
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

  test("libraries that systemd's own environment has the service load are those of inspect", async () => {
    await machine.mustRunShell(
      `mkdir -p /opt/wick/lib /usr/lib/wick; cd /opt; echo 'int wick(void) { return 1; }' > wick.c
      echo '#include <unistd.h>
int wick(void); int main(void) { wick(); pause(); }' > main.c
      gcc -shared -fPIC -Wl,-soname,libwick.so -o wick/lib/libwick.so wick.c; cp wick/lib/libwick.so /usr/lib/wick
      gcc -o /usr/local/bin/wick main.c -Lwick/lib -lwick -Wl,--enable-new-dtags,-rpath,/usr/lib/wick`,
    );
    await machine.writeFile(
      '/etc/systemd/system/wick.service',
      '[Service]\nWorkingDirectory=/opt/%p\nExecStart=/usr/local/bin/wick\n',
    );
    const seen = async (path: string) => {
      await machine.mustRunShell('systemctl daemon-reload; systemctl restart wick; sleep 0.3');
      const maps = await machine.mustRunShell('cat /proc/$(systemctl show -p MainPID --value wick)/maps');
      expect(maps).toContain(` ${path}\n`);
      const text = await machine.mustRunShell('cutover inspect wick --json');
      const { nodes, edges } = inspectionSchema.parse(JSON.parse(text));
      expect(nodes.flatMap((node) => (/^library:.*libwick/.test(node.id) ? node.id : []))).toEqual([
        `library:${path}`,
      ]);
      const given = edges.filter(
        ({ evidence }) => 'how' in evidence && evidence.how === 'systemctl show-environment',
      );
      return given.map(({ to }) => to).sort();
    };
    await machine.mustRunShell('systemctl unset-environment HARBOUR');
    expect(await seen('/usr/lib/wick/libwick.so')).toEqual([]);
    await machine.mustRunShell('systemctl set-environment LD_LIBRARY_PATH=lib "OIL=two \\$WICKS"');
    expect(await seen('/opt/wick/lib/libwick.so')).toEqual(['setting:LD_LIBRARY_PATH', 'setting:OIL']);
    const text = await machine.mustRunShell('cutover inspect wick --json');
    const oil = inspectionSchema.parse(JSON.parse(text)).nodes.find(({ id }) => id === 'setting:OIL');
    expect(oil?.attributes).toEqual({ value: 'two $WICKS' });
    await machine.mustRunShell('systemctl unset-environment LD_LIBRARY_PATH OIL');
  });

  /** A unit with these lines, started; what its process has of a variable, as the files do not say it. */
  async function runningOtherwise(name: string, lines: string, variable: string): Promise<Trace['observed']> {
    await machine.writeFile(`/etc/systemd/system/${name}`, `[Service]\n${lines}`);
    await machine.mustRunShell(
      `systemctl daemon-reload; systemctl start '${name}'; sleep 0.2; systemctl daemon-reload`,
    );
    const { stdout } = await machine.runShell(`cutover trace '${name}' ${variable} --json`);
    return traceSchema.parse(JSON.parse(stdout)).observed;
  }

  test('a variable that the command sets itself, or another program on its way may', async () => {
    const env =
      'ExecStart=/usr/bin/env KEEP=changed /bin/sh -c "ADDED=1 exec /bin/sleep 900"\nEnvironment=KEEP=1 GONE=1\n';
    expect(await runningOtherwise('wrapped.service', env, 'KEEP')).toEqual({
      by: 'process',
      value: 'changed',
      why: 'the command sets it itself on the way to the program (/etc/systemd/system/wrapped.service:2:1)',
    });
    const unset = 'ExecStart=/usr/bin/env -u GONE /bin/sleep 900\nEnvironment=GONE=1\n';
    expect((await runningOtherwise('unset.service', unset, 'GONE'))?.why).toBe(
      'the command line goes through another program first, which may have changed it; nothing here tells why',
    );
  });

  test('a user that systemd makes, and a session of PAM', async () => {
    const own = 'DynamicUser=yes\nExecStart=/bin/sleep 900\n';
    expect(await runningOtherwise('made.service', own, 'USER')).toBeUndefined();
    const session = 'User=nobody\nPAMName=su\nExecStart=/bin/sleep 900\n';
    expect((await runningOtherwise('session.service', session, 'MAIL'))?.why).toBe(
      'no file of the unit sets it; PAM modules may set it: /etc/systemd/system/session.service:3:1 has PAMName=su; nothing here tells why',
    );
  });

  test('specifiers of the running system are as systemd puts them in', async () => {
    const lines = 'Environment="SPECIFIERS=%b %v %a %y %Y %d %q %H %l %m"\nExecStart=/bin/sleep 900\n';
    expect(await runningOtherwise('specifiers.service', lines, 'SPECIFIERS')).toBeUndefined();
  });

  test('the drop-ins of a unit with an escaped name', async () => {
    const name = 'escaped@a\\x2db.service';
    await machine.writeFile(`/etc/systemd/system/${name}.d/a b.conf`, '[Service]\nEnvironment=ESCAPED=1\n');
    expect(await runningOtherwise(name, 'ExecStart=/bin/sleep 900\n', 'ESCAPED')).toBeUndefined();
  });

  test('a unit that systemd refuses: it is said, and nothing is compared with it', async () => {
    await machine.writeFile(
      '/etc/systemd/system/twice.service',
      '[Service]\nExecStart=/bin/true\nExecStart=/bin/true\n',
    );
    await machine.mustRunShell('systemctl daemon-reload');
    const { stdout, stderr } = await machine.runShell('cutover trace twice Restart');
    expect(stderr).toBe(
      'warning: /etc/systemd/system/twice.service:3:1: twice.service has more than one ExecStart=, which Type=oneshot alone may have, so systemd refuses it\n',
    );
    expect(stdout).not.toContain('running');
  });

  test('services of the system as they run: no difference is left unexplained', async () => {
    const units = await machine.mustRunShell(
      "systemctl list-units --type=service --state=running,exited --no-legend --plain | awk '{print $1}'",
    );
    const names = ALL_PROPERTIES.map(({ name }) => name).join(' ');
    const traces: Trace[] = [];
    for (const unit of units.split('\n').filter((name) => name !== '')) {
      const { stdout } = await machine.runShell(`cutover trace '${unit}' ${names} --json`);
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
