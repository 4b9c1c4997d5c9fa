// Libraries that one service alone gets, or everybody; replacements that come packed; archives that are refused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../src/documents/outcome.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { tarOf } from '../../tar-writer.ts';

const LIBRARY = '/usr/local/lib/libwick.so.1';
const DROP_IN = '/etc/systemd/system/lamp.service.d';
/** Says which wick it got when it starts, and then burns. */
const LAMP = `#include <cstdio>
#include <unistd.h>
extern "C" int wick();
int main(int, char **words) {
  FILE *out = fopen(words[1], "w"); fprintf(out, "%s%d", LAMP, wick()); fclose(out); pause();
}`;

describeOnMachine('libraries and archives', () => {
  let machine: Machine;
  let work: string;
  const shell = async (script: string) => (await machine.runShell(script)).stdout.trim();
  const run = async (words: string): Promise<Outcome> => {
    const { stdout, stderr } = await machine.runShell(`cutover ${words} --json`);
    if (!stdout.startsWith('{')) throw new Error(`${words}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Outcome;
  };
  const spec = async (more: string) =>
    await machine.writeFile(
      '/root/cutover.yaml',
      `apiVersion: cutover/v1\nkind: Replacement\nservice: lamp.service\ngate: { stable: 300ms, timeout: 5s }\n${more}`,
    );
  /** What each lamp says of itself and its wick; the other one is started anew, so that it takes what is there now. */
  const lamps = async () =>
    await shell('systemctl restart other; sleep 0.2; cat /run/lamp; echo -n " "; cat /run/other');
  const photograph = async () =>
    await shell(
      `find ${LIBRARY}* /etc/systemd/system /usr/local/bin -printf '%p %y %m %U:%G %n %s %l ' %T@\\n' | sort
       sha256sum ${LIBRARY}; systemctl show lamp -p ExecStart -p DropInPaths -p BindReadOnlyPaths | sed 's/start_time.*//'`,
    );

  beforeAll(async () => {
    work = mkdtempSync(`${tmpdir()}/cutover-lamp-`);
    const compile = (source: string, ...options: string[]) =>
      execFileSync('g++', [...options, '-x', 'c++', '-', '-x', 'none', `-L${work}`], { input: source });
    const wick = (version: number) =>
      compile(
        `extern "C" int wick() { return ${version}; }`,
        '-shared',
        '-fPIC',
        '-Wl,-soname,libwick.so.1',
        '-o',
        `${work}/libwick.so.1.${version}`,
      );
    for (const version of [1, 2, 3]) wick(version);
    for (const version of [1, 2])
      execFileSync(
        'g++',
        [
          `-DLAMP="${version}."`,
          '-x',
          'c++',
          '-o',
          `${work}/lamp-${version}`,
          '-',
          '-x',
          'none',
          `${work}/libwick.so.1.1`,
        ],
        { input: LAMP },
      );
    machine = await bootMachine({ name: 'libraries' });
    for (const name of ['libwick.so.1.1', 'libwick.so.1.2', 'libwick.so.1.3', 'lamp-1', 'lamp-2'])
      await machine.copyIn(`${work}/${name}`, `/root/${name}`);
    await machine.runShell(`cd /root && cp libwick.so.1.1 /usr/local/lib/ && ln -s libwick.so.1.1 ${LIBRARY} && ldconfig
      mkdir -p 2/bin 2/lib && cp lamp-1 /usr/local/bin/lamp && cp lamp-2 2/bin/lamp && cp libwick.so.1.3 2/lib/
      chmod 755 /usr/local/bin/lamp 2/bin/lamp && tar -C 2 -cJf lamp-2.tar.xz bin lib`);
    for (const name of ['lamp', 'other'])
      await machine.writeFile(
        `/etc/systemd/system/${name}.service`,
        `[Service]\nExecStart=/usr/local/bin/lamp /run/${name}\n`,
      );
    await machine.runShell('systemctl daemon-reload; systemctl start lamp other');
    expect(await lamps()).toBe('1.1 1.1');
  });
  afterAll(async () => {
    await machine?.throwAway();
    rmSync(work, { recursive: true, force: true });
  });

  test('a library for the service alone: all others keep the original, and rollback takes it away', async () => {
    const before = await photograph();
    await spec(`libraries: [{ path: ${LIBRARY}, from: /root/libwick.so.1.2 }]\n`);
    const check = await shell('cutover check /root/cutover.yaml; cutover plan /root/cutover.yaml');
    expect(check).toContain('note  libwick.so.1  [libraries-changed]\n');
    expect(check).toContain(`${LIBRARY}.1 is another build tomorrow. Nothing is gone from it.`);
    expect(await run('apply /root/cutover.yaml')).toMatchObject({ state: 'committed' });
    expect(await lamps()).toBe('1.2 1.1');
    expect(await shell(`cat ${DROP_IN}/90-cutover.conf`)).toMatch(
      /^BindReadOnlyPaths=\/var\/lib\/cutover\/store\/sha256-\w+\/libwick\.so\.1\.2:\/usr\/local\/lib\/libwick\.so\.1\.1$/m,
    );
    expect(await run('rollback lamp')).toMatchObject({ state: 'rolled-back', verified: { differences: [] } });
    expect(await lamps()).toBe('1.1 1.1');
    expect(await photograph()).toBe(before);
  });

  test('a library for everybody takes the place of the original, and the original comes back', async () => {
    const before = await photograph();
    await spec(`libraries: [{ path: ${LIBRARY}, from: /root/libwick.so.1.2, for: everybody }]\n`);
    expect(await run('apply /root/cutover.yaml')).toMatchObject({ state: 'committed' });
    expect(await lamps()).toBe('1.2 1.2');
    expect(await run('rollback lamp')).toMatchObject({ state: 'rolled-back', verified: { differences: [] } });
    expect(await lamps()).toBe('1.1 1.1');
    expect(await photograph()).toBe(before);
  });

  test('a packed replacement with a library of its own', async () => {
    const before = await photograph();
    await spec(
      `replacement: { archive: /root/lamp-2.tar.xz, command: bin/lamp /run/lamp }\nlibraries: [{ path: ${LIBRARY}, from: lib/libwick.so.1.3 }]\n`,
    );
    expect(await run('apply /root/cutover.yaml')).toMatchObject({ state: 'committed' });
    expect(await lamps()).toBe('2.3 1.1');
    const stored = await shell(
      'cd /var/lib/cutover/store/*/bin/.. && find . -printf "%p %m %U:%G\\n" | sort && sha256sum < bin/lamp',
    );
    expect(stored).toBe(
      `. 555 0:0\n./bin 555 0:0\n./bin/lamp 555 0:0\n./lib 555 0:0\n./lib/libwick.so.1.3 555 0:0\n${await shell('sha256sum < /root/lamp-2')}`,
    );
    expect(await shell('cutover status')).toMatch(
      /committed +lamp\.service, in force; \/root\/lamp-2\.tar\.xz$/,
    );
    expect(await run('rollback lamp')).toMatchObject({ state: 'rolled-back', verified: { differences: [] } });
    expect(await lamps()).toBe('1.1 1.1');
    expect(await photograph()).toBe(before);
  });

  test('what the store would not keep of a program is refused, with the reason', async () => {
    await spec('replacement: { directory: /root/3, command: bin/lamp }\n');
    const refused = async () => {
      const { status, stderr } = await machine.runShell(
        'cutover apply /root/cutover.yaml --despite-blockers --quiet',
      );
      expect(status).toBe(2);
      return stderr.trim().split('\n')[0];
    };
    await shell('cp -r /root/2 /root/3; chmod u+s /root/3/bin/lamp');
    expect(await refused()).toBe("cutover: the replacement can't be kept: /root/3/bin/lamp is set-user-ID");
    await shell(
      'chmod u-s /root/3/bin/lamp; setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 /root/3/bin/lamp',
    );
    expect(await refused()).toBe(
      "cutover: the replacement can't be kept: /root/3/bin/lamp has file capabilities",
    );
    expect(await shell(`ls ${DROP_IN} 2>&1`)).toContain('No such file or directory');
  });

  test('a program that the user of the service may not execute in the store is found by the check', async () => {
    await shell(
      'rm -r /root/3; cp -r /root/2 /root/3; echo lux:x:977:977::/:/bin/false >> /etc/passwd; chown -R 977 /root/3; chmod 0700 /root/3/bin/lamp',
    );
    await spec(
      'replacement: { directory: /root/3, command: bin/lamp /run/lamp }\nfiles: [{ path: /etc/systemd/system/lamp.service.d/50-user.conf, content: "[Service]\\nUser=lux\\n" }]\n',
    );
    expect(await shell('cutover check /root/cutover.yaml')).toContain(
      'User=lux may not execute it: it belongs to 0:0 and has the mode 0500. The start ends with Permission denied.',
    );
  });

  test('a plan for an archive that was exchanged since is refused', async () => {
    await shell('cd /root; echo a > 2/lib/more; tar -C 2 -czf packed lib bin');
    await spec('replacement: { archive: /root/packed, command: bin/lamp /run/lamp }\n');
    await shell('cutover plan /root/cutover.yaml --out /root/plan.json');
    await shell('cd /root; echo more > 2/lib/more; tar -C 2 -cf packed lib bin');
    const { status, stderr } = await machine.runShell('cutover apply /root/plan.json');
    expect(stderr).toContain('the host has changed since the plan was made: /root/packed');
    expect(status).toBe(2);
    expect(await lamps()).toBe('1.1 1.1');
  });

  test.each([
    [
      'a path outside',
      tarOf({ name: '../../../etc/passwd', content: 'x' }),
      'it has the path "../../../etc/passwd", which leads upwards',
    ],
    [
      'a link that is written through',
      tarOf({ name: 'etc', type: '2', linkName: '/etc' }, { name: 'etc/passwd' }),
      'the link "etc" leads to "/etc", which is absolute: unpacked, it means this machine\'s file',
    ],
    ['a set-user-ID program', tarOf({ name: 'bin/lamp', mode: 0o4755 }), '"bin/lamp" is set-user-ID'],
    ['a device', tarOf({ name: 'bin/lamp', type: '3' }), '"bin/lamp" is a device'],
  ])('%s is refused before anything is touched', async (_, bytes, message) => {
    await machine.writeFile('/srv/hostile.tar', bytes.toString('latin1'));
    await spec('replacement: { archive: /srv/hostile.tar, command: bin/lamp }\n');
    const manifest = 'find /etc /usr/local /srv /var/lib/cutover -printf "%p %m %s %T@ %l\\n" | sort';
    const before = await shell(manifest);
    for (const verb of ['plan', 'apply']) {
      const { status, stderr, stdout } = await machine.runShell(`cutover ${verb} /root/cutover.yaml`);
      expect({ status, stdout, stderr }).toEqual({
        status: 2,
        stdout: '',
        stderr:
          `cutover: /srv/hostile.tar: ${message}\n` +
          '  why:   An archive is looked at as a whole before anything of it is written.\n' +
          '  next:  If you trust it, unpack it yourself, look at what it makes, and name the directory: replacement: directory:\n',
      });
    }
    expect(await shell(manifest)).toBe(before);
  });
});
