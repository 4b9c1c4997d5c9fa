import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootLanternMachine, HEAD, type LanternMachine } from './lantern-machine.ts';

const SPEC = `${HEAD}replacement: { directory: /opt/lantern-2, command: bin/lantern }
gate: { stable: 300ms, timeout: 20s }
accept: [lantern-new-keeper]
`;
const HARNESS = 'node /root/harness.mjs';

describeOnMachine('a change that is not begun', () => {
  let lantern: LanternMachine;
  let before: string;
  /** By the program, which knows nothing of the lantern. */
  const planned = async (state: string) => {
    await lantern.machine.writeFile(
      '/root/state.yaml',
      `${HEAD}settings: { set: { LANTERN_COLOUR: red } }\nstate: { snapshot: [${state}] }\n`,
    );
    const { status, stderr } = await lantern.machine.runShell('cutover plan /root/state.yaml');
    return { status, said: stderr.split('\n')[0] };
  };
  const shell = async (script: string) => (await lantern.machine.runShell(script)).stdout;
  beforeAll(async () => {
    lantern = await bootLanternMachine('refusals');
    before = await lantern.photograph();
  });
  afterEach(async () => {
    expect(await lantern.photograph()).toBe(before);
    expect((await lantern.status()).changes).toEqual([]);
  });
  afterAll(async () => {
    await lantern?.machine.throwAway();
  });

  test('because the host moved names what moved', async () => {
    await lantern.plan(SPEC);
    await shell(`cp -a /etc/lantern/common /root/common; echo >> /etc/lantern/common
      mkdir /etc/systemd/system/lantern.service.d
      cp -a /opt/lantern-2 /root/lantern-2; echo >> /opt/lantern-2/lib/lantern.mjs`);
    expect(await lantern.tryApply()).toEqual({
      refused:
        'the host has changed since the plan was made: /etc/lantern/common, ' +
        '/etc/systemd/system/lantern.service.d, /opt/lantern-2',
      why: 'A plan is applied exactly as it was reviewed, or not at all.',
      next: 'Make a new plan and review it: cutover plan …',
    });
    await shell(`mv /root/common /etc/lantern/common; rmdir /etc/systemd/system/lantern.service.d
      rm -r /opt/lantern-2; mv /root/lantern-2 /opt/lantern-2`);
  });

  test('because the plan was edited', async () => {
    await lantern.plan(SPEC);
    await shell(`sed -i 's/"restarts":0/"restarts":9/' /root/plan.json`);
    expect(await lantern.tryApply()).toMatchObject({
      refused: 'the plan is not what was made: its digest is that of another text',
    });
  });

  test('because its state can not be kept', async () => {
    await lantern.plan(SPEC);
    const state = '/var/lib/lantern/meta';
    await shell(
      `touch -r ${state} /root/time; mkdir ${state}/own; printf x > "$(printf '${state}/own/night\\377')"`,
    );
    expect(await lantern.tryApply()).toEqual({
      refused: `the state ${state} can't be kept: a name in ${state}/own is not UTF-8`,
      why: 'Cutover could not say in its journal which file that is.',
      next: `Rename it (LC_ALL=C ls -b ${state}/own), or name other directories under state: snapshot:`,
    });
    await shell(
      `rm -r ${state}/own; mkdir ${state}/own; echo > ${state}/own/log; chattr +a ${state}/own/log`,
    );
    expect(await lantern.tryApply()).toEqual({
      refused: `the state ${state} can't be kept: ${state}/own/log is immutable or append-only`,
      why: 'A copy does not have that flag, and what has it can be neither exchanged nor removed.',
      next: `Take the flag away: chattr -ia ${state}/own/log. Or name other directories under state: snapshot:`,
    });
    await shell(`chattr -a ${state}/own/log; rm -r ${state}/own; touch -r /root/time ${state}`);
  });

  test('because the user is not root', async () => {
    await lantern.plan(SPEC);
    const answer = await shell(`chmod 755 /root; chmod 644 /root/plan.json /root/harness.mjs
      setpriv --reuid=65534 --regid=65534 --clear-groups ${HARNESS} apply /root/plan.json; chmod 700 /root`);
    expect(JSON.parse(answer)).toMatchObject({ refused: 'apply must run as root' });
  });

  test('because systemd does not run', async () => {
    await lantern.plan(SPEC);
    const answer = await shell(
      `unshare --mount sh -c 'mount -t tmpfs none /run && ${HARNESS} apply /root/plan.json'`,
    );
    expect(JSON.parse(answer)).toMatchObject({
      refused: 'systemd does not run here',
      next: 'Run it on the machine itself. Plans can be made anywhere: cutover plan SPEC --root DIR',
    });
  });

  test('because another process is at work', async () => {
    await lantern.plan(SPEC);
    const holder = await shell(`mkdir -p /var/lib/cutover; lock=/var/lib/cutover/lock
      flock $lock sleep 60 > /dev/null 2>&1 & pid=$!
      printf '{"v":1,"pid":%s,"startTime":"%s","bootId":"%s","since":"2016-06-15T15:27:45.000Z","purpose":"apply to nginx.service"}' \
        $pid "$(cut -d' ' -f22 /proc/$pid/stat)" "$(cat /proc/sys/kernel/random/boot_id)" > $lock; echo $pid`);
    expect(await lantern.tryApply()).toEqual({
      refused: `the lock /var/lib/cutover/lock is held by process ${holder.trim()}, since 2016-06-15T15:27:45.000Z (apply to nginx.service)`,
      why: 'Two changes at once would undo each other.',
      next: 'cutover status',
    });
    await shell(`pkill -P ${holder.trim()}`);
  });

  test('because state is mounted', async () => {
    await shell('mount --bind /var/lib/lantern/meta/keepers /var/lib/lantern/meta/keepers');
    await lantern.plan(SPEC);
    expect(await lantern.tryApply()).toMatchObject({
      refused:
        "the state /var/lib/lantern/meta can't be put back by a rename: /var/lib/lantern/meta/keepers is a mount point",
    });
    expect(await planned('/var/lib/lantern/meta')).toEqual({
      status: 2,
      said: "cutover: the state /var/lib/lantern/meta can't be put back by a rename: /var/lib/lantern/meta/keepers is a mount point",
    });
    await shell('umount /var/lib/lantern/meta/keepers');
    expect((await planned('/run')).said).toContain('cutover: /run has units of systemd inside');
  });

  test('because a file of the state has another name elsewhere', async () => {
    await shell('ln /var/lib/lantern/meta/form /root/form');
    await lantern.plan(SPEC);
    expect(await lantern.tryApply()).toMatchObject({
      refused:
        '/var/lib/lantern/meta/form is a file with another name outside /var/lib/lantern/meta (hard link)',
    });
    expect(await planned('/var/lib/lantern/meta')).toEqual({
      status: 2,
      said: 'cutover: /var/lib/lantern/meta/form is a file with another name outside /var/lib/lantern/meta (hard link)',
    });
    await shell('rm /root/form');
    expect(await planned('/var/lib/lantern/meta')).toEqual({ status: 0, said: '' });
  });

  test('because there is nothing to take back', async () => {
    expect(await lantern.tryRollback('lantern')).toEqual({
      refused: 'there is no change of lantern in the journal',
      next: 'cutover status',
    });
  });
});
