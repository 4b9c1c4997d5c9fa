// The swap of the story through the built program: the naive one comes back by itself, the mended one stays
// until it is taken back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { specs } from '../../../demo/specs.ts';
import { checkReportSchema } from '../../../src/documents/check-report.ts';
import { outcomeSchema, statusSchema } from '../../../src/documents/outcome.ts';
import { bootDcosAgent, type DcosAgent } from '../../dcos/boot-dcos-agent.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';

const UNIT = 'dcos-mesos-slave.service';

describeOnMachine('the swap', () => {
  let agent: DcosAgent;
  let idBefore: string;
  let filesBefore: string;
  beforeAll(async () => {
    agent = await bootDcosAgent();
    await agent.machine.writeFile('/root/naive.yaml', specs.naive);
    await agent.machine.writeFile('/root/mended.yaml', specs.mended);
    idBefore = await agent.registered();
    filesBefore = await files();
  });
  afterAll(async () => {
    await agent.machine.throwAway();
  });

  /** Everything the swap touches, with times and content; not the state, which lives, nor the times of directories. */
  const files = async (): Promise<string> => {
    const script = `
      find /etc/systemd /opt/mesosphere /var/lib/dcos /root/repo \\( -type d -printf '%p %m %U:%G\\n' -o -printf '%p %y %m %U:%G %s %T@ %l\\n' \\) | sort
      find /etc/systemd /opt/mesosphere /var/lib/dcos /root/repo -type f -exec sha256sum {} + | sort`;
    return (await agent.machine.runShell(script)).stdout;
  };
  const run = async <Document>(
    schema: ZodType<Document>,
    command: string,
    expected: number,
  ): Promise<Document> => {
    const { status, stdout, stderr } = await agent.machine.runShell(`${command} --json`);
    expect(status, stderr).toBe(expected);
    return schema.parse(JSON.parse(stdout));
  };

  test('check says of the naive swap all that broke in 2016, and by which setting', async () => {
    const report = await run(checkReportSchema, 'cutover check /root/naive.yaml', 1);
    expect(report.verdict).toBe('blocked');
    const said = report.findings.map(({ id, severity, subject }) => `${severity} ${id}: ${subject}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'blocker mesos-module-symbols: /opt/mesosphere/lib/liblogrotate_container_logger.so',
        'blocker mesos-module-version: org_apache_mesos_LogrotateContainerLogger in /opt/mesosphere/lib/liblogrotate_container_logger.so',
        'blocker mesos-module-version: com_mesosphere_StatsIsolatorModule in /opt/mesosphere/lib/libstats-slave.so',
        'blocker mesos-module-version: com_mesosphere_StatsEnvHook in /opt/mesosphere/lib/libstats-slave.so',
        'blocker mesos-isolators: com_mesosphere_StatsIsolatorModule in MESOS_ISOLATION',
        'warning libraries-elsewhere: LD_LIBRARY_PATH=/opt/mesosphere/lib',
      ]),
    );
    const symbols = report.findings.find(({ id }) => id === 'mesos-module-symbols');
    expect(symbols?.reason).toContain('process::subprocess(…)');
    const logger = report.findings.find(
      ({ id, subject }) => id === 'mesos-module-version' && subject.includes('Logrotate'),
    );
    expect(logger?.reason).toContain('built for Mesos 0.28.1');
    expect(logger?.reason).toContain(
      'MESOS_CONTAINER_LOGGER (/opt/mesosphere/etc/mesos-slave-common:5:24) asks for it by name',
    );
    const info = report.findings.find(({ id }) => id === 'mesos-agent-info');
    expect(info?.severity).toBe('blocker');
    expect(info?.reason).toContain('gpus');
    expect(info?.reason).toContain('rm -f /var/lib/mesos/slave/meta/slaves/latest');
    expect(info?.reason).toContain('point of no return');
  });

  test('apply refuses a blocked spec and changes nothing', async () => {
    const report = await run(checkReportSchema, 'cutover apply /root/naive.yaml', 1);
    expect(report.kind).toBe('CheckReport');
    expect(await files()).toBe(filesBefore);
    expect((await run(statusSchema, 'cutover status', 0)).changes).toEqual([]);
  });

  test('made all the same, the naive swap fails its trial start, beside an agent that was never touched', async () => {
    const before = await agent.machine.runShell(`systemctl show ${UNIT} -p MainPID -p ActiveEnterTimestamp`);
    const outcome = await run(outcomeSchema, 'cutover apply /root/naive.yaml --despite-blockers', 1);
    expect(outcome.state).toBe('rolled-back');
    expect(outcome.reason).toMatch(/^the trial start failed, so nothing was changed: /);
    expect(outcome.trial?.log.join('\n')).toContain('Error loading modules');
    expect(outcome.downtimeMs).toBe(0);
    expect(outcome.verified.differences).toEqual([]);
    const after = await agent.machine.runShell(`systemctl show ${UNIT} -p MainPID -p ActiveEnterTimestamp`);
    expect(after.stdout).toBe(before.stdout);
    expect(await agent.registered()).toBe(idBefore);
    expect(await files()).toBe(filesBefore);
  });

  test('made without a trial, the naive swap fails its gate and comes back by itself, verified, with the same id', async () => {
    const outcome = await run(
      outcomeSchema,
      'cutover apply /root/naive.yaml --despite-blockers --no-trial',
      1,
    );
    expect(outcome.state).toBe('rolled-back');
    expect(outcome.gate?.passed).toBe(false);
    expect(outcome.gate?.log.join('\n')).toContain('Error loading modules');
    expect(outcome.gateBack?.passed).toBe(true);
    expect(outcome.verified.differences).toEqual([]);
    expect(outcome.verified.accepted).toEqual([]);
    expect(outcome.verified.items).toBeGreaterThan(10);
    expect(await agent.registered()).toBe(idBefore);
    expect(await files()).toBe(filesBefore);
  });

  test('the mended spec is ready, its point of no return accepted, and its gate is green', async () => {
    const report = await run(checkReportSchema, 'cutover check /root/mended.yaml', 0);
    expect(report.verdict).toBe('ready');
    expect(report.pointsOfNoReturn.map(({ id, accepted }) => [id, accepted])).toEqual([
      ['mesos-agent-new-id', true],
    ]);
    const outcome = await run(outcomeSchema, 'cutover apply /root/mended.yaml', 0);
    expect([outcome.state, outcome.reason, outcome.verified.differences]).toEqual([
      'committed',
      'every step was done and looked at again, and the gate is green',
      [],
    ]);
    expect(outcome.trial?.conditions.map(({ title, holds }) => [title, holds])).toEqual([
      ['active, and one process for 5 s', true],
      ['at most 0 restarts', true],
      ['the program that answers is Mesos 1.0.0', true],
      ['the agent runs with the isolators that were set', true],
    ]);
    expect(outcome.gate?.conditions.every(({ holds }) => holds)).toBe(true);
    const id = await agent.registered();
    expect(id).not.toBe(idBefore);
    const { stdout } = await agent.machine.runShell(
      'readlink /proc/$(systemctl show -P MainPID dcos-mesos-slave)/exe',
    );
    expect(stdout).toContain('/src/.libs/mesos-agent');
    const { changes } = await run(statusSchema, 'cutover status', 0);
    expect(changes.map(({ state, inForce }) => [state, inForce])).toEqual([
      ['rolled-back', false],
      ['rolled-back', false],
      ['committed', true],
    ]);
  });

  test('rollback brings every file back, and says the one difference that was accepted', async () => {
    const outcome = await run(outcomeSchema, `cutover rollback ${UNIT}`, 0);
    expect(outcome.state).toBe('rolled-back');
    expect(outcome.verified.differences).toEqual([]);
    expect(outcome.verified.accepted.map(({ id, path }) => [id, path])).toEqual([
      ['mesos-agent-new-id', '/var/lib/mesos/slave/meta/slaves/latest'],
    ]);
    expect(outcome.gateBack?.passed).toBe(true);
    expect(await files()).toBe(filesBefore);
    const id = await agent.registered();
    expect(id).not.toBe(idBefore);
    const { stdout } = await agent.machine.runShell(
      'readlink /proc/$(systemctl show -P MainPID dcos-mesos-slave)/exe',
    );
    expect(stdout.trim()).toBe(
      '/opt/mesosphere/packages/mesos--bcd3532be711ab9e0828c963c07a5a0581ca0757/bin/mesos-slave',
    );
  });

  test('the point of no return has to be accepted by name', async () => {
    await agent.machine.writeFile('/root/unaccepted.yaml', specs.mended.replace(/accept:[\s\S]*$/, ''));
    const { status, stderr } = await agent.machine.runShell('cutover apply /root/unaccepted.yaml');
    expect(status).toBe(2);
    expect(stderr).toContain('accept: [mesos-agent-new-id]');
    expect(await files()).toBe(filesBefore);
  });
});
