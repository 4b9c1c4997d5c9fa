// The questions of the story, asked through the built program on a DC/OS 1.7 agent node.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { inspectionSchema } from '../../../src/documents/inspection.ts';
import { traceSchema } from '../../../src/documents/trace.ts';
import { bootDcosAgent, type DcosAgent } from '../../dcos/boot-dcos-agent.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';

const UNIT = 'dcos-mesos-slave.service';
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;
const COMMON = '/opt/mesosphere/etc/mesos-slave-common';
const MODULES = '/opt/mesosphere/etc/mesos-slave-modules.json';
const GEN =
  '/opt/mesosphere/packages/dcos-image--75d4ba1419141c3d791b9eaa90f4483503b17777/lib/python3.4/site-packages/gen';

describeOnMachine('the questions', () => {
  let agent: DcosAgent;
  beforeAll(async () => {
    agent = await bootDcosAgent();
  });
  afterAll(async () => {
    await agent.machine.throwAway();
  });

  async function document<Document>(schema: ZodType<Document>, command: string): Promise<Document> {
    const { status, stdout, stderr } = await agent.machine.runShell(`${command} --json`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return schema.parse(JSON.parse(stdout));
  }

  test('trace gives the eleven stations of the evening of grep, with file and line', async () => {
    const trace = await document(traceSchema, `cutover trace ${UNIT} MESOS_ISOLATION`);
    const stations = trace.hops.map(({ kind, file, line, name }) => [kind, `${file}:${line}`, name ?? '']);
    const wanted = [
      ['unit', `${UNIT_FILE}:11`, 'EnvironmentFile'],
      ['environment-file', `${COMMON}:6`, 'MESOS_ISOLATION'],
      ['template', `${GEN}/dcos-config.yaml:81`, 'mesos_isolation_modules'],
      ['expression', `${GEN}/calc.py:338`, 'mesos_isolation_modules'],
      ['constant', `${GEN}/calc.py:274`, '__default_isolation_modules'],
      ['constant', `${GEN}/calc.py:249`, '__stats_isolator_slave_module_name'],
      ['file', `${MODULES}:37`, ''],
      ['expression', `${GEN}/calc.py:340`, 'mesos_slave_modules_json'],
      ['constant', `${GEN}/calc.py:251`, '__stats_slave_module'],
      ['constant', `${GEN}/calc.py:270`, '__default_mesos_slave_modules'],
      ['constant', `${GEN}/calc.py:235`, '__logrotate_slave_module'],
    ];
    for (const station of wanted) expect(stations).toContainEqual(station);
    expect(
      stations.filter(([kind, place]) => kind === 'template' && place?.startsWith(`${GEN}/dcos-config.yaml`)),
    ).toHaveLength(2);
    expect(trace.hops.slice(0, 4).map(({ kind }) => kind)).toEqual([
      'unit',
      'environment-file',
      'template',
      'expression',
    ]);
  });

  test('trace knows each piece of the value, who could set it, and where an override wins', async () => {
    const trace = await document(traceSchema, `cutover trace ${UNIT} MESOS_ISOLATION`);
    expect(trace).toMatchObject({
      service: UNIT,
      value: 'cgroups/cpu,cgroups/mem,posix/disk,com_mesosphere_StatsIsolatorModule',
      confidence: 'observed',
      rerender: { result: 'identical' },
    });
    expect(
      trace.slices
        .filter(({ text }) => text !== ',')
        .map(({ text, origin }) => [text, origin.line, origin.column]),
    ).toEqual([
      ['cgroups/cpu', 275, 6],
      ['cgroups/mem', 276, 6],
      ['posix/disk', 277, 6],
      ['com_mesosphere_StatsIsolatorModule', 249, 39],
    ]);
    expect(trace.slices.at(-1)?.meaning).toContain('/opt/mesosphere/lib/libstats-slave.so');
    expect(trace.layers.map(({ file, via, operation, wins }) => [via?.line, file, operation, wins])).toEqual([
      [10, '/opt/mesosphere/environment', 'none', false],
      [11, COMMON, 'set', true],
      [12, '/var/lib/dcos/mesos-slave-common', 'absent', false],
      [13, '/var/lib/dcos/mesos-resources', 'none', false],
      [17, '/var/lib/dcos/environment.proxy', 'absent', false],
    ]);
    expect(trace.overrides[0]).toMatchObject({
      file: '/var/lib/dcos/mesos-slave-common',
      exists: false,
      survives: true,
    });
  });

  test('inspect joins the unit, the program, its libraries, the modules, and files and hosts', async () => {
    const { nodes, edges } = await document(inspectionSchema, `cutover inspect ${UNIT}`);
    const kinds = new Set(nodes.map(({ kind }) => kind));
    for (const kind of [
      'unit-file',
      'environment-file',
      'program',
      'library',
      'module-library',
      'module',
      'file',
      'directory',
      'host',
      'port',
      'package',
    ] as const) {
      expect(kinds).toContain(kind);
    }
    expect(edges).toContainEqual(
      expect.objectContaining({ to: 'module-library:/opt/mesosphere/lib/libstats-slave.so', kind: 'loads' }),
    );
    expect(edges).toContainEqual(
      expect.objectContaining({ to: 'module:com_mesosphere_StatsIsolatorModule', kind: 'provides' }),
    );
    const ids = new Set(nodes.map(({ id }) => id));
    for (const edge of edges) {
      expect(ids).toContain(edge.from);
      expect(ids).toContain(edge.to);
    }
  });

  test('the node as a root directory gives the same answers as the live machine', async () => {
    const live = await document(traceSchema, `cutover trace ${UNIT} MESOS_ISOLATION`);
    await agent.machine.runShell('mkdir -p /mnt/same && mount --bind / /mnt/same');
    const rooted = await document(traceSchema, `cutover trace ${UNIT} MESOS_ISOLATION --root /mnt/same`);
    expect(rooted).toEqual({ ...live, confidence: 'parsed' });
  });

  test('a running process that is older than the file is told from one that has the value', async () => {
    const { machine } = agent;
    await machine.writeFile('/var/lib/dcos/mesos-slave-common', 'MESOS_GC_DELAY=3days\n');
    const trace = await document(traceSchema, `cutover trace ${UNIT} MESOS_GC_DELAY`);
    expect(trace.value).toBe('3days');
    expect(trace.confidence).toBe('parsed');
    expect(trace.observed).toMatchObject({ by: 'process', value: '2days' });
    expect(trace.observed?.why).toMatch(
      /^it was started at .* UTC, before \/var\/lib\/dcos\/mesos-slave-common changed$/,
    );
    await machine.runShell('rm /var/lib/dcos/mesos-slave-common');
  });
});
