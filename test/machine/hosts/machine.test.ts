import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { findInits } from '../../hosts/machine-processes.ts';
import { runCommand } from '../../hosts/run-command.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

describeOnMachine('two machines at once', () => {
  let directory: string;
  let redis: Machine;
  let valkey: Machine;

  beforeAll(async () => {
    directory = mkdtempSync(`${tmpdir()}/two-machines-`);
    mkdirSync(`${directory}/layer/opt/valkey/bin`, { recursive: true });
    writeFileSync(`${directory}/layer/opt/valkey/bin/valkey-server`, 'a stand-in', { mode: 0o751 });
    symlinkSync('valkey-server', `${directory}/layer/opt/valkey/bin/redis-server`);
    [redis, valkey] = await Promise.all([
      bootMachine({ name: 'redis' }),
      bootMachine({ name: 'valkey', layers: [`${directory}/layer`] }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([redis.throwAway(), valkey.throwAway()]);
    rmSync(directory, { recursive: true });
  });

  test('both run, each under its name and with nothing failed', async () => {
    for (const machine of [redis, valkey]) {
      expect(await machine.run(['systemctl', 'is-system-running'])).toEqual({
        status: 0,
        stdout: 'running\n',
        stderr: '',
      });
      expect((await machine.run(['hostname'])).stdout).toBe(`${machine.name}\n`);
    }
  });

  test('a command gets a clean environment, its exit code is kept', async () => {
    const completed = await redis.runShell('env; pwd; cat >&2; exit 3', {
      input: 'to the other stream\n',
      environment: { MESOS_HOOKS: '' },
      directory: '/var/lib',
    });
    expect(completed.status).toBe(3);
    expect(completed.stdout.split('\n').toSorted()).toEqual([
      '',
      '/var/lib',
      'HOME=/root',
      'LANG=C.UTF-8',
      'MESOS_HOOKS=',
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'PWD=/var/lib',
    ]);
    expect(completed.stderr).toBe('to the other stream\n');
  });

  test('a command may not set the clock, which is that of the outer machine too', async () => {
    const status = await redis.readFile('/proc/self/status');
    const [, effective = ''] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
    const SYS_TIME = 25n;
    expect((BigInt(`0x${effective}`) >> SYS_TIME) & 1n).toBe(0n);
  });

  test('a command that does not end is killed and said', async () => {
    await expect(redis.run(['sleep', '600'], { timeout: 300 })).rejects.toThrow(
      /`nsenter .* sleep 600` took over 300 ms/,
    );
    await vi.waitFor(async () =>
      expect((await redis.run(['pgrep', '-x', '-r', 'S', 'sleep'])).stdout).toBe(''),
    );
  });

  test('a layer is on the machine that has it', async () => {
    expect(
      (
        await valkey.run([
          'stat',
          '-c',
          '%A %N',
          '/opt/valkey/bin/valkey-server',
          '/opt/valkey/bin/redis-server',
        ])
      ).stdout,
    ).toBe(
      "-rwxr-x--x '/opt/valkey/bin/valkey-server'\nlrwxrwxrwx '/opt/valkey/bin/redis-server' -> 'valkey-server'\n",
    );
    expect((await redis.run(['ls', '/opt/valkey'])).stderr).toContain('No such file or directory');
  });

  test('services of one are not seen by the other', async () => {
    const unit = '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n';
    for (const machine of [redis, valkey]) {
      await machine.writeFile('/etc/systemd/system/store.service', unit);
      expect((await machine.run(['systemctl', 'enable', '--now', 'store.service'])).status).toBe(0);
    }
    expect((await redis.run(['systemctl', 'stop', 'store.service'])).status).toBe(0);
    expect((await redis.run(['systemctl', 'is-active', 'store.service'])).stdout).toBe('inactive\n');
    expect((await valkey.run(['systemctl', 'is-active', 'store.service'])).stdout).toBe('active\n');
    expect(
      (
        await valkey.runShell(
          'cat /sys/fs/cgroup/systemd/system.slice/store.service/cgroup.procs 2>/dev/null || cat /sys/fs/cgroup/system.slice/store.service/cgroup.procs',
        )
      ).stdout,
    ).toMatch(/^\d+\n$/);
  });

  test('files go in and out, links and modes kept, links inside followed inside', async () => {
    await redis.run(['ln', '-s', '/srv/redis', '/etc/redis-data']);
    await redis.copyIn(`${directory}/layer/opt/valkey`, '/etc/redis-data/new/valkey');
    expect((await redis.run(['readlink', '/srv/redis/new/valkey/bin/redis-server'])).stdout).toBe(
      'valkey-server\n',
    );
    await redis.copyOut('/etc/redis-data/new/valkey', `${directory}/out`);
    expect(readdirSync(`${directory}/out/bin`)).toEqual(['redis-server', 'valkey-server']);
    expect(statSync(`${directory}/out/bin/valkey-server`).mode & 0o777).toBe(0o751);
    expect(existsSync('/srv/redis')).toBe(false);
    await redis.writeFile('/etc/redis/redis.conf', 'port 6379\n', 0o640);
    expect(await redis.readFile('/etc/redis/redis.conf')).toBe('port 6379\n');
    expect((await redis.run(['stat', '-c', '%a', '/etc/redis/redis.conf'])).stdout).toBe('640\n');
    await expect(redis.readFile('/etc/redis/no.conf')).rejects.toThrow(
      '/etc/redis/no.conf: No such file or directory',
    );
  });

  test('the checkout is there, read-only, and the built command line is `cutover`', async () => {
    expect((await redis.run(['cat', `${checkout}/package.json`])).stdout).toBe(
      readFileSync(`${checkout}/package.json`, 'utf8'),
    );
    expect((await redis.run(['touch', `${checkout}/package.json`])).stderr).toContain(
      'Read-only file system',
    );
    expect(await redis.readFile('/usr/local/bin/cutover')).toBe(
      `#!/bin/sh\nexec '${process.execPath}' '${checkout}/dist/cutover.js' "$@"\n`,
    );
    expect((await redis.run([process.execPath, '--version'])).stdout).toBe(`${process.version}\n`);
  });

  test('after a power cut it is off, boots again, and its files and enabled services are there', async () => {
    await valkey.writeFile('/var/lib/valkey/dump.rdb', 'kept\n');
    await valkey.powerCut();
    await expect(valkey.run(['true'])).rejects.toThrow('Machine valkey is off.');
    expect(await valkey.readFile('/var/lib/valkey/dump.rdb')).toBe('kept\n');
    await valkey.bootAgain();
    expect(await valkey.readFile('/var/lib/valkey/dump.rdb')).toBe('kept\n');
    expect((await valkey.run(['systemctl', 'is-active', 'store.service'])).stdout).toBe('active\n');
    expect((await redis.run(['systemctl', 'is-system-running'])).stdout).toBe('running\n');
  });

  test('it shuts down in order', async () => {
    await valkey.shutDown();
    await valkey.bootAgain();
    const journal = await valkey.run([
      'journalctl',
      '--boot=-1',
      '--quiet',
      '--output=cat',
      '--unit=store.service',
    ]);
    expect(journal.stdout).toContain('Stopped store.service.');
  });
});

describeOnMachine('what a machine leaves', () => {
  const base = '/tmp/cutover-machines';

  async function linesOf(command: readonly string[]): Promise<readonly string[]> {
    return (await runCommand(command)).stdout.split('\n').filter((line) => line !== '');
  }

  async function traces(of: string): Promise<Record<string, readonly unknown[]>> {
    const mounts = (pid: number | string) => readFileSync(`/proc/${pid}/mountinfo`, 'utf8').split('\n');
    const isOf = (line: string) => line.includes(base) && line.includes(`-${of}/up`);
    return {
      directories: readdirSync(base).filter((name) => name.endsWith(`-${of}`)),
      mounts: mounts('self').filter(isOf),
      inits: findInits(base).filter((pid) => mounts(pid).some(isOf)),
      nspawns: await linesOf(['pgrep', '-f', `systemd-nspawn.*--machine ${of}`]),
      cgroups: await linesOf(['find', '/sys/fs/cgroup', '-name', `*-${of}`]),
    };
  }
  const nothing = { directories: [], mounts: [], inits: [], nspawns: [], cgroups: [] };

  test('thrown away: no directory, mount, process or control group', async () => {
    const machine = await bootMachine({ name: 'brief' });
    expect(await traces('brief')).not.toEqual(nothing);
    await machine.throwAway();
    expect(await traces('brief')).toEqual(nothing);
    await machine.throwAway();
  });

  /** Boots a machine in another process, which is returned when the machine is up. */
  async function bootElsewhere(name: string, then: string): Promise<ReturnType<typeof spawn>> {
    const script = `import { bootMachine } from ${JSON.stringify(`${checkout}/test/hosts/machine.ts`)};
      await bootMachine({ name: '${name}' }); process.stdout.write('up'); ${then}`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  test('the process of the tests ends without throwing it away: the same', async () => {
    const child = await bootElsewhere('forgotten', 'process.exit(1);');
    await once(child, 'close');
    expect(await traces('forgotten')).toEqual(nothing);
  });

  test('that process is killed: its machine shuts down, the next process removes the rest', async () => {
    const killed = await bootElsewhere('orphan', 'setInterval(() => {}, 1000);');
    killed.kill('SIGKILL');
    await vi.waitFor(async () => expect(await traces('orphan')).toMatchObject({ inits: [], nspawns: [] }), {
      timeout: 10_000,
    });
    expect((await traces('orphan'))['mounts']).toHaveLength(2);
    await once(await bootElsewhere('next', 'process.exit(0);'), 'close');
    expect(await traces('orphan')).toEqual(nothing);
  });
});
