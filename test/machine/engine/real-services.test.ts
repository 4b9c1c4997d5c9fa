// What services of real machines have and the lantern has not: others that depend on them, sockets, no main process,
// state in an overlay's lower layer, a full disk, a session that drops.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../src/documents/outcome.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

/** On the outer machine, so that a test machine has it in its lower layer; where other machines, which see it too, do not look. */
const LOWER = '/var/opt/cutover-lower-layer';
const SLEEPS = 'ExecStart=/bin/sleep infinity\nRestart=no\n';
const FIRE = `[Unit]\nDescription=A fire\n[Service]\n${SLEEPS}`;
/** Nobody listens there. The gate of the way back does not ask. */
const NEVER_WELL = "timeout: 90s, probes: [{ title: smoke, url: 'http://127.0.0.1:1/' }]";

describeOnMachine('a service of a real machine', () => {
  let machine: Machine;
  beforeAll(async () => {
    mkdirSync(`${LOWER}/embers`, { recursive: true });
    writeFileSync(`${LOWER}/embers/first`, 'glows\n');
    machine = await bootMachine({ name: 'real-services' });
  });
  afterAll(async () => {
    await machine?.throwAway();
    rmSync(LOWER, { recursive: true, force: true });
  });

  const shell = async (script: string) => (await machine.runShell(script)).stdout.trim();
  const units = async (files: Readonly<Record<string, string>>, start: string) => {
    for (const [name, text] of Object.entries(files))
      await machine.writeFile(`/etc/systemd/system/${name}`, text);
    await shell(`systemctl daemon-reload; systemctl start ${start}`);
  };
  const spec = async (service: string, more = '', gate = 'timeout: 5s') =>
    await machine.writeFile(
      '/root/cutover.yaml',
      `apiVersion: cutover/v1\nkind: Replacement\nservice: ${service}\nsettings: { set: { FIRE: red } }\n` +
        `gate: { stable: 500ms, ${gate} }\n${more}`,
    );
  const run = async (words: string): Promise<Outcome> => {
    const { stdout, stderr } = await machine.runShell(`cutover ${words} --json`);
    if (!stdout.startsWith('{')) throw new Error(`${words}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Outcome;
  };
  const apply = async () => await run('apply /root/cutover.yaml --despite-blockers');
  const activity = async (...names: string[]) => await shell(`systemctl is-active ${names.join(' ')}`);

  test('takes along the units that depend on it, and their sockets', async () => {
    const needs = (line: string) => `[Unit]\n${line}\n[Service]\n${SLEEPS}`;
    await units(
      {
        'fire.service': FIRE,
        'kettle.service': needs('Requires=fire.service\nAfter=fire.service'),
        'pot.service': needs('BindsTo=fire.service'),
        'soup.service': needs('PartOf=pot.service'),
        'cold.service': needs('Requires=fire.service'),
        'fire.socket': '[Socket]\nListenStream=4141\n',
      },
      'fire.socket fire kettle pot soup',
    );
    const all = ['fire.socket', 'fire', 'kettle', 'pot', 'soup', 'cold'];
    const before = 'active\nactive\nactive\nactive\nactive\ninactive';
    expect(await activity(...all)).toBe(before);
    await spec('fire.service');
    const outcome = await apply();
    expect(outcome).toMatchObject({ state: 'committed' });
    expect(await activity(...all)).toBe(before);
    const journal = (await machine.readFile(outcome.journal)).trim().split('\n');
    const recorded = journal.map((line) => JSON.parse(line).foreseen?.alsoStopped).find(Array.isArray);
    expect(recorded).toEqual(['kettle.service', 'pot.service', 'soup.service']);
    expect(await run('rollback fire')).toMatchObject({ state: 'rolled-back' });
    expect(await activity(...all)).toBe(before);
  });

  test('is taken back, with what depends on it, after an interruption in the middle', async () => {
    await spec('fire.service', `state: { snapshot: [${LOWER}] }\n`);
    // So much that its copy is not done when the kill comes.
    await shell(`head -c 200M /dev/zero > ${LOWER}/ash`);
    await machine.runShell(
      `cutover apply /root/cutover.yaml --despite-blockers --quiet & pid=$!
       for i in $(seq 200); do systemctl is-active -q fire || break; sleep 0.05; done; kill -9 $pid`,
    );
    expect(await activity('fire', 'kettle', 'pot')).toBe('inactive\ninactive\ninactive');
    await shell('sleep 1');
    const back = await run('rollback fire');
    expect(back).toMatchObject({ state: 'rolled-back', reason: 'the change was interrupted' });
    expect(back.downtimeMs).toBeGreaterThan(1000);
    expect(await activity('fire.socket', 'fire', 'kettle', 'pot', 'soup', 'cold')).toBe(
      'active\nactive\nactive\nactive\nactive\ninactive',
    );
    await shell(`rm ${LOWER}/ash`);
  });

  test('gets its state back also where the kernel can rename no directory', async () => {
    const state = `cd ${LOWER} && find . -printf '%p %m %U:%G %T@\\n' | sort`;
    const before = await shell(state);
    await spec('fire.service', `state: { snapshot: [${LOWER}/embers] }\n`);
    expect(await apply()).toMatchObject({ state: 'committed' });
    await shell(`echo out > ${LOWER}/embers/first; touch ${LOWER}/embers/second`);
    const rename = `python3 -c "import os; os.rename('${LOWER}/embers', '${LOWER}/other')"`;
    expect((await machine.runShell(rename)).stderr).toContain('cross-device link');
    expect(await run('rollback fire')).toMatchObject({ state: 'rolled-back', verified: { differences: [] } });
    const withoutTop = (text: string) => text.split('\n').slice(1).join('\n');
    expect(withoutTop(await shell(state))).toBe(withoutTop(before));
    expect(await machine.readFile(`${LOWER}/embers/first`)).toBe('glows\n');
  });

  test('may have no main process', async () => {
    const once = 'Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n';
    const forks =
      'Type=forking\nGuessMainPID=no\nExecStart=/bin/sh -c "sleep infinity & sleep infinity & exit 0"\n';
    await units(
      { 'kindling.service': `[Service]\n${once}`, 'sparks.service': `[Service]\n${forks}` },
      'kindling sparks',
    );
    for (const [service, state] of [
      ['kindling', 'active (exited)'],
      ['sparks', 'active (running)'],
    ] as const) {
      await spec(`${service}.service`);
      const outcome = await apply();
      expect(outcome).toMatchObject({ state: 'committed' });
      const [steady] = outcome.gate?.conditions ?? [];
      expect(steady?.title).toBe('active, and not started anew for 0.5 s');
      expect(steady?.detail).toMatch(/ \(\w+\), since \d+\.\d s after the boot, for 0\.\d s$/);
      expect(steady?.detail.startsWith(state)).toBe(true);
      expect(await run(`rollback ${service}`)).toMatchObject({ state: 'rolled-back' });
    }
  });

  test.each([
    ["tcp: '127.0.0.1:4242'", 'committed', '127.0.0.1:4242 accepts connections'],
    ["tcp: '127.0.0.1:1'", 'rolled-back', '127.0.0.1:1 refuses connections'],
    ['command: [/bin/echo, burns], prints: burn', 'committed', '/bin/echo burns printed burns'],
    ['command: [/bin/false]', 'rolled-back', '/bin/false ended with 1'],
    ['log: it glows', 'committed', 'logged: it glows'],
    ['log: it glows, must: not-appear', 'rolled-back', 'logged: it glows'],
  ])('has a gate with the probe { %s }: %s', async (probe, state, detail) => {
    await units(
      {
        'stove.service':
          "[Service]\nExecStart=/bin/sh -c 'echo it glows; exec python3 -m http.server 4242 --bind 127.0.0.1'\n",
      },
      'stove',
    );
    await spec('stove.service', '', `timeout: 6s, probes: [{ title: heat, ${probe} }]`);
    const outcome = await apply();
    expect(outcome.state).toBe(state);
    const heat = outcome.gate?.conditions.find(({ title }) => title === 'heat');
    expect(heat).toMatchObject({
      holds: state === 'committed',
      detail: expect.stringContaining(detail.replace('logged: ', '')),
    });
    if (state === 'committed') expect(await run('rollback stove')).toMatchObject({ state: 'rolled-back' });
  });

  test('is not stopped for a copy that has no room', async () => {
    await shell('mount -t tmpfs -o size=80M none /var/lib/cutover; mkdir -p /var/lib/ash');
    await shell('head -c 40M /dev/urandom > /var/lib/ash/heap');
    await spec('fire.service', 'state: { snapshot: [/var/lib/ash] }\n');
    const pid = await shell('systemctl show fire -p MainPID');
    const { stderr, status } = await machine.runShell(
      'cutover apply /root/cutover.yaml --despite-blockers --quiet',
    );
    expect(stderr).toMatch(
      /the copies this change makes need 4\d MB in \/var\/lib\/cutover, where 8\d MB are free and 68 MB shall stay so/,
    );
    expect(status).toBe(2);
    expect(await shell('systemctl show fire -p MainPID')).toBe(pid);
    await shell('umount /var/lib/cutover; rm -r /var/lib/ash');
  });

  test('is not started by anybody while its state is copied', async () => {
    await shell('mkdir -p /var/lib/ash; head -c 200M /dev/zero > /var/lib/ash/heap');
    await spec('fire.service', 'state: { snapshot: [/var/lib/ash] }\n');
    await shell(
      `(for i in $(seq 400); do systemctl is-active -q fire || break; sleep 0.05; done
        systemctl start fire; systemctl is-active fire; date +%s%N) > /root/somebody 2>&1 &`,
    );
    const outcome = await apply();
    expect(outcome.state).toBe('committed');
    const [found, at = ''] = (await machine.readFile('/root/somebody')).trim().split('\n');
    expect(found).toBe('inactive');
    const started = (await machine.readFile(outcome.journal))
      .split('\n')
      .find((line) => line.includes('"startedAt"'));
    expect(Number(BigInt(at) / 1_000_000n)).toBeLessThan(JSON.parse(started ?? '{}').facts.startedAt);
    expect(await activity('fire', 'kettle', 'pot', 'soup')).toBe('active\nactive\nactive\nactive');
    expect(await shell('ls /etc/systemd/system/fire.service.d /etc/systemd/system/cutover* 2>&1')).toBe(
      "ls: cannot access '/etc/systemd/system/cutover*': No such file or directory\n/etc/systemd/system/fire.service.d:\n90-cutover.conf",
    );
    expect(await run('rollback fire')).toMatchObject({ state: 'rolled-back' });
    await shell('rm -r /var/lib/ash');
  });

  test('whose dependent does not come back is told of by name', async () => {
    await spec('fire.service');
    await shell(
      "sed -i 's,^ExecStart=.*,ExecStart=/bin/false\\nType=oneshot,' /etc/systemd/system/pot.service",
    );
    const outcome = await apply();
    expect(outcome.state).toBe('needs-operator');
    expect(outcome.reason).toMatch(
      /^pot\.service, which was stopped with fire\.service, did not come back: it is failed: .*; going back did not end well: pot\.service, which/s,
    );
    expect(outcome.reason).toMatch(
      /; fire\.service is running, but what was stopped with it is not: start it with systemctl start pot\.service$/,
    );
    await machine.writeFile(
      '/etc/systemd/system/pot.service',
      `[Unit]\nBindsTo=fire.service\n[Service]\n${SLEEPS}`,
    );
    await shell('systemctl daemon-reload');
    expect(await run('rollback fire')).toMatchObject({ state: 'rolled-back' });
    expect(await activity('fire', 'kettle', 'pot', 'soup')).toBe('active\nactive\nactive\nactive');
  });

  test('whose socket systemd has taken down under the guard has it back with the service', async () => {
    const GUARD = '/etc/systemd/system/hearth.service.d/zz-cutover-guard.conf';
    const hearth = '[Socket]\nListenStream=/run/hearth\n';
    await units({ 'hearth.socket': hearth, 'hearth.service': FIRE }, 'hearth.socket; systemctl start hearth');
    await shell('mkdir -p /var/lib/hearth');
    await spec('hearth.service', 'state: { snapshot: [/var/lib/hearth] }');
    await apply();
    // Killed while the guard is closed; then somebody stops the service, and a client comes.
    await shell(`cutover rollback hearth & pid=$!; while ! test -e ${GUARD}; do :; done; kill -KILL $pid
      systemctl daemon-reload; systemctl stop hearth
      node -e "require('net').connect('/run/hearth').on('error', () => 0); setTimeout(process.exit, 1000)"`);
    expect(await activity('hearth.socket', 'hearth.service')).toBe('failed\ninactive');
    expect((await shell('cutover recover --json')).includes('"rolled-back"')).toBe(true);
    expect(await activity('hearth.socket', 'hearth.service')).toBe('active\nactive');
  });

  test('keeps what it has written since its state was put back, whatever became of that way back', async () => {
    await units({ 'anvil.service': FIRE }, 'anvil');
    await shell('mkdir -p /var/lib/anvil; echo first > /var/lib/anvil/orders');
    await spec('anvil.service', 'state: { snapshot: [/var/lib/anvil] }');
    await shell("sed -i 's/stable: 500ms/stable: 2s/' /root/cutover.yaml");
    await apply();
    await shell(`echo of the new >> /var/lib/anvil/orders
      cutover rollback anvil 2> /root/err & pid=$!; until grep -q ' wait until' /root/err; do sleep 0.05; done
      echo second >> /var/lib/anvil/orders; kill -KILL $pid`);
    const outcome = await run('rollback anvil');
    expect(outcome).toMatchObject({
      state: 'rolled-back',
      verified: {
        notExamined: [
          '/var/lib/anvil: an earlier way back has given it to the service, which works on it since',
        ],
      },
    });
    expect(await shell('cat /var/lib/anvil/orders')).toBe('first\nsecond');
  });

  test('that waits for its socket waits again after it was taken back', async () => {
    const flue = '[Socket]\nListenStream=/run/flue\n';
    await units({ 'flue.socket': flue, 'flue.service': FIRE }, 'flue.socket');
    await spec('flue.service');
    expect(await apply()).toMatchObject({ state: 'committed' });
    expect(await activity('flue.socket', 'flue.service')).toBe('active\nactive');
    expect(await run('rollback flue')).toMatchObject({
      state: 'rolled-back',
      reason: 'taken back as asked; the service was not running before the change and was not started',
    });
    expect(await activity('flue.socket', 'flue.service')).toBe('active\ninactive');
  });

  test('runs again after it was taken back although a unit that it requires can not be started', async () => {
    await shell('mkdir -p /var/lib/kiln');
    const clay = '[Socket]\nListenDatagram=/run/clay\nService=absent.service\n';
    const kiln = `[Unit]\nRequires=clay.socket\n[Service]\n${SLEEPS}`;
    await units({ 'clay.socket': clay, 'kiln.service': kiln }, 'kiln; systemctl restart kiln');
    expect(await activity('kiln')).toBe('active');
    await spec('kiln.service', 'state: { snapshot: [/var/lib/kiln] }\n', 'timeout: 1s');
    const outcome = await apply();
    expect(outcome.reason).toMatch(/^the gate failed: /);
    expect(outcome.state).toBe('rolled-back');
    expect(await activity('kiln')).toBe('active');
  });

  test.each([
    ['asked for', 'timeout: 5s', 'committed'],
    ['by itself', NEVER_WELL.replace('90s', '2s'), 'rolled-back'],
  ])('has files that lie in its state back as well, taken back %s', async (_, gate, end) => {
    await shell(`rm -rf /var/lib/oven; mkdir -p /var/lib/oven; ln -sfn /var/lib/oven /srv/oven
      echo FIRE=white > /var/lib/oven/env; echo dough > /var/lib/oven/bread`);
    const oven = `[Service]\nEnvironmentFile=/var/lib/oven/env\n${SLEEPS}`;
    await units({ 'oven.service': oven }, 'oven; systemctl restart oven');
    const files =
      'files:\n  - { path: /var/lib/oven/bread, content: crust }\n  - { path: /srv/oven/cake, content: icing }\n';
    await spec('oven.service', `${files}state: { snapshot: [/var/lib/oven] }\n`, gate);
    const look = async () =>
      await shell(`cd /var/lib/oven; grep -r . | sort
        tr '\\0' '\\n' < /proc/$(systemctl show oven -P MainPID)/environ | grep FIRE`);
    const before = await look();
    expect(await apply()).toMatchObject({ state: end });
    if (end === 'committed') {
      expect(await look()).toBe('bread:crust\ncake:icing\nenv:FIRE=white\nFIRE=red');
      expect(await run('rollback oven')).toMatchObject({ state: 'rolled-back' });
    }
    expect(await look()).toBe(before);
  });

  test.each(['TERM', 'INT'])('is as before when SIG%s comes during the gate', async (signal) => {
    await spec('fire.service', '', NEVER_WELL);
    const script = `cutover apply /root/cutover.yaml --despite-blockers --json > /root/out 2> /root/err & pid=$!
      for i in $(seq 1200); do grep -q 'wait' /root/err && break; sleep 0.05; done
      sleep 1; kill -HUP $pid; sleep 0.5; kill -${signal} $pid; wait $pid; echo $?`;
    expect((await machine.run(['bash', '-c', script])).stdout.trim()).toBe('1');
    expect(JSON.parse(await machine.readFile('/root/out'))).toMatchObject({
      state: 'rolled-back',
      direction: 'apply',
      reason: `interrupted by SIG${signal}`,
    });
    expect(await activity('fire', 'kettle', 'pot')).toBe('active\nactive\nactive');
    expect(await shell('ls /etc/systemd/system/fire.service.d 2>/dev/null')).toBe('');
  });
});
