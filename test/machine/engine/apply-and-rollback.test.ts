import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootLanternMachine, HEAD, type LanternMachine, until } from './lantern-machine.ts';

const GATE = 'gate: { stable: 300ms, timeout: 20s }\naccept: [lantern-new-keeper]\n';
const FROM_STORE = `${HEAD}replacement: { directory: /opt/lantern-2, command: bin/lantern }\n`;

// Every change here ends with the machine as it was: the photograph says so after each.
describeOnMachine('a change of a running service', () => {
  let lantern: LanternMachine;
  let before: string;
  beforeAll(async () => {
    lantern = await bootLanternMachine('lantern');
    before = await lantern.photograph();
  });
  afterEach(async () => {
    expect(await lantern.photograph()).toBe(before);
  });
  afterAll(async () => {
    await lantern?.machine.throwAway();
  });

  test('is committed behind a green gate, and taken back exactly', async () => {
    const plan = await lantern.plan(`${FROM_STORE}settings: { set: { LANTERN_COLOUR: red } }\n${GATE}`);
    expect(plan.steps.map((step) => step.kind)).toEqual([
      'store-add',
      'state-copy',
      'guard-set',
      'daemon-reload',
      'file-write',
      'file-write',
      'daemon-reload',
      'unit-stop',
      'state-snapshot',
      'unit-start',
      'gate',
      'guard-lift',
      'daemon-reload',
    ]);
    const outcome = await lantern.apply();
    expect(outcome).toMatchObject({ state: 'committed', direction: 'apply', gate: { passed: true } });
    expect(await lantern.look()).toEqual({ version: '2', colour: 'red', program: 'here' });
    expect(await lantern.machine.readFile('/etc/lantern/local')).toBe('LANTERN_COLOUR=red\n');
    expect((await lantern.status()).changes).toMatchObject([
      { service: 'lantern.service', state: 'committed', inForce: true, replacement: '/opt/lantern-2' },
    ]);

    const back = await lantern.rollback('lantern');
    expect(back).toMatchObject({
      state: 'rolled-back',
      direction: 'rollback',
      reason: 'taken back as asked',
      verified: { items: 22, differences: [], accepted: [], notExamined: [] },
      gateBack: { passed: true },
    });
    expect(back.downtimeMs).toBeGreaterThan(0);
    expect(await lantern.look()).toEqual({ version: '1', colour: 'white', program: 'here' });
    expect((await lantern.status()).changes).toMatchObject([{ state: 'rolled-back', inForce: false }]);
    expect(await lantern.tryRollback('lantern')).toMatchObject({ refused: 'lantern is rolled back already' });
  });

  test('of a build tree runs from the store under the path that the tree names', async () => {
    await lantern.plan(
      `${HEAD}replacement: { directory: /root/lantern-build, command: bin/lantern }\n${GATE}`,
    );
    expect(await lantern.apply()).toMatchObject({ state: 'committed' });
    const { stdout } = await lantern.machine.runShell(
      'systemctl show lantern -p ExecStart -p BindReadOnlyPaths',
    );
    expect(stdout).toContain('argv[]=/root/lantern-build/bin/lantern ;');
    expect(stdout).toMatch(
      /^BindReadOnlyPaths=\/var\/lib\/cutover\/store\/sha256-[0-9a-f]{64}:\/root\/lantern-build:/m,
    );
    // What happens to the directory afterwards does not reach the service.
    await lantern.machine.runShell(
      'echo exit 9 > /root/lantern-build/bin/lantern; systemctl restart lantern; sleep 1',
    );
    expect(await lantern.look()).toMatchObject({ version: '2' });
    expect(await lantern.rollback('lantern')).toMatchObject({ state: 'rolled-back' });
  });

  test('whose program dies fails its gate, keeps the evidence and comes back by itself', async () => {
    await lantern.plan(
      `${FROM_STORE}settings: { set: { LANTERN_FLAW: dies } }\n${GATE.replace('300ms', '6s')}`,
    );
    const outcome = await lantern.apply();
    expect(outcome).toMatchObject({
      state: 'rolled-back',
      direction: 'apply',
      verified: { differences: [], accepted: [] },
      gate: { passed: false },
      gateBack: { passed: true },
    });
    expect(outcome.reason).toMatch(/^the gate failed: active, and one process for 6 s: /);
    expect(outcome.gate?.log.join('\n')).toContain('the wick is wet');
    expect(await lantern.look()).toMatchObject({ version: '1' });
  });

  test('whose answers are wrong fails its gate, and says which', async () => {
    const probe =
      'probes: [{ title: it has a colour, url: "http://127.0.0.1:4040/", json: [{ pointer: /colour, must: be-non-empty }] }]';
    await lantern.plan(
      `${FROM_STORE}settings: { set: { LANTERN_FLAW: dark } }\ngate: { stable: 300ms, timeout: 6s, ${probe} }\naccept: [lantern-new-keeper]\n`,
    );
    const outcome = await lantern.apply();
    expect(outcome.state).toBe('rolled-back');
    expect(outcome.reason).toBe('the gate failed: it has a colour: http://127.0.0.1:4040/: /colour is empty');
  });

  test('of settings alone needs no replacement', async () => {
    await lantern.plan(`${HEAD}settings: { append: { LANTERN_COLOUR: ",green" }, unset: [HOME] }\n${GATE}`);
    expect(await lantern.apply()).toMatchObject({ state: 'committed' });
    expect(await lantern.look()).toEqual({ version: '1', colour: 'white,green', program: 'here' });
    // A second change is made on top of the first, and they are taken back in turn.
    await lantern.plan(`${HEAD}settings: { remove: { LANTERN_COLOUR: [white] } }\n${GATE}`);
    const second = await lantern.apply();
    expect(await lantern.look()).toMatchObject({ colour: 'green' });
    const first = (await lantern.status()).changes.at(-2)?.change ?? '';
    expect(await lantern.tryRollback(first)).toMatchObject({
      refused: `change ${second.change} of lantern.service came after ${first}`,
    });
    expect(await lantern.rollback('lantern.service')).toMatchObject({
      change: second.change,
      state: 'rolled-back',
    });
    expect(await lantern.look()).toMatchObject({ colour: 'white,green' });
    expect(await lantern.rollback('lantern')).toMatchObject({ change: first, state: 'rolled-back' });
  });

  test('leaves a file that it writes its mode, owner, ACL and extended attributes', async () => {
    const look = "cd /srv; stat -c '%a %u:%g' wick; getfacl -cn wick; getfattr -d wick";
    await lantern.machine.mustRunShell(
      'cd /srv; echo thin > wick; chown 7:8 wick; chmod 0640 wick; setfacl -m u:1234:r wick; setfattr -n user.oil -v whale wick',
    );
    const asItWas = await lantern.machine.mustRunShell(look);
    expect(asItWas).toContain('user:1234:r--');
    await lantern.plan(`${HEAD}files: [{ path: /srv/wick, content: "thick\\n" }]\n${GATE}`);
    expect(await lantern.apply()).toMatchObject({ state: 'committed' });
    expect(await lantern.machine.readFile('/srv/wick')).toBe('thick\n');
    expect(await lantern.machine.mustRunShell(look)).toBe(asItWas);
    expect(await lantern.rollback('lantern')).toMatchObject({ state: 'rolled-back' });
    expect(await lantern.machine.mustRunShell(look)).toBe(asItWas);

    await lantern.plan(`${HEAD}files: [{ path: /srv/wick, mode: "0600", content: "thick\\n" }]\n${GATE}`);
    expect(await lantern.apply()).toMatchObject({ state: 'committed' });
    expect(await lantern.machine.mustRunShell('stat -c %a /srv/wick')).toBe('600\n');
    expect(await lantern.rollback('lantern')).toMatchObject({ state: 'rolled-back' });
    expect(await lantern.machine.mustRunShell(look)).toBe(asItWas);
    await lantern.machine.mustRunShell('rm /srv/wick');
  });

  test('keeps what somebody wrote into its files since', async () => {
    await lantern.plan(`${FROM_STORE}settings: { set: { LANTERN_COLOUR: red } }\n${GATE}`);
    const { change } = await lantern.apply();
    await lantern.machine.runShell('echo LANTERN_OIL=whale >> /etc/lantern/local');
    expect(await lantern.rollback('lantern')).toMatchObject({ state: 'rolled-back' });
    const { stdout } = await lantern.machine.runShell(`cat /var/lib/cutover/snapshots/${change}/found/1-4`);
    expect(stdout).toBe('LANTERN_COLOUR=red\nLANTERN_OIL=whale\n');
  });

  test('needs the operator when something that was only watched is not as before', async () => {
    await lantern.plan(`${FROM_STORE}${GATE}`);
    await lantern.apply();
    await lantern.machine.runShell(
      'cp -a /etc/lantern/common /root/common; echo LANTERN_COLOUR=blue >> /etc/lantern/common',
    );
    const back = await lantern.rollback('lantern');
    expect(back.state).toBe('needs-operator');
    expect(back.reason).toBe(
      'taken back as asked; after going back not everything is as before; lantern.service is running',
    );
    expect(back.verified.differences.map(({ path, what }) => `${path}: ${what}`)).toEqual([
      '/etc/lantern/common: content',
      '/etc/lantern/common: time',
    ]);
    expect(await lantern.look()).toMatchObject({ version: '1', colour: 'blue' });
    const accepted = await lantern.rollback('lantern', 'accept');
    expect(accepted).toMatchObject({ state: 'rolled-back', verified: { differences: [] } });
    expect(accepted.verified.accepted.map(({ id, path }) => `${id} ${path}`)).toEqual([
      'accepted-by-operator /etc/lantern/common',
      'accepted-by-operator /etc/lantern/common',
    ]);
    expect(accepted.verified.accepted[1]?.difference).toMatch(/^time was .*Z, is .*Z$/);
    await lantern.machine.runShell('mv /root/common /etc/lantern/common; systemctl restart lantern');
    await until(async () => (await lantern.look()) !== undefined);
  });
});
