// The naive swap of 2016 and the one that check leads to, foreseen on the node as a root directory.
import { beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import type { CheckReport } from '../../../src/documents/check-report.ts';
import { buildGraph } from '../../../src/graph/build-graph.ts';
import { Subject } from '../../../src/graph/subject.ts';
import type { Host } from '../../../src/host/host.ts';
import { PlannedHost } from '../../../src/host/planned-host.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { mesos } from '../../../src/knowledge/mesos/mesos.ts';
import { dcosAgentLayer } from '../../dcos/dcos-agent-layer.ts';
import { canBuildStandIns } from '../../stand-ins/can-build.ts';

const UNIT = 'dcos-mesos-slave.service';
const JSON_FILE = '/opt/mesosphere/etc/mesos-slave-modules.json';
const OWN_LOGGER = '/root/repo/mesos/build/src/.libs/liblogrotate_container_logger.so';

const possible = canBuildStandIns();
if (!possible.ok) console.warn(`SKIPPED: the stand-ins for Mesos cannot be built: ${possible.reason}`);

describe.skipIf(!possible.ok)('the story on a root directory', () => {
  let node: RootedHost;
  beforeAll(async () => {
    node = new RootedHost(await dcosAgentLayer());
  }, 180_000);

  const graph = (host: Host) => buildGraph(new Subject(host, UNIT, { knowledge: [mesos] }));
  const foreseen = (settings: string, modules?: string): CheckReport => {
    const file = (content: string) => ({ type: 'file', content, mode: 0o644, uid: 0, gid: 0 }) as const;
    const entries = new Map([
      [
        `/etc/systemd/system/${UNIT}.d/50-swap.conf`,
        file(
          '[Service]\nExecStart=\nExecStart=/root/repo/mesos/build/bin/mesos-slave.sh\nUnsetEnvironment=MESOS_HOOKS\n',
        ),
      ],
      ['/var/lib/dcos/mesos-slave-common', file(settings)],
      ...(modules === undefined ? [] : [['/etc/lamp/modules.json', file(modules)] as const]),
    ]);
    return check(graph(node), graph(new PlannedHost(node, { entries, trees: [] })), new Set());
  };
  const worst = ({ findings }: CheckReport): string[] =>
    findings.filter(({ severity }) => severity === 'blocker').map(({ id, subject }) => `${id}: ${subject}`);

  test('the node against itself has no finding', () => {
    const report = check(graph(node), graph(node), new Set());
    expect([report.verdict, report.findings]).toEqual(['ready', []]);
  });

  test('the naive swap', () => {
    const report = foreseen('');
    expect(worst(report)).toEqual([
      'mesos-module-symbols: /opt/mesosphere/lib/liblogrotate_container_logger.so',
      'mesos-module-version: org_apache_mesos_LogrotateContainerLogger in /opt/mesosphere/lib/liblogrotate_container_logger.so',
      'mesos-module-version: com_mesosphere_StatsIsolatorModule in /opt/mesosphere/lib/libstats-slave.so',
      'mesos-module-version: com_mesosphere_StatsEnvHook in /opt/mesosphere/lib/libstats-slave.so',
      'mesos-container-logger: org_apache_mesos_LogrotateContainerLogger in MESOS_CONTAINER_LOGGER',
      'mesos-isolators: com_mesosphere_StatsIsolatorModule in MESOS_ISOLATION',
    ]);
    const symbols = report.findings.find(({ id }) => id === 'mesos-module-symbols');
    expect(symbols?.remedy).toBe(
      `Name ${OWN_LOGGER}, which was built with tomorrow's agent, at ${JSON_FILE}:4 (or in a copy that MESOS_MODULES names), or take it out there.`,
    );
    expect(report.findings.map(({ id }) => id)).toContain('libraries-elsewhere');
  });

  test("with the build's own logger and settings that fit nothing blocks", () => {
    const modules = JSON.stringify({
      libraries: [
        {
          file: OWN_LOGGER,
          modules: [
            {
              name: 'org_apache_mesos_LogrotateContainerLogger',
              parameters: [{ key: 'launcher_dir', value: '/root/repo/mesos/build/src' }],
            },
          ],
        },
      ],
    });
    const settings =
      'MESOS_ISOLATION=cgroups/cpu,cgroups/mem,posix/disk,cgroups/devices,gpu/nvidia\nMESOS_MODULES=file:///etc/lamp/modules.json\n';
    const report = foreseen(settings, modules);
    expect([report.verdict, worst(report)]).toEqual(['ready', []]);
  });
});
