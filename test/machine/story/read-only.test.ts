// Promise: read-only verbs are read-only (docs/promises/read-only.md). Watched by a system-call tracer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { specs } from '../../../demo/specs.ts';
import { bootDcosAgent, type DcosAgent } from '../../dcos/boot-dcos-agent.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';

const UNIT = 'dcos-mesos-slave.service';

describeOnMachine('read-only verbs are read-only', () => {
  let agent: DcosAgent;
  beforeAll(async () => {
    agent = await bootDcosAgent();
    await agent.machine.writeFile('/root/naive.yaml', specs.naive);
  });
  afterAll(async () => {
    await agent.machine.throwAway();
  });

  test.each([
    [`trace ${UNIT} MESOS_ISOLATION`, 0],
    [`trace ${UNIT}`, 0],
    [`trace ${UNIT} --why-not /etc/systemd/system/${UNIT}`, 1],
    [`inspect ${UNIT}`, 0],
    ['check /root/naive.yaml', 1],
    ['plan /root/naive.yaml', 0],
    ['status', 0],
  ])('cutover %s writes nothing and runs nothing of the host', async (command, expected) => {
    const watched =
      'trace=%file,execve,sendto,connect,ftruncate,fchmod,fchown,fsetxattr,fremovexattr,kill,tgkill';
    const { status, stderr } = await agent.machine.runShell(
      `strace -f -qq -s 300 -o /tmp/calls -e ${watched} cutover ${command}`,
    );
    expect(status, stderr).toBe(expected);
    const calls = (await agent.machine.readFile('/tmp/calls')).split('\n');
    expect(calls.filter(isWrite)).toEqual([]);
    const programs = calls.flatMap((line) => /execve\("([^"]+)".*= 0$/.exec(line)?.[1] ?? []);
    const allowed = /\/(?:cutover|env|sh|dash|node|systemctl|getfattr)$/;
    expect(programs.filter((program) => !allowed.test(program))).toEqual([]);
  });
});

/** A call that creates, changes or removes an entry, or opens one for writing; devices are no files. */
function isWrite(line: string): boolean {
  if (/= -1 /.test(line)) return false;
  if (/\bopen(?:at)?\(/.test(line))
    return /O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)/.test(line) && !/"\/dev\//.test(line);
  return /\b(?:mkdir|mkdirat|rename|renameat2?|unlink|unlinkat|rmdir|link|linkat|symlink|symlinkat|chmod|fchmod|fchmodat|chown|fchown|fchownat|lchown|truncate|ftruncate|utimensat|mknod|mknodat|setxattr|lsetxattr|fsetxattr|removexattr|fremovexattr|mount|umount2)\(/.test(
    line,
  );
}
